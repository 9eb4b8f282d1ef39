// The client's view of the contract. The generator knows classes, not unions, and would name a class after the first place that
// uses it. Here each object and text enum gets a name, equal shapes share one, integer enums stay integers with a list of values,
// and what has no Java type is an Object. Responses have no enums, as the server may send values that the contract does not know.
import { ClassNames, constants, distinctNames } from './class-names.mjs';
import { canonical, isObject, membersOf, own, pick, shapeOf, UserError } from './schemas.mjs';
import { ADDRESS } from './vendor-documents.mjs';

const REQUEST = 'VideoRequest';
const INT = 2 ** 31;
const LONG = 2 ** 63;
const BEARER = { 'access-token': { type: 'http', scheme: 'bearer' } };

/**
 * Returns the document that the generator reads, and `names`, a map of class name to shape for the classes that the contract does
 * not name. Given names are kept. A class without a name gets one if `before`, the previous contract, is given; otherwise that is
 * an error.
 */
export function clientViewOf(contract, names, before) {
  const classNames = new ClassNames(contract, names);
  let built = build(contract, classNames);
  if (before) {
    const old = build(before, new ClassNames(before, names));
    classNames.follow(old.usages, built.usages);
    for (built = build(contract, classNames); classNames.assignNames(); built = build(contract, classNames));
  }
  if (classNames.unnamed.size > 0) {
    const [[, { usage }]] = classNames.unnamed;
    throw new UserError(`names.yaml: ${usage} has no name; run scripts/regenerate`);
  }
  return { document: built.document, names: classNames.generated() };
}

/** Builds the document with the known names, again until it has met no further title. */
function build(contract, classNames) {
  for (let titles = -1; ; titles = classNames.titles.size) {
    classNames.reset();
    const view = new ClientView(contract, classNames);
    const built = { document: view.document(), usages: view.usages };
    if (titles === classNames.titles.size) return built;
  }
}

/** `at` tells where a schema is used: `place`, the `name` of its property, and whether it is a response, a request or a parameter. */
class ClientView {
  schemas = {};
  usages = [];

  constructor(contract, classNames) {
    this.contract = contract;
    this.classNames = classNames;
  }

  document() {
    const { components, paths, info, ...rest } = this.contract;
    const document = { ...rest, info, paths: structuredClone(paths), components: { securitySchemes: BEARER, schemas: this.schemas } };
    for (const { $ref } of paths[ADDRESS].post.requestBody.content['application/json'].schema.oneOf) this.request($ref.split('/').at(-1));
    this.schemas[REQUEST] = { type: 'object', description: 'A request to any model.', properties: { model: { type: 'string' } } };
    for (const [path, item] of Object.entries(document.paths))
      for (const operation of Object.values(item)) this.operation(operation, path);
    // what no operation refers to, such as errors
    for (const [name, schema] of Object.entries(components.schemas)) if (!this.schemas[name]) this.type(schema, { place: name, name: '', title: name });
    return document;
  }

  request(title) {
    const schema = this.contract.components.schemas[title];
    const model = schema.properties.model;
    const fixed = model.enum?.length === 1 ? { default: model.enum[0] } : {};
    const merged = mergedObjects([schema]);
    merged.properties.model = { type: 'string', description: model.description ?? 'The name of the model.', ...fixed, 'x-values': model.enum };
    this.schemas[title] = {
      type: 'object',
      description: schema.description,
      'x-implements': [`io.github.aimlvideo.${REQUEST}`],
      ...this.object(merged, { place: title, isRequest: true }, ['model']),
    };
  }

  operation(operation, path) {
    delete operation.requestBody?.content['application/json'].examples;
    for (const parameter of operation.parameters ?? []) parameter.schema = this.type(parameter.schema, { place: path, name: parameter.name, isParameter: true });
    if (operation.requestBody) operation.requestBody.content['application/json'].schema = { $ref: `#/components/schemas/${REQUEST}` };
    const [status, success] = Object.entries(operation.responses).find(([code]) => /^2/.test(code));
    const schema = success.content['application/json'].schema;
    operation.responses = { [status]: { description: success.description, content: { 'application/json': { schema: this.type(schema, { place: path, name: '' }) } } } };
  }

  /** The properties of an object, except those that are `ready`, and what it requires. */
  object({ properties, required = [] }, { place, isRequest, isParameter }, ready = []) {
    const names = distinctNames(Object.keys(properties));
    const typed = Object.entries(properties).map(([name, schema]) => {
      const type = ready.includes(name) ? schema : this.type(schema, { place: `${place}.${name}`, name, isRequest, isParameter, siblings: properties });
      const own = names.get(name);
      return own === name ? [name, type] : [own, { ...(type.$ref ? { allOf: [type] } : type), 'x-json-name': name }];
    });
    const must = required.map((name) => names.get(name));
    return { ...(must.length > 0 && { required: must }), properties: Object.fromEntries(typed) };
  }

