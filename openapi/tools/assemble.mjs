// The contract: documented/*.json, repaired and merged with supplement/*.yaml, then corrected by overlay.yaml.
import openapiFormat from 'openapi-format';
import { flattened, repairOperation, repairRequest, repairResponse, repairSchema, Tally } from './repairs.mjs';
import { mergedResponses } from './responses.mjs';
import { canonical, isObject, membersOf, UserError } from './schemas.mjs';
import { ADDRESS, modelsOf, publishedOf, SERVER } from './vendor-documents.mjs';
import { valueOf } from './yaml.mjs';

const RESPONSE = 'VideoGenerationResponse';

/**
 * Assembles the contract from `documented`, a list of `{ name, document }` sorted by name; `supplement`, a list of documents; and
 * `overlay`, the text of an overlay. Returns the contract, the repairs of each document, and notes for the user.
 */
export async function assemble({ documented, supplement, overlay }) {
  const tallies = new Map(documented.map(({ name }) => [name, new Tally()]));
  const creates = documented.filter(({ name }) => name.endsWith('.create.json')).map(({ name, document }) => createOf(name, document, tallies.get(name)));
  const retrieves = documented.filter(({ name }) => name.endsWith('retrieve.json')).map(({ name, document }) => operationOf(document, 'retrieve', tallies.get(name)));
  if (creates.length === 0) throw new UserError('documented/: no create operation');
  const responses = [...creates, ...retrieves].map(({ response }) => response).filter(Boolean);
  if (responses.length === 0) throw new UserError('documented/: no operation declares a response');
  const contract = frame(documented.map(({ document }) => document), creates, responses);
  for (const document of supplement) merge(contract, document);
  const overlaySet = valueOf(overlay);
  const { data, resultData } = await openapiFormat.openapiOverlay(contract, { overlaySet });
  const notes = resultData.unusedActions.map(({ target }) => `overlay.yaml: nothing matches ${target}; the correction may be obsolete`);
  return { contract: data, tallies, notes };
}

/** `vendor/model-v1.5` becomes `VendorModelV15`. */
export const pascal = (text) =>
  text.split(/[^A-Za-z0-9]+/).filter(Boolean).map((word) => word[0].toUpperCase() + word.slice(1)).join('');

/** The name of the request class of a model, given the stem of its file names. */
export const requestClass = (stem) => `${/^\d/.test(stem) ? 'Model' : ''}${pascal(stem)}Request`;

/** `vendor/model-v1.5` becomes `vendor-model-v1-5`, the stem of the names of its files. */
export const stemOf = (model) => model.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join('-') || 'model';

/** The contract before the supplement: one path, whose operations take the requests of all models and return one response. */
function frame(documents, creates, responses) {
  const [scheme] = documents.map(({ components }) => components?.securitySchemes?.['access-token']).filter(isBearer);
  const requests = creates.map(({ title }) => ({ $ref: `#/components/schemas/${title}` }));
  return {
    openapi: '3.0.0',
    info: texts(documents[0].info, ['title', 'version', 'description']),
    servers: [{ url: SERVER }],
    security: [{ 'access-token': [] }],
    components: {
      securitySchemes: { 'access-token': texts(scheme ?? { type: 'http', scheme: 'bearer' }, ['type', 'scheme', 'bearerFormat', 'description']) },
      schemas: {
        ...Object.fromEntries(creates.map(({ title, schema }) => [title, schema])),
        [RESPONSE]: { title: RESPONSE, ...responses.reduce(mergedResponses) },
      },
    },
    paths: {
      [ADDRESS]: {
        post: operation('create', { requestBody: { required: true, content: { 'application/json': { schema: { oneOf: requests } } } } }),
        // other parameters of a page belong to its model alone, and its path may contain the id
        get: operation('retrieve', { parameters: [{ name: 'generation_id', in: 'query', required: true, schema: { type: 'string' } }] }),
      },
    },
  };
}

const isBearer = (scheme) => scheme?.type === 'http' && scheme.scheme === 'bearer';

/** The texts among these keys; nothing else of the frame of a document gets into the contract, such as references to other files. */
const texts = (object, keys) => Object.fromEntries(Object.entries(object ?? {}).filter(([key, value]) => keys.includes(key) && typeof value === 'string'));

function operation(operationId, more) {
  return {
    operationId,
    ...more,
    responses: { 200: { description: 'The response.', content: { 'application/json': { schema: { $ref: `#/components/schemas/${RESPONSE}` } } } } },
  };
}

/** The only operation of a document, repaired and without references. */
function operationOf(document, kind, tally) {
  const published = flattened(publishedOf(document, kind));
  const repaired = repairOperation(structuredClone(published), document, kind, tally);
  const success = Object.entries(repaired.responses ?? {}).find(([status]) => /^2/.test(status))?.[1];
  const schema = success?.content?.['application/json']?.schema;
  return { requestBody: repaired.requestBody, response: responseOf(schema, tally) };
}

/** The schema of a response with the id of a generation; undefined if no variant has one. */
function responseOf(schema, tally) {
  if (!isObject(schema)) return undefined;
  repairResponse(repairSchema(schema, tally), tally);
  const objects = (isObject(schema.properties) ? [schema] : membersOf(schema)).filter(({ properties }) => properties?.id ?? properties?.generation_id);
  return objects.length > 0 ? objects.reduce(mergedResponses) : undefined;
}

function createOf(name, document, tally) {
  try {
    const { requestBody, response } = operationOf(document, 'create', tally);
    const published = requestBody.content['application/json'].schema;
    const [model] = modelsOf(published, Object.values(Object.values(document.paths)[0])[0]);
    const schema = repairRequest(repairSchema(published, tally), model, tally);
    const title = requestClass(name.slice(0, -'.create.json'.length));
    return { title, response, schema: { title, description: `A request to the model \`${model}\`.`, ...schema } };
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${name}: ${error.message}`);
    throw error;
  }
}

/** Merges `source` into `target`. Documents that disagree are an error. */
function merge(target, source, path = '$') {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (present === undefined) target[key] = value;
    else if (isObject(present) && isObject(value)) merge(present, value, `${path}.${key}`);
    else if (canonical(present) !== canonical(value)) throw new UserError(`two documents disagree at ${path}.${key}`);
  }
  return target;
}
