// The contract: documented/*.json, each repaired, put together with supplement/*.yaml and corrected by overlay.yaml.
import openapiFormat from 'openapi-format';
import { ADDRESS, modelsOf, SERVER } from './published.mjs';
import { flattened, repairAnswer, repairOperation, repairRequest, repairSchema, Tally } from './repairs.mjs';
import { canonical, equal, Fault, isObject, membersOf, resolved } from './schemas.mjs';

const ANSWER = 'VideoGenerationResponse';

/**
 * Makes the contract of `sources`: `documented`, a list of `{ name, document }` in the order of the names; `supplement`, a list of
 * documents; `overlay`, the text of one. Returns the contract as an object, the repairs of each document, and notes.
 */
export async function assemble({ documented, supplement, overlay }) {
  const tallies = new Map(documented.map(({ name }) => [name, new Tally()]));
  const creates = documented.filter(({ name }) => name.endsWith('.create.json')).map(({ name, document }) => createOf(name, document, tallies.get(name)));
  const retrieves = documented.filter(({ name }) => name.endsWith('retrieve.json')).map(({ name, document }) => operationOf(document, 'retrieve', tallies.get(name)));
  if (creates.length === 0) throw new Fault('documented/: no create operation');
  const answers = [...creates, ...retrieves].map(({ answer }) => answer).filter(Boolean);
  if (answers.length === 0) throw new Fault('documented/: no operation says what it answers');
  const contract = {
    ...frame(documented.map(({ document }) => document)),
    paths: {
      [ADDRESS]: {
        post: operation('create', {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { oneOf: creates.map(({ title }) => ({ $ref: `#/components/schemas/${title}` })) } } },
          },
        }),
        // whatever else a page takes here is for its model alone, and the id may stand in its path
        get: operation('retrieve', { parameters: [{ name: 'generation_id', in: 'query', required: true, schema: { type: 'string' } }] }),
      },
    },
  };
  const schemas = Object.fromEntries(creates.map(({ title, schema }) => [title, schema]));
  merge(contract, { components: { schemas: { ...schemas, [ANSWER]: { title: ANSWER, ...answers.reduce(mergedAnswers) } } } });
  for (const document of supplement) merge(contract, document);
  const overlaySet = await openapiFormat.parseString(overlay);
  const { data, resultData } = await openapiFormat.openapiOverlay(contract, { overlaySet });
  const notes = resultData.unusedActions.map(({ target }) => `overlay.yaml: nothing matches ${target}; the correction may go`);
  return { contract: data, tallies, notes };
}

/** Another YAML reader takes an unquoted time stamp for a date, hence the quotes of YAML 1.1, and some characters for line ends. */
export async function yamlOf(document, comment) {
  const plain = JSON.parse(JSON.stringify(document), (key, value) => (typeof value === 'string' ? value.replace(/[\u0085\u2028\u2029]/g, ' ') : value));
  const yaml = await openapiFormat.stringify(plain, { format: 'yaml', lineWidth: 100, yamlCompat: 'yaml-1.1' });
  return `# ${comment}; do not edit.\n${yaml}`;
}

/** `vendor/model-v1.5` is `VendorModelV15`. */
export const pascal = (text) =>
  text.split(/[^A-Za-z0-9]+/).filter(Boolean).map((word) => word[0].toUpperCase() + word.slice(1)).join('');

/** The name of the request class of the model whose documents have that name. */
export const requestClass = (stem) => `${/^\d/.test(stem) ? 'Model' : ''}${pascal(stem)}Request`;

/** `vendor/model-v1.5` is `vendor-model-v1-5`, the beginning of the names of its documents. */
export const stemOf = (model) => model.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join('-') || 'model';

/** What is the same for all documents, whatever a single one says of it. */
function frame(documents) {
  const [scheme] = documents.map(({ components }) => components?.securitySchemes?.['access-token']).filter(Boolean);
  return {
    openapi: '3.0.0',
    info: documents[0].info ?? {},
    servers: [{ url: SERVER }],
    security: [{ 'access-token': [] }],
    components: { securitySchemes: { 'access-token': scheme ?? { type: 'http', scheme: 'bearer' } } },
  };
}

function operation(operationId, more) {
  return {
    operationId,
    ...more,
    responses: { 200: { description: 'The answer.', content: { 'application/json': { schema: { $ref: `#/components/schemas/${ANSWER}` } } } } },
  };
}

