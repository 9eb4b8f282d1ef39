// General errors of what the vendor publishes, each with a repair and the reason; corrections to single places are in overlay.yaml.
// A repair makes the contract say what its author meant, never less: where Prism cannot compile a schema, it silently accepts
// everything.
import { isValid } from './examples.mjs';
import { KEYWORD_RULES } from './keyword-repairs.mjs';
import { equal, isObject, UNIONS, walk } from './schemas.mjs';
import { dropUndefined, TYPE_RULES } from './type-repairs.mjs';
import { VALUE_RULES } from './value-repairs.mjs';

/** These rules change what a schema says, but not what it accepts. */
const REWORDING = ['const', 'missing type', 'exclusive limit as a number'];

const NEGATION = {
  name: 'not',
  why: 'where a repair makes a schema accept more, the negation of it accepts less; such a negation is dropped',
  repair(schema) {
    if (!('not' in schema)) return false;
    const tally = new Tally();
    if (isObject(schema.not)) repairSchema(schema.not, tally);
    if (isObject(schema.not) && [...tally.counts.keys()].every((name) => REWORDING.includes(name))) return tally.counts.size > 0;
    delete schema.not;
    return true;
  },
};

const SCHEMA_RULES = [...KEYWORD_RULES, ...TYPE_RULES, ...VALUE_RULES, NEGATION];

/** Rules for an operation; `repair` returns the number of repairs. */
const OPERATION_RULES = [
  {
    name: 'missing response description',
    why: 'OpenAPI requires one, and generators refuse a document without it',
    repair(operation) {
      const without = Object.values(operation.responses ?? {}).filter((response) => isObject(response) && !response.description);
      for (const response of without) response.description = 'The response.';
      return without.length;
    },
  },
  {
    name: 'missing security',
    why: 'every operation needs the key; a client generated without it would send none',
    repair(operation, document) {
      if (operation.security ?? document.security) return 0;
      operation.security = [{ 'access-token': [] }];
      return 1;
    },
  },
  {
    name: '`in` of a bearer token',
    why: 'OpenAPI allows `in` for API keys alone; a bearer token is always sent in a header',
    repair(operation, document) {
      const wrong = Object.values(document.components?.securitySchemes ?? {}).filter((scheme) => scheme?.type === 'http' && 'in' in scheme);
      for (const scheme of wrong) delete scheme.in;
      return wrong.length;
    },
  },
  {
    name: 'duplicate operationId',
    why: 'both operations have the same, which collides in one document; the ids name the methods of the client',
    repair(operation, document, kind) {
      const repaired = operation.operationId !== kind;
      operation.operationId = kind;
      return Number(repaired);
    },
  },
];

/** For requests and responses: it comes after all others. */
const EXAMPLE = {
  name: 'example against its schema',
  why: 'a caller who copies it would be refused, and the linter refuses it in the contract; the schema is what the server checks',
  repair(schema) {
    let repaired = 0;
    walk(schema, (inner) => {
      if (!('example' in inner) || isValid(inner.example, inner)) return;
      delete inner.example;
      repaired++;
    });
    return repaired;
  },
};

/** Rules for the request of a create. */
const REQUEST_RULES = [
  {
    name: 'image without a format',
    why: 'all other images have the format uri (a link or a data URI), by which the client recognises an image',
    repair(schema) {
      let repaired = 0;
      walk(schema, (inner, name) => {
        if (inner.type !== 'string' || inner.format || inner.enum || !/^(.+_)?(image|mask)(_url)?$/.test(name)) return;
        inner.format = 'uri';
        repaired++;
      });
      return repaired;
    },
  },
  {
    name: 'variants with different properties',
    why: 'a variant accepts any type for a property that it does not declare; each property is declared for all of them',
    repair(schema) {
      const union = UNIONS.find((each) => schema[each]);
      if (!union) return 0;
      const properties = propertiesOfAll(schema, schema[union]);
      const completed = schema[union].filter((member) => declareRequired(member, properties));
      if (equal(properties, schema.properties ?? {}) && completed.length === 0) return 0;
      Object.assign(schema, { type: 'object', properties: structuredClone(properties) });
      return 1;
    },
  },
  {
    name: 'model not fixed',
    why: 'the model distinguishes the requests, so it is required and has one value',
    repair(schema, model) {
      const { properties, required = [] } = schema;
      const fixed = { ...properties.model, type: 'string', enum: [model], default: undefined };
      for (const union of UNIONS) delete fixed[union];
      dropUndefined(fixed);
      if (equal(fixed, properties.model) && required.includes('model')) return 0;
      properties.model = fixed;
      schema.required = [...new Set(['model', ...required])];
      return 1;
    },
  },
  EXAMPLE,
];