  /** The schema that the generator maps to a Java type. */
  type(schema, at) {
    if (schema.$ref) {
      const name = schema.$ref.split('/').at(-1);
      return this.type(this.contract.components.schemas[name], { ...at, place: name, name: '', title: name });
    }
    const title = schema.title ?? at.title;
    const words = { ...pick(schema, ['default']), ...(typeof schema.description === 'string' && pick(schema, ['description'])), ...alternateNames(schema, at), ...terminalValues(schema) };
    const members = membersOf(schema).map((member) => (member.$ref ? this.contract.components.schemas[member.$ref.split('/').at(-1)] : member));
    if (members.length > 0 && !schema.properties) return this.union(members, { ...at, title }, words);
    const { default: initial, ...description } = words;
    switch (schema.type) {
      case 'string': return this.string(schema, { ...at, title }, words);
      case 'integer': case 'number': return { ...(isMoney(schema, at) ? MONEY : number(schema)), ...words };
      case 'boolean': return { type: 'boolean', ...words };
      case 'array': return this.array(schema, at, description);
      case 'object': return this.objectType(schema, { ...at, title }, description);
      default: return description;
    }
  }

  string(schema, at, words) {
    if (schema.enum && isResponse(at)) return { type: 'string', ...words, description: withKnownValues(schema) };
    if (schema.enum) return this.named({ type: 'string', enum: schema.enum }, at, words);
    return { type: 'string', ...(schema.format === 'uri' && isImage(at) && { format: 'uri' }), ...counts(schema, 'minLength', 'maxLength'), ...words };
  }

  array(schema, at, description) {
    const item = this.type(schema.items ?? {}, { ...at, title: undefined });
    return { type: 'array', items: item.allOf?.[0] ?? item, ...counts(schema, 'minItems', 'maxItems'), ...description };
  }

  objectType(schema, at, description) {
    if (!isObject(schema.properties)) return { type: 'object', additionalProperties: {}, ...description };
    return this.named({ type: 'object', ...this.object(mergedObjects([schema]), { ...at, place: at.title ?? at.place }) }, at, description);
  }

  /** A class for a union of objects, the common Java type of other members, otherwise Object. */
  union(members, at, words) {
    if (members.every((member) => isObject(member.properties) || (member.type === 'object' && !member.additionalProperties)))
      return this.type({ ...words, type: 'object', title: at.title, ...mergedObjects(members) }, at);
    const object = isResponse(at) && members.find((member) => isObject(member.properties)); // the client reads the first item of an array
    if (object) return this.type({ ...object, ...words, title: at.title }, at);
    const types = [...new Set(members.map((member) => member.type))];
    if (types.length === 1 && types[0] === 'string') {
      const uri = members.some(({ format }) => format === 'uri');
      return this.type({ ...words, type: 'string', ...(uri && { format: 'uri' }) }, at);
    }
    if (types.every((type) => type === 'integer' || type === 'number')) return this.type({ ...words, type: 'number' }, at);
    const accepted = types.includes(undefined) ? 'Any type.' : `Type: ${types.join(' or ')}.`;
    return { description: [words.description, accepted].filter(Boolean).join(' ') };
  }

  /** A reference to the class with this shape, which is added if it is new. */
  named(schema, at, words) {
    // the same values may mean different things in different properties; the same properties do not
    const shape = `${schema.enum ? `${at.name} ` : ''}${canonical(shapeOf(schema))}`;
    const owner = at.isRequest ? at.place.split('.')[0] : undefined;
    const name = this.classNames.nameOf(shape, at.place, owner, at.title);
    this.usages.push({ usage: at.place, shape });
    if (this.schemas[name] && canonical(shapeOf(this.schemas[name])) !== canonical(shapeOf(schema)))
      throw new UserError(`${at.place}: another schema has the name ${name} too`);
    if (!this.schemas[name]?.description) this.schemas[name] = { ...withConstants(schema, at.name), ...pick(words, ['description']) };
    const reference = { $ref: `#/components/schemas/${name}` };
    // the generator ignores keywords beside a reference
    return Object.keys(words).length > 0 ? { allOf: [reference], ...words } : reference;
  }
}

/** A caller chooses among known values, in a body or a parameter; a server may send others. */
const isResponse = ({ isRequest, isParameter }) => !isRequest && !isParameter;