/** The one operation of a document, without references, repaired. */
function operationOf(document, kind, tally) {
  const [path] = Object.values(document.paths);
  const published = flattened(resolved(Object.values(path)[0], document));
  const repaired = repairOperation(structuredClone(published), document, kind, tally);
  const success = Object.entries(repaired.responses ?? {}).find(([status]) => /^2/.test(status))?.[1];
  const schema = success?.content?.['application/json']?.schema;
  return { requestBody: repaired.requestBody, answer: answerOf(schema, tally) };
}

/** The answer with the id of a generation, in whichever variant; nothing if none has one. */
function answerOf(schema, tally) {
  if (!isObject(schema)) return undefined;
  repairAnswer(repairSchema(schema, tally), tally);
  const objects = (isObject(schema.properties) ? [schema] : membersOf(schema)).filter(({ properties }) => properties?.id ?? properties?.generation_id);
  return objects.length > 0 ? objects.reduce(mergedAnswers) : undefined;
}

function createOf(name, document, tally) {
  const stem = name.slice(0, -'.create.json'.length);
  try {
    const { requestBody, answer } = operationOf(document, 'create', tally);
    const published = requestBody.content['application/json'].schema;
    const [model] = modelsOf(published, Object.values(Object.values(document.paths)[0])[0]);
    const schema = repairRequest(repairSchema(published, tally), model, tally);
    const title = requestClass(stem);
    return { title, answer, schema: { title, description: `A request to the model \`${model}\`.`, ...schema } };
  } catch (error) {
    if (error instanceof Fault) throw new Fault(`${name}: ${error.message}`);
    throw error;
  }
}

/** An answer that is as either of the two: their properties and values together, required what both require. */
function mergedAnswers(a, b) {
  if (a === undefined || b === undefined || equal(shapeOf(a), shapeOf(b))) return { ...b, ...a };
  const [left, right] = [a, b].map((schema) => schema.anyOf ?? schema.oneOf ?? [schema]);
  if (left.length === 1 && right.length === 1 && a.type === b.type) {
    const merged = { ...b, ...a };
    if (a.nullable || b.nullable) merged.nullable = true;
    // who says only that it is a text does not unsay the values that others name
    if (a.enum || b.enum) merged.enum = [...new Set([...(a.enum ?? []), ...(b.enum ?? [])])];
    if (a.type === 'object') {
      const names = new Set([...Object.keys(a.properties ?? {}), ...Object.keys(b.properties ?? {})]);
      merged.properties = Object.fromEntries([...names].map((name) => [name, mergedAnswers(a.properties?.[name], b.properties?.[name])]));
      merged.required = (a.required ?? []).filter((name) => b.required?.includes(name));
      if (merged.required.length === 0) delete merged.required;
    }
    if (a.type === 'array') merged.items = mergedAnswers(a.items, b.items);
    return merged;
  }
  const members = [...left];
  for (const member of right) {
    const same = members.findIndex(({ type }) => type === member.type);
    if (same < 0) members.push(member);
    else members[same] = mergedAnswers(members[same], member);
  }
  const { description = a.description } = b;
  const { title, ...rest } = members.length === 1 ? members[0] : { anyOf: members };
  return { ...(a.title && { title: a.title }), ...(description && { description }), ...rest };
}

/** What a schema says without the words around it. */
export function shapeOf(schema) {
  if (Array.isArray(schema)) return schema.map(shapeOf);
  if (!isObject(schema)) return schema;
  const { title, description, example, examples, default: initial, properties, ...rest } = schema;
  if (rest.allOf?.length === 1) return rest.allOf[0]; // a reference with words beside it
  const shape = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('x-')).map(([key, value]) => [key, shapeOf(value)]));
  if (isObject(properties)) shape.properties = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, shapeOf(value)]));
  for (const key of ['required', 'enum']) if (Array.isArray(shape[key])) shape[key] = [...shape[key]].sort();
  return shape;
}

/** Adds what `source` has to `target`; two documents that disagree are an error, not a choice. */
function merge(target, source, path = '$') {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (present === undefined) target[key] = value;
    else if (isObject(present) && isObject(value)) merge(present, value, `${path}.${key}`);
    else if (canonical(present) !== canonical(value)) throw new Fault(`two documents disagree at ${path}.${key}`);
  }
  return target;
}
