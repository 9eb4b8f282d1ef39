// The general faults of what the vendor publishes, each with its repair and the reason; special ones are in overlay.yaml. A repair
// makes the contract say what its author meant, never less: Prism accepts everything, silently, where it cannot compile a schema.
import { canonical, equal, isObject, UNIONS, walk } from './schemas.mjs';

const TYPES = { int: 'integer', int32: 'integer', int64: 'integer', long: 'integer', float: 'number', double: 'number', bool: 'boolean', str: 'string', text: 'string', file: 'string', list: 'array', dict: 'object' };
const KNOWN = ['string', 'integer', 'number', 'boolean', 'array', 'object'];
const LIMITS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'multipleOf'];

/** Rules for a schema: `repair(schema)` changes it in place and tells whether it did. Their order matters. */
const SCHEMA_RULES = [
  {
    name: 'keyword that is no list',
    why: 'unions and enums are lists with something in them; a schema is an object',
    repair(schema) {
      const before = canonical(schema);
      for (const key of [...UNIONS, 'allOf', 'enum']) {
        if (schema[key] === undefined) continue;
        if (Array.isArray(schema[key]) && key !== 'enum') schema[key] = schema[key].filter(isObject);
        if (!Array.isArray(schema[key]) || schema[key].length === 0) delete schema[key];
      }
      if ('properties' in schema && !isObject(schema.properties)) delete schema.properties;
      for (const [name, property] of Object.entries(schema.properties ?? {})) if (!isObject(property)) schema.properties[name] = {};
      return before !== canonical(schema);
    },
  },
  {
    name: 'keyword of OpenAPI 3.1',
    why: 'the contract is OpenAPI 3.0: const is an enum of one, a list of types is a union, exclusive limits are flags there',
    repair(schema) {
      const before = canonical(schema);
      if ('const' in schema) [schema.enum, schema.const] = [[schema.const], undefined];
      if (Array.isArray(schema.type)) {
        const types = schema.type.filter((type) => type !== 'null');
        if (types.length < schema.type.length) schema.nullable = true;
        if (types.length > 1) schema.anyOf = types.map((type) => ({ type }));
        schema.type = types.length === 1 ? types[0] : undefined;
      }
      for (const [limit, flag] of [['minimum', 'exclusiveMinimum'], ['maximum', 'exclusiveMaximum']])
        if (typeof schema[flag] === 'number') [schema[limit], schema[flag]] = [schema[flag], true];
      for (const union of UNIONS)
        if (schema[union]?.some(({ type }) => type === 'null')) {
          schema[union] = schema[union].filter(({ type }) => type !== 'null');
          schema.nullable = true;
        }
      if (Array.isArray(schema.examples)) [schema.example, schema.examples] = [schema.example ?? schema.examples[0], undefined];
      for (const keyword of ['$schema', '$id', '$defs', 'prefixItems', 'contains', 'if', 'then', 'else', 'propertyNames', 'patternProperties']) schema[keyword] = undefined;
      dropUndefined(schema);
      return before !== canonical(schema);
    },
  },
  {
    name: 'unknown type',
    why: 'types of other languages (int, float, bool): Prism accepts everything then',
    repair(schema) {
      if (schema.type === undefined || KNOWN.includes(schema.type)) return false;
      const meant = TYPES[String(schema.type).toLowerCase()] ?? KNOWN.find((type) => type === String(schema.type).toLowerCase());
      if (meant) schema.type = meant;
      else delete schema.type;
      return true;
    },
  },
  {
    name: 'type missing',
    why: 'without it any type is accepted; what else is said leaves only one',
    repair(schema) {
      if (schema.type !== undefined || UNIONS.some((union) => schema[union]) || schema.allOf) return false;
      const values = (schema.enum ?? []).filter((value) => value !== null);
      if (isObject(schema.properties) || isObject(schema.additionalProperties)) schema.type = 'object';
      else if (isObject(schema.items)) schema.type = 'array';
      else if (values.length > 0 && values.every((value) => typeof value === 'string')) schema.type = 'string';
      else if (values.length > 0 && values.every((value) => typeof value === 'number')) schema.type = values.every(Number.isInteger) ? 'integer' : 'number';
      else if (schema.pattern !== undefined || schema.minLength !== undefined || schema.maxLength !== undefined || schema.format === 'uri') schema.type = 'string';
      else if (schema.minimum !== undefined || schema.maximum !== undefined) schema.type = 'number';
      else return false;
      return true;
    },
  },
  {
    name: 'items missing',
    why: 'an array has to say of what; if it does not, of anything',
    repair(schema) {
      if (schema.type !== 'array' || isObject(schema.items)) return false;
      schema.items = {};
      return true;
    },
  },
  {
    name: 'member that is only nullable',
    why: '`nullable` without a type cannot be compiled; its neighbours take the null instead',
    repair(schema) {
      let repaired = false;
      for (const union of UNIONS) {
        const some = schema[union]?.filter((member) => !isOnlyNullable(member));
        if (!some || some.length === schema[union].length || some.length === 0) continue;
        schema[union] = some;
        schema.nullable = true;
        repaired = true;
      }
      return repaired;
    },
  },
  {
    name: 'oneOf that excludes what several take',
    why: 'a value that two members take would be refused; meant is that one of them is enough',
    repair(schema) {
      if (!schema.oneOf || schema.oneOf.every((one, i) => schema.oneOf.every((other, j) => i >= j || areApart(one, other)))) return false;
      if (schema.anyOf) return false;
      schema.anyOf = schema.oneOf;
      delete schema.oneOf;
      return true;
    },
  },
  {
    name: 'union of one',
    why: 'it says nothing, and generators stumble over it',
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
    why: 'it cannot be compiled there; the first member that has a type takes it',
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
    why: 'it cannot be compiled; what has no type takes null anyway',
    repair(schema) {
      if (!('nullable' in schema) || schema.type !== undefined) return false;
      delete schema.nullable;
      return true;
    },
  },
  {
    name: 'value of another type in an enum',
    why: 'nothing would be accepted; the values are taken as the type says',
    repair(schema) {
      if (!schema.enum || schema.type === undefined) return false;
      const values = schema.enum.map((value) => (value === null ? null : (converted(value, schema.type) ?? value)));
      const strange = values.filter((value) => value !== null && !isOfType(value, schema.type));
      if (strange.length === 0) {
        if (equal(values, schema.enum)) return false;
        schema.enum = values;
      } else if (schema.type === 'array' && isObject(schema.items)) {
        [schema.items.enum, schema.enum] = [schema.enum, undefined];
      } else if (strange.length === values.length && strange.every((value) => typeof value === 'string')) {
        schema.type = 'string';
      } else {
        const types = KNOWN.filter((type) => type !== 'number' && values.some((value) => isOfType(value, type)));
        schema.anyOf = types.map((type) => ({ type, enum: values.filter((value) => isOfType(value, type)) }));
        schema.enum = schema.type = undefined;
      }
      dropUndefined(schema);
      return true;
    },
  },
  {
    name: 'enum with null or twice the same',
    why: 'neither can be compiled; null is what `nullable` says',
    repair(schema) {
      if (!schema.enum) return false;
      const values = schema.enum.filter((value, i) => value !== null && schema.enum.findIndex((other) => equal(other, value)) === i);
      if (values.length === schema.enum.length) return false;
      if (schema.enum.includes(null) && schema.type) schema.nullable = true;
      if (values.length > 0) schema.enum = values;
      else delete schema.enum;
      return true;
    },
  },
  {
    name: 'nullable enum',
    why: 'null has to be among the values then, which cannot be compiled; absent is what the vendor means by it',
    repair(schema) {
      if (!schema.enum || !schema.nullable) return false;
      delete schema.nullable;
      return true;
    },
  },
  {
    name: 'limit that is no number',
    why: 'a text cannot be compared with',
    repair(schema) {
      const wrong = LIMITS.filter((limit) => schema[limit] !== undefined && typeof schema[limit] !== 'number');
      for (const limit of wrong) {
        const meant = converted(schema[limit], 'number');
        if (meant === undefined) delete schema[limit];
        else schema[limit] = meant;
      }
      for (const flag of ['exclusiveMinimum', 'exclusiveMaximum'])
        if (schema[flag] !== undefined && typeof schema[flag] !== 'boolean') wrong.push(flag) && delete schema[flag];
      return wrong.length > 0;
    },
  },
  {
    name: 'pattern that is none',
    why: 'a regular expression that cannot be read makes Prism accept everything',
    repair(schema) {
      if (schema.pattern === undefined) return false;
      const published = schema.pattern;
      // what JavaScript escapes needlessly, and slashes around it
      const meant = [published, String(published).replace(/\\([^\w\s^$\\.*+?()[\]{}|/-])/g, '$1')].find(isPattern);
      if (meant === undefined || /^\/.*\/[a-z]*$/.test(meant)) delete schema.pattern;
      else schema.pattern = meant;
      return schema.pattern !== published;
    },
  },
  {
    name: 'required that is no list of names',
    why: 'it is a list of at least one name, each once, of an object',
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
    name: 'required property that is not described',
    why: 'nobody could set it; it is described as anything',
    repair(schema) {
      if (!isObject(schema.properties) && schema.type !== 'object') return false;
      const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
      for (const name of missing) (schema.properties ??= {})[name] = {};
      return missing.length > 0;
    },
  },
  {
    name: 'discriminator',
    why: 'it names components that the contract calls otherwise; the values of the members tell them apart',
    repair(schema) {
      if (!schema.discriminator) return false;
      delete schema.discriminator;
      return true;
    },
  },
  {
    name: 'default of another type',
    why: 'for instance the text "5" for an integer; taken as the type says, or left out',
    repair(schema) {
      if (!('default' in schema) || schema.type === undefined || isOfType(schema.default, schema.type)) return false;
      const meant = converted(schema.default, schema.type);
      if (meant === undefined) delete schema.default;
      else schema.default = meant;
      return true;
    },
  },
  {
    name: 'default that is not allowed',
    why: 'the server applies something else, or refuses it',
    repair(schema) {
      const { default: value, enum: values, minimum, maximum } = schema;
      if (value === undefined) return false;
      const allowed = (!values || values.some((each) => equal(each, value))) && !(value < minimum) && !(value > maximum);
      if (!allowed) delete schema.default;
      return !allowed;
    },
  },
];

