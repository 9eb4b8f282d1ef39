// Reads what the vendor publishes: documentation pages in Markdown, and OpenAPI documents in JSON or YAML.
import { parseDocument } from 'yaml';
import { Fault, isObject, membersOf, resolved, stepsOf, UNIONS } from './schemas.mjs';

/** Where every model can be reached; a model that is published at an older address alone is taken from there. */
export const ADDRESS = '/v2/video/generations';
export const SERVER = 'https://api.aimlapi.com';

const HEADING = /^#{1,6}\s+(GET|POST|PUT|PATCH|DELETE)\s+`?(?:https?:\/\/[^/\s]+)?(\/[^\s`]*)`?\s*$/i;
const FENCE = /^\s*(?:```|~~~)\s*(\w*)/;
const LOOKS_LIKE_VIDEO = /(^|\/)videos?\/.*generat|generat.*\/videos?(\/|$)|(^|\/)videos?\/?$/i;

/**
 * The operations of the video API in a file, as `{ kind, model, document, text }`: a `create` for each model, and a `retrieve`.
 * `document` has that operation alone, for that model alone, and what it refers to; `text` is how it was published, if it was
 * published alone. `also` counts the operations of the file that are left out.
 */
export async function operationsOf(published, name) {
  const text = published.replace(/^\uFEFF/, '');
  const blocks = /\.(md|markdown)$/i.test(name) || HEADING.test(firstHeading(text)) ? blocksOf(text) : [{ text, line: 1 }];
  if (blocks.length === 0) throw new Fault('no JSON block after a heading such as "## POST /path"');
  const found = [];
  let also = 0;
  for (const block of blocks) {
    const document = parsed(block);
    const all = operationsIn(document, block);
    found.push(...all.filter(({ kind }) => kind));
    also += all.filter(({ kind }) => !kind).length;
  }
  const creates = preferred(found.filter(({ kind }) => kind === 'create').flatMap(forEachModel));
  const retrieves = preferred(found.filter(({ kind }) => kind === 'retrieve'));
  if (creates.length + retrieves.length === 0) throw new Fault('$.paths: no operation that creates or retrieves a video');
  return { operations: [...creates, ...retrieves], also: also + found.length - new Set([...creates, ...retrieves].map(({ of }) => of)).size };
}

const firstHeading = (text) => text.split('\n').find((line) => HEADING.test(line)) ?? '';

/** The JSON block after each `## METHOD /path`. */
function blocksOf(text) {
  const blocks = [];
  let heading;
  let block;
  let other = false;
  text.split('\n').forEach((line, index) => {
    const [fence, language] = FENCE.exec(line) ?? [];
    if (other) {
      other = !fence;
    } else if (block && fence) {
      blocks.push({ ...block, text: block.lines.join('\n') });
      block = heading = undefined;
    } else if (block) {
      block.lines.push(line);
    } else if (HEADING.test(line)) {
      if (heading) throw new Fault(`line ${heading.line}: no JSON block after "${heading.title}"`);
      heading = { title: line.trim(), line: index + 1 };
    } else if (fence && !(heading && /^(json|ya?ml)?$/i.test(language))) {
      other = true;
    } else if (fence) {
      block = { lines: [], line: index + 2, title: heading.title };
    }
  });
  if (block) throw new Fault(`line ${block.line - 1}: the block has no end`);
  if (heading) throw new Fault(`line ${heading.line}: no JSON block after "${heading.title}"`);
  return blocks;
}

function parsed({ text, line }) {
  let document;
  if (/^\s*\{/.test(text)) {
    try {
      document = JSON.parse(text);
    } catch (error) {
      const [{ linePos: [place], code }] = parseDocument(text).errors.concat({ linePos: [{ line: 1 }], code: error.message });
      throw new Fault(`line ${line + place.line - 1}: no JSON: ${code}`);
    }
  } else {
    const yaml = parseDocument(text, { merge: true });
    const [error] = yaml.errors;
    if (error) throw new Fault(`line ${line + (error.linePos?.[0].line ?? 1) - 1}: no YAML: ${error.code}`);
    document = yaml.toJS({ maxAliasCount: -1 });
  }
  if (!isObject(document) || !isObject(document.paths)) throw new Fault('$.paths: missing, so this is no OpenAPI document');
  return document;
}

function operationsIn(document, { text, title }) {
  const all = [];
  for (const [path, item] of Object.entries(document.paths)) {
    if (!isObject(item)) throw new Fault(`$.paths['${path}']: no object`);
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      if (!isObject(item[method])) continue;
      const place = `$.paths['${path}'].${method}`;
      const operation = plainJson({ ...item[method] });
      if (item.parameters) operation.parameters = [...item.parameters, ...(operation.parameters ?? [])];
      all.push({ path, method, place, operation });
    }
  }
  const stated = title && HEADING.exec(title);
  if (stated && !all.some(({ path, method }) => path === stated[2] && method === stated[1].toLowerCase()))
    throw new Fault(`the block after "${title}" describes ${all.map(({ method, path }) => `${method.toUpperCase()} ${path}`).join(', ') || 'nothing'}`);
  const alone = all.length === 1 && !document.components?.schemas;
  return all.map(({ path, method, place, operation }) => {
    const schema = LOOKS_LIKE_VIDEO.test(path) && requestSchema(operation, document, place, method);
    const models = schema ? modelsOf(schema, operation) : [];
    const looks = method === 'get' && LOOKS_LIKE_VIDEO.test(path) &&
      (operation.parameters ?? []).some((parameter) => resolved(parameter, document).name === 'generation_id');
    const kind = models.length > 0 ? 'create' : looks ? 'retrieve' : undefined;
    if (!kind && path === ADDRESS && method === 'post') throw new Fault(`${place}.requestBody: ${schema ? 'names no model' : `no schema of application/json${others(operation)}`}`);
    if (!kind) return {};
    const found = { kind, models, path, method, document: cut(document, path, method, operation), text: alone ? text : undefined };
    return { ...found, of: found };
  });
}

/** What there is instead. */
const others = ({ requestBody }) => {
  const types = Object.keys(requestBody?.content ?? {});
  return types.length > 0 ? `, but ${types.join(', ')}` : '';
};

/** With `application/json` where it is published with a charset or the like. */
function plainJson(value) {
  if (Array.isArray(value)) return value.map(plainJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key.replace(/^application\/json\s*;.*$/i, 'application/json'), plainJson(part)]));
}

