// Repairs of types and unions, after those of keywords. The order matters: later rules rely on the earlier ones.
import { isObject, own, UNIONS } from './schemas.mjs';

export const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object'];
const ALIASES = new Map(Object.entries({ int: 'integer', int32: 'integer', int64: 'integer', long: 'integer', float: 'number', double: 'number', bool: 'boolean', str: 'string', text: 'string', file: 'string', list: 'array', dict: 'object' }));

/** As KEYWORD_RULES. */
export const TYPE_RULES = [
  {
    name: 'unknown type',
    why: 'with a type of another language, such as int, float or bool, Prism accepts everything',
    repair(schema) {
      if (schema.type === undefined || TYPES.includes(schema.type)) return false;
      const name = String(schema.type).toLowerCase();
      const type = ALIASES.get(name) ?? TYPES.find((known) => known === name);
      if (type) schema.type = type;
      else delete schema.type;
      return true;
    },
  },
  {
    name: 'missing type',
    why: 'without a type any value is accepted; the other keywords allow only one type',
    repair(schema) {
      if (schema.type !== undefined || UNIONS.some((union) => schema[union]) || schema.allOf) return false;
      const type = impliedType(schema);
      if (type) schema.type = type;
      return type !== undefined;
    },
  },
  {
    name: 'missing items',
    why: 'an array must declare its items; without a declaration they may be anything',
    repair(schema) {
      if (schema.type !== 'array' || isObject(schema.items)) return false;
      schema.items = {};
      return true;
    },
  },
  {
    name: 'null as a union member',
    why: '`nullable` without a type cannot be compiled; the union becomes nullable instead',
    repair(schema) {
      let repaired = false;
      for (const union of UNIONS) {
        const others = schema[union]?.filter((member) => !isNull(member));
        if (!others || others.length === schema[union].length || others.length === 0) continue;
        schema[union] = others;
        schema.nullable = true;
        repaired = true;
      }
      return repaired;
    },
  },
  {
    name: 'overlapping oneOf',
    why: 'oneOf refuses a value that two members accept; anyOf accepts it, which is what the author meant',
    repair(schema) {
      if (!schema.oneOf || schema.oneOf.every((one, i) => schema.oneOf.every((other, j) => i >= j || areDisjoint(one, other)))) return false;
      if (schema.anyOf) return false;
      schema.anyOf = schema.oneOf;
      delete schema.oneOf;
      return true;
    },
  },
  {
    name: 'union with one member',
    why: 'the union adds nothing, and generators handle it badly',
    repair(schema) {
      let repaired = false;
      for (const union of UNIONS) {
        if (schema[union]?.length !== 1 || schema.properties) continue;
        const [{ title, ...only }] = schema[union];
        delete schema[union];
        Object.assign(schema, { ...only, ...schema });
        repaired = true;
      }
      return repaired;
    },
  },
  {
    name: 'nullable beside a union',
    why: 'it cannot be compiled there; the first member with a type becomes nullable instead',
    repair(schema) {
      const union = UNIONS.find((each) => schema[each]);
      if (!union || !schema.nullable || schema.type !== undefined) return false;
      delete schema.nullable;
      const typed = schema[union].find(({ type }) => type);
      if (typed) typed.nullable = true;
      return true;
    },
  },
  {
    name: 'nullable without a type',
    why: 'it cannot be compiled; a schema without a type accepts null anyway',
    repair(schema) {
      if (!('nullable' in schema) || schema.type !== undefined) return false;
      delete schema.nullable;
      return true;
    },
  },
];

/** The only type that the other keywords of a schema allow; undefined if they allow several. */
function impliedType(schema) {
  const values = (schema.enum ?? []).filter((value) => value !== null);
  const all = (type) => values.length > 0 && values.every((value) => typeof value === type);
  if (isObject(schema.properties) || isObject(schema.additionalProperties)) return 'object';
  if (isObject(schema.items)) return 'array';
  if (all('string')) return 'string';
  if (all('number')) return values.every(Number.isInteger) ? 'integer' : 'number';
  if (['pattern', 'minLength', 'maxLength'].some((keyword) => schema[keyword] !== undefined) || schema.format === 'uri') return 'string';
  if (schema.minimum !== undefined || schema.maximum !== undefined) return 'number';
  return undefined;
}

/** Whether a union member accepts only null, in one of the ways in which that is published. */
const isNull = ({ type, nullable, format, enum: values, ...rest }) =>
  format === 'null' ||
  (values?.length > 0 && values.every((value) => value === null || value === 'null')) ||
  (nullable === true && type === undefined && values === undefined && Object.keys(rest).every((key) => key === 'description'));

/** Whether definitely no value is valid for both: their types differ, or a property that both require has different values. */
function areDisjoint(one, other) {
  const kind = ({ type }) => (type === 'integer' ? 'number' : type);
  if (kind(one) && kind(other) && kind(one) !== kind(other)) return true;
  if (one.enum && other.enum) return !one.enum.some((value) => other.enum.includes(value));
  const [mine, others] = [one, other].map(({ required }) => (Array.isArray(required) ? required : []));
  return mine.some((name) => {
    const [left, right] = [one, other].map(({ properties }) => own(properties, name)?.enum);
    return others.includes(name) && left && right && !left.some((value) => right.includes(value));
  });
}

export function dropUndefined(object) {
  for (const key of Object.keys(object)) if (object[key] === undefined) delete object[key];
}
