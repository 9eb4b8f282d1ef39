// The mock's view of the contract: besides the common path one for each model, because Prism reports the violations of a union for
// each of its members, and one for any other model.
import { resolved, walk } from './schemas.mjs';
import { ADDRESS } from './vendor-documents.mjs';

/** The first part of the mock's path for a model that the contract does not have; that of no model has a dot. */
const OTHER_MODEL = 'other.model';

/** What the requests of all models share. */
const SHARED = { type: 'object', required: ['model'], properties: { model: { description: 'The name of the model.', type: 'string', minLength: 1 } } };

export function mockViewOf(contract) {
  const view = structuredClone(contract);
  for (const schema of Object.values(view.components.schemas)) escapeEnums(schema);
  const { post } = view.paths[ADDRESS];
  for (const schema of post.requestBody.content['application/json'].schema.oneOf)
    view.paths[`/${modelKey(schema, contract)}${ADDRESS}`] = { post: createFor(post, schema) };
  view.paths[`/${OTHER_MODEL}${ADDRESS}`] = { post: createFor(post, SHARED) };
  return view;
}

/** The first part of the mock's path for a model. */
export const modelKey = (schema, contract) => Buffer.from(resolved(schema, contract).properties.model.enum[0]).toString('base64url');

/** The create operation for a single request schema. */
export function createFor(post, schema) {
  const operation = structuredClone(post);
  operation.operationId += ` ${schema.$ref ?? 'other'}`;
  operation.requestBody.content = { 'application/json': { schema } };
  return operation;
}

/** Prism copies the values of an enum into a header, and crashes if they are not ASCII: a pattern accepts the same values. */
function escapeEnums(schema) {
  walk(schema, (inner) => {
    if (!inner.enum?.some((value) => typeof value === 'string' && /[^\x20-\x7e]/.test(value))) return;
    inner.pattern = `^(?:${inner.enum.map(escaped).join('|')})$`;
    delete inner.enum;
  });
}

const escaped = (value) =>
  value.replace(/[$()*+.?[\\\]^{|}/]/g, '\\$&').replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