/** Rules for an operation. */
const OPERATION_RULES = [
  {
    name: 'response description missing',
    why: 'OpenAPI requires one, generators refuse the document',
    repair(operation) {
      const without = Object.values(operation.responses ?? {}).filter((response) => !response.description);
      for (const response of without) response.description = 'The answer.';
      return without.length;
    },
  },
  {
    name: 'security missing',
    why: 'every operation needs the key; a client generated from this would send none',
    repair(operation, document) {
      if (operation.security ?? document.security) return 0;
      operation.security = [{ 'access-token': [] }];
      return 1;
    },
  },
  {
    name: 'place of a bearer token',
    why: 'OpenAPI allows `in` for keys alone; a bearer token is always in the header',
    repair(operation, document) {
      const wrong = Object.values(document.components?.securitySchemes ?? {}).filter((scheme) => scheme.type === 'http' && 'in' in scheme);
      for (const scheme of wrong) delete scheme.in;
      return wrong.length;
    },
  },
  {
    name: 'operationId shared by both operations',
    why: 'they collide in one document, and name the methods of the client',
    repair(operation, document, kind) {
      const ours = { create: 'create', retrieve: 'retrieve' }[kind];
      const repaired = operation.operationId !== ours;
      operation.operationId = ours;
      return Number(repaired);
    },
  },
];

