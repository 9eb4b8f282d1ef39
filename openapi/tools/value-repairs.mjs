// Repairs of enums, limits, patterns, required properties and defaults; they follow those of types. The order matters.
import { isOfType } from './examples.mjs';
import { canonical, equal, isObject } from './schemas.mjs';
import { dropUndefined, TYPES } from './type-repairs.mjs';

const LIMITS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'multipleOf'];

/** As TYPE_RULES. */
export const VALUE_RULES = [
  {
    name: 'enum value of the wrong type',
    why: 'no value would be accepted; the values are converted to the type',
    repair(schema) {
      if (!schema.enum || schema.type === undefined) return false;
      const values = schema.enum.map((value) => (value === null ? null : (converted(value, schema.type) ?? value)));
      const wrong = values.filter((value) => value !== null && !isOfType(value, schema.type));
      if (wrong.length === 0 && equal(values, schema.enum)) return false;
      if (wrong.length === 0) schema.enum = values;
      else if (schema.type === 'array' && isObject(schema.items)) [schema.items.enum, schema.enum] = [schema.enum, undefined];
      else if (wrong.length === values.length && wrong.every((value) => typeof value === 'string')) schema.type = 'string';
      else splitEnum(schema, values);
      dropUndefined(schema);
      return true;
    },
  },
  {
    name: 'enum with null or duplicates',
    why: 'neither can be compiled; `nullable` allows null',
    repair(schema) {
      if (!schema.enum) return false;
      const seen = new Set([canonical(null)]);
      const values = schema.enum.filter((value) => !seen.has(canonical(value)) && seen.add(canonical(value)));
      if (values.length === schema.enum.length) return false;
      if (schema.enum.includes(null) && schema.type) schema.nullable = true;
      if (values.length > 0) schema.enum = values;
      else delete schema.enum;
      return true;
    },
  },
  {
    name: 'nullable enum',
    why: 'null would have to be one of the values, which cannot be compiled; the vendor means that the property is optional',
    repair(schema) {
      if (!schema.enum || !schema.nullable) return false;
      delete schema.nullable;
      return true;
    },
  },
  {
    name: 'limit is not a number',
    why: 'a value cannot be compared with a text',
    repair(schema) {
      const wrong = LIMITS.filter((limit) => schema[limit] !== undefined && typeof schema[limit] !== 'number');
      for (const limit of wrong) {
        const number = converted(schema[limit], 'number');
        if (number === undefined) delete schema[limit];
        else schema[limit] = number;
      }
      for (const flag of ['exclusiveMinimum', 'exclusiveMaximum'])
        if (schema[flag] !== undefined && typeof schema[flag] !== 'boolean') wrong.push(flag) && delete schema[flag];
      return wrong.length > 0;
    },
  },
  {
    name: 'invalid pattern',
    why: 'with a regular expression that cannot be compiled Prism accepts everything',
    repair(schema) {
      if (schema.pattern === undefined) return false;
      const published = schema.pattern;
      // without the needless escapes that JavaScript allows
      const valid = [published, String(published).replace(/\\([^\w\s^$\\.*+?()[\]{}|/-])/g, '$1')].find(isPattern);
      if (valid === undefined || /^\/.*\/[a-z]*$/.test(valid)) delete schema.pattern;
      else schema.pattern = valid;
      return schema.pattern !== published;
    },
  },
  {
    name: 'malformed required',
    why: 'it is a list of at least one property name, each of them once',
    repair(schema) {
      if (schema.required === undefined) return false;
      const names = Array.isArray(schema.required) ? [...new Set(schema.required.filter((name) => typeof name === 'string'))] : [];
      if (equal(names, schema.required) && names.length > 0) return false;
      if (names.length > 0) schema.required = names;
      else delete schema.required;
      return true;
    },
  },
  {
    name: 'undeclared required property',
    why: 'a caller could not set it; it is declared and accepts anything',
    repair(schema) {
      if (!isObject(schema.properties) && schema.type !== 'object') return false;
      const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
      for (const name of missing) (schema.properties ??= {})[name] = {};
      return missing.length > 0;
    },
  },
  {
    name: 'discriminator',
    why: 'it refers to components that have other names in the contract; the values of a property tell the members apart',
    repair(schema) {
      if (!schema.discriminator) return false;
      delete schema.discriminator;
      return true;
    },
  },
  {
    name: 'default of the wrong type',
    why: 'for instance the text "5" for an integer; it is converted to the type, or dropped',
    repair(schema) {
      if (!('default' in schema) || schema.type === undefined || isOfType(schema.default, schema.type)) return false;
      const value = converted(schema.default, schema.type);
      if (value === undefined) delete schema.default;
      else schema.default = value;
      return true;
    },
  },
  {
    name: 'default not allowed',
    why: 'the server either applies another value or refuses this one',
    repair(schema) {
      const { default: value, enum: values, minimum, maximum } = schema;
      if (value === undefined) return false;
      const allowed = (!values || values.some((each) => equal(each, value))) && !(value < minimum) && !(value > maximum);
      if (!allowed) delete schema.default;
      return !allowed;
    },
  },
];

/** Replaces an enum of several types by a union with one enum for each type. */
function splitEnum(schema, values) {
  const types = TYPES.filter((type) => type !== 'number' && values.some((value) => isOfType(value, type)));
  schema.anyOf = types.map((type) => ({ type, enum: values.filter((value) => isOfType(value, type)) }));
  schema.enum = schema.type = undefined;
}

function isPattern(text) {
  try {
    return Boolean(new RegExp(text, 'u'));
  } catch {
    return false;
  }
}

/** The value converted to that type; undefined if it has no obvious equivalent. */
function converted(value, type) {
  if (isOfType(value, type)) return value;
  if (type === 'string') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : undefined;
  if ((type === 'integer' || type === 'number') && typeof value === 'string' && value.trim() !== '') {
    const number = Number(value);
    return isOfType(number, type) && Number.isFinite(number) ? number : undefined;
  }
  return undefined;
}
