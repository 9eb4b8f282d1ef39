// Whether an example is valid for its schema.
import { equal, isObject, own, resolved } from './schemas.mjs';
import { ADDRESS } from './vendor-documents.mjs';

/** What a value must be, by keyword; each check gets the value of the keyword, the value and the schema. */
const CHECKS = {
  type: (type, value) => isOfType(value, type),
  enum: (values, value) => values.some((each) => equal(each, value)),
  oneOf: (members, value) => members.filter((member) => isValid(value, member)).length === 1,
  anyOf: (members, value) => members.some((member) => isValid(value, member)),
  allOf: (members, value) => members.every((member) => isValid(value, member)),
  not: (schema, value) => !isValid(value, schema),
};

const NUMBER_CHECKS = {
  minimum: (limit, value, { exclusiveMinimum }) => (exclusiveMinimum ? value > limit : value >= limit),
  maximum: (limit, value, { exclusiveMaximum }) => (exclusiveMaximum ? value < limit : value <= limit),
  multipleOf: (step, value) => step <= 0 || Math.abs(value / step - Math.round(value / step)) < 1e-9,
};

const TEXT_CHECKS = {
  minLength: (least, text) => [...text].length >= least,
  maxLength: (most, text) => [...text].length <= most,
  pattern: (pattern, text) => new RegExp(pattern, 'u').test(text),
  format: (format, text) => format !== 'uri' || /^[a-z][a-z0-9+.-]*:/i.test(text),
};

const ARRAY_CHECKS = {
  items: (schema, items) => items.every((item) => isValid(item, schema)),
  minItems: (least, { length }) => length >= least,
  maxItems: (most, { length }) => length <= most,
  uniqueItems: (unique, items) => !unique || items.every((one, i) => items.findIndex((other) => equal(one, other)) === i),
};

const OBJECT_CHECKS = {
  required: (names, value) => names.every((name) => Object.hasOwn(value, name)),
  properties: (schemas, value) => Object.entries(value).every(([name, part]) => !own(schemas, name) || isValid(part, schemas[name])),
  additionalProperties: (schema, value, { properties }) =>
    Object.entries(value).every(([name, part]) => own(properties, name) || (isObject(schema) ? isValid(part, schema) : schema)),
  minProperties: (least, value) => Object.keys(value).length >= least,
  maxProperties: (most, value) => Object.keys(value).length <= most,
};

/** Whether a value is valid for a repaired schema without references. */
export const isValid = (value, schema) => violationOf(value, schema) === undefined;

/** The first violation, beginning with the path of what violates the schema; undefined if there is none. */
export function violationOf(value, schema, path = []) {
  if (value === null && schema.nullable) return undefined;
  for (const [keyword, check] of [CHECKS, checksFor(value)].flatMap(Object.entries)) {
    if (schema[keyword] === undefined || check(schema[keyword], value, schema)) continue;
    if (keyword === 'required') return `${[...path, schema.required.find((name) => !Object.hasOwn(value, name))].join('.')} is missing, which is required`;
    return violationInside(keyword, value, schema, path) ?? `${path.join('.')} = ${shortened(value)} violates ${keyword} ${shortened(schema[keyword])}`;
  }
  return undefined;
}

function violationInside(keyword, value, schema, path) {
  if (!['properties', 'items'].includes(keyword)) return undefined;
  const inner = (name) => (keyword === 'items' ? schema.items : (own(schema.properties, name) ?? {}));
  return Object.entries(value).map(([name, part]) => violationOf(part, inner(name), [...path, name])).find(Boolean);
}

const shortened = (value) => {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
};

function checksFor(value) {
  if (Array.isArray(value)) return ARRAY_CHECKS;
  if (isObject(value)) return OBJECT_CHECKS;
  return { number: NUMBER_CHECKS, string: TEXT_CHECKS }[typeof value] ?? {};
}

export function isOfType(value, type) {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  return typeof value === type;
}

/** The examples of requests that do not fit the schema of their model, as `{ pointer, text }`. */
export function requestExampleProblems(contract) {
  const { schema, examples = {} } = contract.paths[ADDRESS].post.requestBody.content['application/json'];
  const requests = schema.oneOf.map((each) => resolved(each, contract));
  return Object.entries(examples).flatMap(([name, example]) => {
    const { value } = resolved(example, contract);
    const request = requests.find(({ properties }) => properties.model.enum.includes(value?.model));
    const violation = request ? violationOf(value, request) : `${shortened(value?.model ?? null)} is no model of the contract`;
    const pointer = `${example.$ref ?? `#/paths/${ADDRESS.replaceAll('/', '~1')}/post/requestBody/content/application~1json/examples/${name}`}/value`;
    return violation ? [{ pointer, text: `the example ${name} does not fit its schema: ${violation}; correct the example` }] : [];
  });
}