function requestSchema(operation, document, place, method) {
  if (method !== 'post') return undefined;
  try {
    const schema = resolved(operation.requestBody ?? {}, document).content?.['application/json']?.schema;
    return isObject(schema) ? schema : undefined;
  } catch (error) {
    throw new Fault(`${place}: ${error.message}`);
  }
}

/**
 * The models that the request schema of an operation is for: the values of its `model`, else its example, else its title if that
 * is a model's name, else what the samples of code name.
 */
export function modelsOf(schema, operation = {}) {
  const models = modelsIn(schema);
  return models.length > 0 || !schema.properties?.model ? models : modelInSamples(operation);
}

function modelsIn(schema) {
  const model = schema.properties?.model;
  const values = [model ?? {}, ...membersOf(model ?? {}), ...(model?.allOf ?? [])].flatMap((each) => each.enum ?? (each.const ? [each.const] : []));
  const named = [values, [model?.default], [model?.example]].map((some) => some.filter((value) => typeof value === 'string' && value)).find(({ length }) => length > 0);
  if (named) return [...new Set(named)];
  const members = [...membersOf(schema), ...(schema.allOf ?? [])].flatMap(modelsIn);
  if (members.length > 0) return [...new Set(members)];
  return model && /^[\w.-]+(\/[\w.-]+)+$/.test(schema.title ?? '') ? [schema.title] : [];
}

/** The model in the examples and samples of code of an operation, if all of them name the same. */
function modelInSamples(operation) {
  const { example, examples } = operation.requestBody?.content?.['application/json'] ?? {};
  const samples = JSON.stringify([operation['x-codeSamples'], example, examples]).replaceAll('\\', '');
  const models = new Set([...samples.matchAll(/['"]?model['"]?\s*[:=]\s*['"]([\w.-]+(?:\/[\w.-]+)*)['"]/g)].map(([, model]) => model));
  return models.size === 1 ? [...models] : [];
}

/** What is published for several models at once, for each of them alone. */
function forEachModel(create) {
  const { models, path, method, document, text, kind, of } = create;
  const address = path === ADDRESS ? undefined : path;
  if (models.length === 1) return [{ kind, of, path, model: models[0], address, document, text }];
  const operation = resolved(document.paths[path][method], document);
  return models.map((model) => {
    const one = structuredClone(operation);
    const json = one.requestBody.content['application/json'];
    json.schema = narrowed(json.schema, model);
    return { kind, of, path, model, address, document: cut(document, path, method, one) };
  });
}

/** What of a request schema is for that model. */
function narrowed(schema, model) {
  const result = { ...schema };
  for (const union of [...UNIONS, 'allOf']) {
    if (!schema[union]) continue;
    const members = schema[union].filter((member) => modelsIn(member).length === 0 || modelsIn(member).includes(model));
    result[union] = members.map((member) => narrowed(member, model));
  }
  if (modelsIn({ properties: { model: schema.properties?.model } }).length > 0) {
    const { description } = schema.properties.model;
    result.properties = { ...schema.properties, model: { type: 'string', enum: [model], ...(description && { description }) } };
  }
  return result;
}

/** The document with one operation, and of the components what that needs. */
function cut(document, path, method, operation) {
  const { paths, components, ...rest } = document;
  const needed = {};
  const collect = (value) => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (isObject(value)) {
      const [root, kind, name] = typeof value.$ref === 'string' && value.$ref.startsWith('#/') ? stepsOf(value.$ref) : [];
      if (root === 'components' && components?.[kind]?.[name] !== undefined && needed[kind]?.[name] === undefined) {
        (needed[kind] ??= {})[name] = components[kind][name];
        collect(components[kind][name]);
      }
      Object.values(value).forEach(collect);
    }
  };
  collect(operation);
  if (components?.securitySchemes) needed.securitySchemes = components.securitySchemes;
  return { ...rest, ...(Object.keys(needed).length && { components: needed }), paths: { [path]: { [method]: operation } } };
}

/** Of what is published at several addresses the best: the one for all models, else the newest version, else the first. */
function preferred(operations) {
  const rank = ({ path }) => (path === ADDRESS ? 0 : 1 / (1 + Number(/\/v(\d+)\//.exec(path)?.[1] ?? 0)) + 1);
  const taken = new Set();
  return [...operations]
    .sort((a, b) => rank(a) - rank(b))
    .filter(({ model }) => !taken.has(model) && taken.add(model));
}
