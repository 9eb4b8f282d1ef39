// Reads what the vendor publishes: documentation pages in Markdown, and OpenAPI documents in JSON or YAML.
import { requireImportable, requireModel } from './limits.mjs';
import { blocksOf, HEADING, isPage } from './pages.mjs';
import { isObject, MAX_VALUES_OF_MODEL, membersOf, own, resolved, stepsOf, UNIONS, UserError } from './schemas.mjs';
import { valueOf } from './yaml.mjs';

/** The path that serves every model. A model that is published only at an older path is imported from there. */
export const ADDRESS = '/v2/video/generations';
export const SERVER = 'https://api.aimlapi.com';

const VIDEO_PATH = /(^|\/)videos?\/.*generat|generat.*\/videos?(\/|$)|(^|\/)videos?\/?$/i;

/**
 * The operations of the video API in a file, as `{ kind, model, address, document, text }`: a `create` for each model, and a
 * `retrieve`. `address` is the path if it is not ADDRESS. `document` holds this operation for this model and the components that
 * it refers to; `text` is the published text, if the operation was published alone. `others` counts the remaining operations.
 */
export function operationsOf(published, name) {
  const text = published.replace(/^\uFEFF/, '');
  const blocks = isPage(text, name) ? blocksOf(text) : [{ text, line: 1 }];
  const all = blocks.flatMap((block) => operationsIn(documentOf(block), block));
  const found = all.filter(({ kind }) => kind);
  const creates = preferred(found.filter(({ kind }) => kind === 'create').flatMap(forEachModel));
  const retrieves = preferred(found.filter(({ kind }) => kind === 'retrieve').map((retrieve) => ({ ...retrieve, source: retrieve })));
  const operations = [...creates, ...retrieves];
  if (operations.length === 0) throw new UserError('$.paths: no operation that creates or retrieves a video');
  for (const { document, path, method, model } of operations) publishedOf(document, [`$.paths['${path}'].${method}`, model].filter(Boolean).join(' of '));
  return { operations, others: all.length - new Set(operations.map(({ source }) => source)).size };
}

/** The OpenAPI document in a text, which begins at this line of its file. */
export function documentOf({ text, line }) {
  const document = valueOf(text, line);
  if (!isObject(document) || !isObject(document.paths)) throw new UserError('$.paths: missing, so this is not an OpenAPI document');
  requireImportable(document);
  return document;
}

/** The only operation of a document, without references. */
export function publishedOf(document, place) {
  const [item] = Object.values(document.paths);
  return at(place, () => resolved(Object.values(item)[0], document, MAX_VALUES_OF_MODEL));
}

