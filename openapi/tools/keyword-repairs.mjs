// Repairs of keywords that OpenAPI 3.0 does not have: those of OpenAPI 3.1, which is JSON Schema, and anything else. They come first.
import { canonical, isObject, UNIONS } from './schemas.mjs';

/** The keywords of a schema of OpenAPI 3.0. */
const KEYWORDS = new Set([
  ...['title', 'description', 'type', 'format', 'default', 'example', 'enum', 'nullable', 'deprecated', 'readOnly', 'writeOnly', 'externalDocs', 'xml'],
  ...['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'pattern'],
  ...['items', 'minItems', 'maxItems', 'uniqueItems', 'properties', 'additionalProperties', 'required', 'minProperties', 'maxProperties'],
  ...[...UNIONS, 'allOf', 'not', 'discriminator'],
]);

/** Keywords whose values have one type. */
const TYPED = Object.entries({
  string: ['description', 'format'],
  boolean: ['nullable', 'deprecated', 'readOnly', 'writeOnly', 'uniqueItems'],
});

/** Each rule has a `name`, a reason (`why`), and `repair(schema)`, which changes the schema in place and returns whether it did. */
export const KEYWORD_RULES = [
  {
    name: 'malformed keyword',
    why: 'unions and enums are lists that are not empty, a reference and a description are texts, and a schema is an object',
    repair(schema) {
      const before = canonical(schema);
      for (const key of [...UNIONS, 'allOf', 'enum']) {
        if (schema[key] === undefined) continue;
        if (Array.isArray(schema[key]) && key !== 'enum') schema[key] = schema[key].filter(isObject);
        if (!Array.isArray(schema[key]) || schema[key].length === 0) delete schema[key];
      }
      if ('properties' in schema && !isObject(schema.properties)) delete schema.properties;
      if (!['object', 'boolean'].includes(typeof schema.items) || schema.items === null) delete schema.items;
      if (!isObject(schema.additionalProperties) && typeof schema.additionalProperties !== 'boolean') delete schema.additionalProperties;
      for (const key of ['externalDocs', 'xml']) if (!isObject(schema[key])) delete schema[key];
      for (const [type, keys] of TYPED) for (const key of keys) if (typeof schema[key] !== type) delete schema[key];
      delete schema.$ref; // references are resolved, so this one is not a text
      for (const [name, property] of Object.entries(schema.properties ?? {})) if (!isObject(property)) schema.properties[name] = {};
      return before !== canonical(schema);
    },
  },
  {
    name: 'const',
    why: 'OpenAPI 3.0 has an enum with one value instead',
    repair(schema) {
      if (!('const' in schema)) return false;
      schema.enum = [schema.const];
      delete schema.const;
      return true;
    },
  },
  {
    name: 'list of types',
    why: 'OpenAPI 3.0 has a union instead, and `nullable` for null',
    repair(schema) {
      if (!Array.isArray(schema.type)) return false;
      const types = schema.type.filter((type) => type !== 'null');
      if (types.length < schema.type.length) schema.nullable = true;
      delete schema.type;
      if (types.length === 1) [schema.type] = types;
      else if (types.length > 1 && !schema.anyOf) schema.anyOf = types.map((type) => (type === 'array' && isObject(schema.items) ? { type, items: structuredClone(schema.items) } : { type }));
      return true;
    },
  },
  {
    name: 'type null',
    why: 'OpenAPI 3.0 has no such type; a union with it is nullable',
    repair(schema) {
      const unions = UNIONS.filter((union) => schema[union]?.some(isNull));
      for (const union of unions) {
        schema[union] = schema[union].filter((member) => !isNull(member));
        if (schema[union].length === 0) delete schema[union];
        schema.nullable = true;
      }
      return unions.length > 0;
    },
  },
  {
    name: 'exclusive limit as a number',
    why: 'in OpenAPI 3.0 it is a flag beside the limit',
    repair(schema) {
      const limits = [['minimum', 'exclusiveMinimum', 1], ['maximum', 'exclusiveMaximum', -1]].filter(([, flag]) => typeof schema[flag] === 'number');
      for (const [limit, flag, sign] of limits) {
        const exclusive = schema[flag];
        const applies = typeof schema[limit] !== 'number' || sign * (exclusive - schema[limit]) >= 0; // else the other limit is narrower
        if (applies) [schema[limit], schema[flag]] = [exclusive, true];
        else delete schema[flag];
      }
      return limits.length > 0;
    },
  },
  {
    name: 'list of examples',
    why: 'a schema of OpenAPI 3.0 has one example',
    repair(schema) {
      if (!('examples' in schema)) return false;
      if (Array.isArray(schema.examples) && schema.examples.length > 0) schema.example ??= schema.examples[0];
      delete schema.examples;
      return true;
    },
  },
  {
    name: 'items by position',
    why: 'in OpenAPI 3.0 all items have the same schema, here a union of those of the positions',
    repair(schema) {
      const isOld = Array.isArray(schema.items); // before JSON Schema 2020-12
      const [first, rest] = isOld ? [schema.items, schema.additionalItems] : [schema.prefixItems, schema.items];
      if (first === undefined && typeof rest !== 'boolean') return false;
      delete schema.prefixItems;
      delete schema.additionalItems;
      const known = Array.isArray(first) ? first.filter(isObject) : [];
      if (rest === false) schema.maxItems = Math.min(known.length, schema.maxItems ?? known.length);
      const members = [...known, ...(isObject(rest) ? [rest] : [])];
      const distinct = members.filter((one, i) => members.findIndex((other) => canonical(other) === canonical(one)) === i);
      const hasOthers = !isObject(rest) && !(schema.maxItems <= known.length);
      schema.items = hasOthers || distinct.length === 0 ? {} : distinct.length === 1 ? distinct[0] : { anyOf: distinct };
      return true;
    },
  },
  {
    name: 'condition',
    why: 'OpenAPI 3.0 has no if, then and else; the properties that only a branch declares are declared, the rest is left to the server',
    repair(schema) {
      const conditions = ['if', 'then', 'else', 'dependentSchemas', 'dependentRequired', 'dependencies'].filter((keyword) => keyword in schema);
      const branches = [schema.then, schema.else, ...[schema.dependentSchemas, schema.dependencies].filter(isObject).flatMap(Object.values)];
      for (const keyword of conditions) delete schema[keyword];
      const found = branches.filter((branch) => isObject(branch?.properties)).flatMap(({ properties }) => Object.entries(properties));
      const missing = found.filter(([name, property]) => isObject(property) && !Object.hasOwn(schema.properties ?? {}, name));
      for (const name of new Set(missing.map(([each]) => each))) {
        const known = missing.filter(([each]) => each === name).map(([, property]) => structuredClone(property));
        (schema.properties ??= {})[name] = known.length === 1 ? known[0] : { anyOf: known };
      }
      return conditions.length > 0;
    },
  },
  {
    name: 'properties by pattern',
    why: 'OpenAPI 3.0 knows them only as additional properties, of which all have one schema',
    repair(schema) {
      if (!('patternProperties' in schema)) return false;
      const known = isObject(schema.patternProperties) ? Object.values(schema.patternProperties).filter(isObject) : [];
      if (schema.additionalProperties === false) schema.additionalProperties = known.length === 1 ? known[0] : known.length > 1 ? { anyOf: known } : true;
      delete schema.patternProperties;
      return true;
    },
  },
  {
    name: 'unevaluatedProperties',
    why: 'OpenAPI 3.0 has additionalProperties, which is the same unless a union declares further properties',
    repair(schema) {
      if (!('unevaluatedProperties' in schema)) return false;
      if (schema.unevaluatedProperties === false && !UNIONS.some((union) => schema[union])) schema.additionalProperties ??= false;
      delete schema.unevaluatedProperties;
      return true;
    },
  },
  {
    name: 'content of a text',
    why: 'OpenAPI 3.0 has no contentEncoding and contentMediaType, and its format `byte` would refuse a link or a data URI',
    repair(schema) {
      const found = ['contentEncoding', 'contentMediaType', 'contentSchema'].filter((keyword) => keyword in schema);
      for (const keyword of found) delete schema[keyword];
      return found.length > 0;
    },
  },
  {
    name: 'definitions',
    why: 'a schema of OpenAPI 3.0 has none; the references to them are resolved',
    repair(schema) {
      const found = ['$defs', 'definitions'].filter((keyword) => keyword in schema);
      for (const keyword of found) delete schema[keyword];
      return found.length > 0;
    },
  },
  {
    name: 'unknown keyword',
    why: 'OpenAPI 3.0 does not have it, so the linter refuses it; without it a schema accepts more, never less',
    repair(schema) {
      const unknown = Object.keys(schema).filter((keyword) => !KEYWORDS.has(keyword) && !keyword.startsWith('x-'));
      for (const keyword of unknown) delete schema[keyword];
      return unknown.length > 0;
    },
  },
];

const isNull = ({ type }) => type === 'null' || (Array.isArray(type) && type.length === 1 && type[0] === 'null');