/** What the generator makes a BigDecimal of; numbers of requests are settings, not money. */
const MONEY = { type: 'string', format: 'decimal' };

const isMoney = ({ type, format }, at) => type === 'number' && format === 'decimal' && isResponse(at);

/** Other names of a property in responses, except those of other properties: Gson refuses a class with a name twice. */
function alternateNames({ 'x-alternate-names': names }, { siblings = {} }) {
  if (!Array.isArray(names)) return {};
  const others = names.filter((name) => /^\w+$/.test(name) && typeof name === 'string' && !Object.hasOwn(siblings, name));
  return others.length > 0 ? { 'x-alternate-names': [...new Set(others)] } : {};
}

/** The values that end a generation, by what they mean, as constants of the class. */
function terminalValues({ 'x-terminal-values': groups }) {
  if (!isObject(groups)) return groups ? { 'x-terminal-values': groups } : {}; // of a union, already as constants
  return { 'x-terminal-values': Object.entries(groups).map(([meaning, values]) => ({ name: meaning.toUpperCase(), 'x-values': values })) };
}

/** Limits of a length as an `int` of Java; one that no length can exceed is left out. */
function counts(schema, least, most) {
  const [min, max] = [Math.ceil(schema[least]), Math.floor(schema[most])];
  return { ...(min > 0 && { [least]: Math.min(min, INT - 1) }), ...(max >= 0 && max < INT && { [most]: max }) };
}

function withKnownValues({ description, enum: values }) {
  const known = `Known values: ${values.map((value) => `\`${value}\``).join(', ')}; the server may send others.`;
  return [description, known].filter(Boolean).join(' ');
}

function number({ type, format, minimum, maximum, exclusiveMinimum, exclusiveMaximum, enum: values, default: initial }) {
  const step = type === 'integer' ? 1 : undefined; // exclusive limits of other numbers are left to the server
  const least = exclusiveMinimum ? step && minimum + step : minimum;
  const most = exclusiveMaximum ? step && maximum - step : maximum;
  const large = [least, most, initial, ...(values ?? [])].some((limit) => Math.abs(limit) >= INT);
  return {
    type,
    ...(type === 'integer' && (large || format === 'int64') && { format: 'int64' }),
    ...(least !== undefined && { minimum: least }),
    ...(most !== undefined && { maximum: most }),
    ...(values && { 'x-values': values.map(String) }),
  };
}

const withConstants = (schema, property) => (schema.enum ? { ...schema, 'x-enum-varnames': constants(schema.enum, property) } : schema);

/** One object with the properties of all; it requires what all require. */
function mergedObjects(schemas) {
  const all = schemas.flatMap(variantsOf);
  const names = [...new Set(all.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  const properties = names.map((name) => {
    const known = all.map((each) => own(each.properties, name)).filter(Boolean);
    if (known.length === 1) return [name, known[0]];
    const distinct = known.filter((one, i) => known.findIndex((other) => canonical(shapeOf(other)) === canonical(shapeOf(one))) === i);
    return [name, distinct.length === 1 ? distinct[0] : either(distinct)];
  });
  return {
    properties: Object.fromEntries(properties),
    required: [...new Set(all[0]?.required ?? [])].filter((name) => all.every(({ required = [] }) => required.includes(name))),
  };
}

/** An object once for each member of its union, with its own properties too. */
function variantsOf(schema) {
  const { oneOf, anyOf, ...own } = schema;
  const members = membersOf(schema).filter((member) => isObject(member.properties));
  if (members.length === 0) return [own];
  return members.map((member) => {
    const merged = mergedObjects([member]);
    return { ...merged, properties: { ...merged.properties, ...own.properties }, required: [...(own.required ?? []), ...(member.required ?? [])] };
  });
}

/** One enum for several text enums, otherwise a union. */
function either(schemas) {
  if (schemas.every(({ type, enum: values }) => type === 'string' && values)) return { ...schemas[0], enum: [...new Set(schemas.flatMap(({ enum: values }) => values))] };
  return { ...pick(schemas[0], ['description']), anyOf: schemas };
}

/** Whether a link in a request leads to an image, by its name or by a `type` beside it. */
function isImage({ name, isRequest, siblings }) {
  if (!isRequest) return false;
  if (/(image|mask|frame|photo|picture)/i.test(name)) return true;
  const kinds = siblings?.type && [siblings.type, ...membersOf(siblings.type)].flatMap((kind) => kind.enum ?? []);
  return name === 'url' && (kinds ?? []).some((kind) => /image/i.test(kind));
}