/** Puts the place before an error. */
function at(place, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${place}: ${error.message}`);
    throw error;
  }
}

/** All operations of a document; those of the video API with their `kind`. */
function operationsIn(document, { text, title }) {
  const all = Object.entries(document.paths).flatMap(([path, item]) => operationsAt(path, item));
  const stated = title && HEADING.exec(title);
  if (stated && !all.some(({ path, method }) => path === stated[2] && method === stated[1].toLowerCase()))
    throw new UserError(`the block after "${title}" describes ${all.map(({ method, path }) => `${method.toUpperCase()} ${path}`).join(', ') || 'no operation'}`);
  const alone = all.length === 1 && !document.components?.schemas;
  return all.map((each) => {
    const found = classified(each, document);
    return found.kind ? { ...each, ...found, document: cut(document, each), text: alone ? text : undefined } : found;
  });
}

function operationsAt(path, item) {
  if (!isObject(item)) throw new UserError(`$.paths['${path}']: not an object`);
  return ['get', 'post', 'put', 'patch', 'delete'].filter((method) => isObject(item[method])).map((method) => {
    const operation = plainJson({ ...item[method] });
    if (item.parameters) operation.parameters = [...listOf(item.parameters), ...listOf(operation.parameters)];
    return { path, method, operation };
  });
}

const listOf = (value) => (Array.isArray(value) ? value : []);

/** A create has a request with a model, a retrieve takes the id of a generation. */
function classified({ path, method, operation }, document) {
  if (!VIDEO_PATH.test(path)) return {};
  const place = `$.paths['${path}'].${method}`;
  const schema = requestSchema(operation, document, place, method);
  const models = schema ? modelsOf(schema, operation) : [];
  if (models.length > 0) return { kind: 'create', models };
  if (path === ADDRESS && method === 'post')
    throw new UserError(`${place}.requestBody: ${schema ? 'names no model' : `no schema for application/json${otherTypes(operation)}`}`);
  const takesId = method === 'get' && listOf(operation.parameters).some((parameter) => resolved(parameter, document)?.name === 'generation_id');
  return takesId ? { kind: 'retrieve' } : {};
}

/** The media types of a request that are not JSON, for the message. */
const otherTypes = ({ requestBody }) => {
  const types = Object.keys(requestBody?.content ?? {});
  return types.length > 0 ? `, only for ${types.join(', ')}` : '';
};

/** Replaces `application/json; charset=utf-8` and the like by `application/json`. */
function plainJson(value) {
  if (Array.isArray(value)) return value.map(plainJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key.replace(/^application\/json\s*;.*$/i, 'application/json'), plainJson(part)]));
}

function requestSchema(operation, document, place, method) {
  if (method !== 'post') return undefined;
  const schema = at(place, () => resolved(operation.requestBody ?? {}, document)).content?.['application/json']?.schema;
  return isObject(schema) ? schema : undefined;
}

/** The models that a request schema names: by its property `model`, a title that is the name of a model, or code samples. */
export function modelsOf(schema, operation = {}) {
  const inSchema = modelsIn(schema);
  const models = inSchema.length > 0 || !schema.properties?.model ? inSchema : modelInSamples(operation);
  models.forEach(requireModel);
  return models;
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

/** The model in the examples and code samples of an operation, if all name the same one. */
function modelInSamples(operation) {
  const { example, examples } = operation.requestBody?.content?.['application/json'] ?? {};
  const samples = JSON.stringify([operation['x-codeSamples'], example, examples]).replaceAll('\\', '');
  const models = new Set([...samples.matchAll(/['"]?model['"]?\s*[:=]\s*['"]([\w.-]+(?:\/[\w.-]+)*)['"]/g)].map(([, model]) => model));
  return models.size === 1 ? [...models] : [];
}

/** One create for each model of a create. */
function forEachModel(create) {
  const { models, path, method, document, text, kind } = create;
  const common = { kind, source: create, path, method, address: path === ADDRESS ? undefined : path };
  if (models.length === 1) return [{ ...common, model: models[0], document, text }];
  return models.map((model) => ({ ...common, model, document: documentFor(model, create) }));
}

/** A create whose model has another name. */
export const renamed = (create, name) => (create.model === name ? create : { ...create, model: name, document: documentFor(create.model, create, name), text: undefined });

/** The document of a create for one of its models, which may get another name. */
function documentFor(model, { path, method, document }, name = model) {
  const operation = structuredClone(resolved(document.paths[path][method], document));
  const json = operation.requestBody.content['application/json'];
  json.schema = narrowed(json.schema, model, name);
  return cut(document, { path, method, operation });
}

/** The part of a request schema that belongs to a model, which gets this name. */
function narrowed(schema, model, name) {
  const result = { ...schema };
  for (const union of [...UNIONS, 'allOf']) {
    if (!schema[union]) continue;
    const members = schema[union].filter((member) => modelsIn(member).length === 0 || modelsIn(member).includes(model));
    result[union] = members.map((member) => narrowed(member, model, name));
  }
  if (schema.properties?.model && (name !== model || modelsIn({ properties: { model: schema.properties.model } }).length > 0)) {
    const { description } = schema.properties.model;
    result.properties = { ...schema.properties, model: { type: 'string', enum: [name], ...(description && { description }) } };
  }
  return result;
}

/** The document with a single operation and the components that it refers to. */
function cut(document, { path, method, operation }) {
  const { paths, components, ...rest } = document;
  const needed = new Map();
  const collect = (value) => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (isObject(value)) {
      const [root, kind, name] = typeof value.$ref === 'string' && value.$ref.startsWith('#/') ? stepsOf(value.$ref) : [];
      const component = root === 'components' ? own(own(components, kind), name) : undefined;
      if (component !== undefined && !needed.get(kind)?.has(name)) {
        needed.set(kind, (needed.get(kind) ?? new Map()).set(name, component));
        collect(component);
      }
      Object.values(value).forEach(collect);
    }
  };
  collect(operation);
  if (components?.securitySchemes) needed.set('securitySchemes', new Map(Object.entries(components.securitySchemes)));
  const kept = Object.fromEntries([...needed].map(([kind, named]) => [kind, Object.fromEntries(named)]));
  return { ...rest, ...(needed.size > 0 && { components: kept }), paths: { [path]: { [method]: operation } } };
}

/** For each model the operation at the common path, else at the path with the newest version, else the first. */
function preferred(operations) {
  const rank = ({ path }) => (path === ADDRESS ? 0 : 1 / (1 + Number(/\/v(\d+)\//.exec(path)?.[1] ?? 0)) + 1);
  const taken = new Set();
  return [...operations]
    .sort((a, b) => rank(a) - rank(b))
    .filter(({ model }) => !taken.has(model) && taken.add(model));
}