/** Rules for responses. */
const RESPONSE_RULES = [
  {
    name: 'uri in a response',
    why: 'links in responses are not always valid URIs; as plain text they always parse',
    repair(schema) {
      let repaired = 0;
      walk(schema, (inner) => {
        if (inner.format !== 'uri') return;
        delete inner.format;
        repaired++;
      });
      return repaired;
    },
  },
  EXAMPLE,
];

/** All rules, with their reasons. */
export const RULES = [...new Set([...SCHEMA_RULES, ...OPERATION_RULES, ...REQUEST_RULES, ...RESPONSE_RULES])].map(({ name, why }) => ({ name, why }));

/** Counts how often each rule was applied. */
export class Tally {
  counts = new Map();

  add({ name }, times) {
    if (times) this.counts.set(name, (this.counts.get(name) ?? 0) + Number(times));
  }

  addAll(other) {
    for (const [name, times] of other.counts) this.add({ name }, times);
  }

  lines() {
    return [...this.counts].map(([name, times]) => `repaired: ${name} (${times})`);
  }
}

/** Repairs a schema and all schemas inside it. Titles and extensions are dropped: here they name classes, and the overlay sets them. */
export function repairSchema(schema, tally) {
  walk(schema, (inner) => {
    for (const key of Object.keys(inner)) if (key === 'title' || key.startsWith('x-')) delete inner[key];
    for (const rule of SCHEMA_RULES) tally.add(rule, rule.repair(inner));
  });
  return schema;
}

export function repairRequest(schema, model, tally) {
  for (const rule of REQUEST_RULES) tally.add(rule, rule.repair(schema, model));
  return schema;
}

export function repairResponse(schema, tally) {
  for (const rule of RESPONSE_RULES) tally.add(rule, rule.repair(schema));
  return schema;
}

export function repairOperation(operation, document, kind, tally) {
  for (const rule of OPERATION_RULES) tally.add(rule, rule.repair(operation, document, kind));
  return operation;
}

/** Replaces `allOf` by one object. */
export function flattened(schema) {
  if (Array.isArray(schema)) return schema.map(flattened);
  if (!isObject(schema)) return schema;
  // the keys of `properties` are names, not keywords
  const inner = (value) => Object.fromEntries(Object.entries(value).map(([name, each]) => [name, flattened(each)]));
  const { allOf, ...own } = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === 'properties' && isObject(value) ? inner(value) : flattened(value)]));
  if (!Array.isArray(allOf)) return own;
  return [...allOf, own].reduce((all, part) => ({
    ...all,
    ...part,
    ...((all.properties || part.properties) && { properties: { ...all.properties, ...part.properties } }),
    ...((all.required || part.required) && { required: [...new Set([...(all.required ?? []), ...(part.required ?? [])])] }),
  }), {});
}

/** The properties of a schema and its variants; where they differ, a union. Required but undeclared ones accept anything. */
function propertiesOfAll(schema, variants) {
  const declared = new Map();
  for (const { properties = {} } of [schema, ...variants])
    for (const [name, property] of Object.entries(properties)) {
      const known = declared.get(name) ?? [];
      if (!known.some((other) => equal(other, property))) declared.set(name, [...known, property]);
    }
  const properties = Object.fromEntries([...declared].map(([name, known]) => [name, known.length === 1 ? known[0] : { anyOf: known }]));
  for (const { required = [] } of variants) for (const name of required) if (!Object.hasOwn(properties, name)) properties[name] = {};
  return properties;
}

/** Declares what a variant requires, so that it can be read alone; returns whether anything was missing. */
function declareRequired(variant, properties) {
  const missing = (variant.required ?? []).filter((name) => !Object.hasOwn(variant.properties ?? {}, name));
  if (missing.length === 0) return false;
  variant.properties = { ...variant.properties, ...Object.fromEntries(missing.map((name) => [name, structuredClone(properties[name])])) };
  return true;
}