/** Rules for the request of a create. */
const REQUEST_RULES = [
  {
    name: 'picture published as a bare text',
    why: 'the others are of the format uri (a link or a data URI), which is what makes them pictures in the client',
    repair(schema) {
      let repaired = 0;
      walk(schema, (inner, path, name) => {
        if (inner.type !== 'string' || inner.format || inner.enum || !/^(.+_)?(image|mask)(_url)?$/.test(name)) return;
        inner.format = 'uri';
        repaired++;
      });
      return repaired;
    },
  },
  {
    name: 'variants that do not share their properties',
    why: 'what one variant does not describe it accepts with any type; each property is described for all of them',
    repair(schema) {
      const union = UNIONS.find((each) => schema[each]);
      if (!union) return 0;
      const shared = {};
      for (const source of [schema, ...schema[union]])
        for (const [name, property] of Object.entries(source.properties ?? {})) {
          const known = (shared[name] ??= []);
          if (!known.some((other) => equal(other, property))) known.push(property);
        }
      const properties = Object.fromEntries(Object.entries(shared).map(([name, known]) => [name, known.length === 1 ? known[0] : { anyOf: known }]));
      const needed = schema[union].flatMap(({ required = [] }) => required).filter((name) => !Object.hasOwn(properties, name));
      for (const name of needed) properties[name] = {};
      // what a member needs it describes too, or it could not be read alone
      const bare = schema[union].filter((member) => (member.required ?? []).some((name) => !Object.hasOwn(member.properties ?? {}, name)));
      for (const member of bare) {
        const names = member.required.filter((name) => !Object.hasOwn(member.properties ?? {}, name));
        member.properties = { ...member.properties, ...Object.fromEntries(names.map((name) => [name, structuredClone(properties[name])])) };
      }
      if (equal(properties, schema.properties ?? {}) && bare.length === 0) return 0;
      Object.assign(schema, { type: 'object', properties: structuredClone(properties) });
      return 1;
    },
  },
  {
    name: 'model not fixed',
    why: 'each request is told from the others by its model, which is required and has one value',
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
];

/** Rules for the answers. */
const ANSWER_RULES = [
  {
    name: 'uri in an answer',
    why: 'links in answers are not always valid URIs; as plain text they cannot fail to parse',
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
];

/** All rules, with their reasons. */
export const RULES = [...SCHEMA_RULES, ...OPERATION_RULES, ...REQUEST_RULES, ...ANSWER_RULES].map(({ name, why }) => ({ name, why }));

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

/** Repairs a schema and all that is in it. A title goes: here it is the name of a class, and the overlay gives it. */
export function repairSchema(schema, tally) {
  walk(schema, (inner) => {
    delete inner.title;
    for (const rule of SCHEMA_RULES) tally.add(rule, rule.repair(inner));
  });
  return schema;
}

/** Flattens `allOf`, which generators and people read alike as one object. */
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

export function repairRequest(schema, model, tally) {
  for (const rule of REQUEST_RULES) tally.add(rule, rule.repair(schema, model));
  return schema;
}

export function repairAnswer(schema, tally) {
  for (const rule of ANSWER_RULES) tally.add(rule, rule.repair(schema));
  return schema;
}

export function repairOperation(operation, document, kind, tally) {
  for (const rule of OPERATION_RULES) tally.add(rule, rule.repair(operation, document, kind));
  return operation;
}

/** Whether a member of a union takes nothing but null, in one of the ways in which that is said. */
const isOnlyNullable = ({ type, nullable, format, enum: values, ...rest }) =>
  format === 'null' ||
  (values?.length > 0 && values.every((value) => value === null || value === 'null')) ||
  (nullable === true && type === undefined && values === undefined && Object.keys(rest).every((key) => key === 'description'));

function isPattern(text) {
  try {
    return Boolean(new RegExp(text, 'u'));
  } catch {
    return false;
  }
}

/** Whether surely nothing is taken by both: they are of other types, or a property that both need has other values. */
function areApart(one, other) {
  const kind = ({ type }) => (type === 'integer' ? 'number' : type);
  if (kind(one) && kind(other) && kind(one) !== kind(other)) return true;
  if (one.enum && other.enum) return !one.enum.some((value) => other.enum.includes(value));
  return (one.required ?? []).some((name) => {
    const [left, right] = [one, other].map(({ properties }) => properties?.[name]?.enum);
    return other.required?.includes(name) && left && right && !left.some((value) => right.includes(value));
  });
}

function isOfType(value, type) {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  return typeof value === type;
}

/** The value as that type, if it surely means one. */
function converted(value, type) {
  if (isOfType(value, type)) return value;
  if (type === 'string') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  if (type === 'boolean') return { true: true, false: false }[value];
  if ((type === 'integer' || type === 'number') && typeof value === 'string' && value.trim() !== '') {
    const number = Number(value);
    return isOfType(number, type) && Number.isFinite(number) ? number : undefined;
  }
  return undefined;
}

function dropUndefined(object) {
  for (const key of Object.keys(object)) if (object[key] === undefined) delete object[key];
}
