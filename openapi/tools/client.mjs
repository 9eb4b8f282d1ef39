// The contract as the Java client is made of it. The generator knows classes, not unions, and would call a class after the place
// where it found it; so each object and enum of text gets a name here, what has the same shape shares one, integers stay plain
// with the values that they may have, and what Java has no type for is Object. The mock and the tests use the contract itself.
import { ADDRESS } from './published.mjs';
import { pascal, shapeOf } from './assemble.mjs';
import { canonical, Fault, isObject, membersOf } from './schemas.mjs';

const REQUEST = 'VideoRequest';
const INT = 2 ** 31;

/** Names that a class must not have: of java.lang, of what generated code imports, and of our own public classes. */
const RESERVED = [
  ...['Boolean', 'Byte', 'Character', 'Class', 'Double', 'Enum', 'Error', 'Exception', 'Float', 'Integer', 'Iterable', 'Long', 'Math', 'Module', 'Number', 'Object', 'Override', 'Package', 'Process', 'Record', 'Runtime', 'Short', 'String', 'System', 'Thread', 'Throwable', 'Void'],
  ...['ArrayList', 'Arrays', 'Call', 'Date', 'File', 'HashMap', 'LinkedHashSet', 'List', 'Locale', 'Map', 'Objects', 'Set', 'URI', 'UUID', 'Response', 'Generated'],
  ...['Constraint', 'Image', 'UntypedVideoRequest', 'VideoClient', 'VideoGeneration', 'VideoRequest', 'VideoException'],
].map((name) => name.toLowerCase());

/**
 * The document that the generator reads, and `names`, which tells each class that the contract does not name: a map of
 * name to shape. Given names are kept; new ones are found if `before`, the contract until now, is given, else they are a fault.
 */
export function clientOf(contract, names, before) {
  const old = before && build(before, new Namer(before, names));
  const namer = new Namer(contract, names);
  let built = build(contract, namer);
  if (before && old) {
    namer.follow(old.usages, built.usages);
    for (built = build(contract, namer); namer.findNames(); built = build(contract, namer));
  }
  if (namer.unnamed.size > 0) {
    const [[, { usage }]] = namer.unnamed;
    throw new Fault(`names.yaml: ${usage} has no name; run scripts/regenerate`);
  }
  return { document: built.document, names: namer.used() };
}

/** Knows what each shape is called. A shape is the name of the property and what the schema says, in one text. */
class Namer {
  constructor(contract, names) {
    this.taken = new Set(Object.keys(contract.components.schemas).map((name) => name.toLowerCase()));
    this.byShape = new Map(Object.entries(names).map(([name, shape]) => [shape, name]));
    this.titles = new Map();
    this.unnamed = new Map();
    this.seen = new Map();
  }

  nameOf(shape, usage, title) {
    if (title) {
      this.titles.set(shape, title);
      this.taken.add(title.toLowerCase());
    }
    const name = this.titles.get(shape) ?? this.byShape.get(shape);
    if (name) this.seen.set(name, shape);
    else if (!this.unnamed.has(shape)) this.unnamed.set(shape, { usage, place: `?${this.unnamed.size}` });
    return name ?? this.unnamed.get(shape).place;
  }

  begin() {
    this.unnamed.clear();
    this.seen.clear();
  }

  /** A name stays with its class when a page changes the class everywhere where it is used. */
  follow(before, after) {
    const now = new Map(after.map(({ usage, shape }) => [usage, shape]));
    for (const [shape, name] of [...this.byShape]) {
      const shapes = new Set(before.filter((each) => each.shape === shape).map(({ usage }) => now.get(usage)).filter(Boolean));
      const [next] = shapes;
      if (shapes.size !== 1 || next === shape || this.byShape.has(next) || this.titles.has(next)) continue;
      this.byShape.delete(shape);
      this.byShape.set(next, name);
    }
  }

  /** Finds names for what has none and holds nothing that has none; tells whether there was any. */
  findNames() {
    const ready = [...this.unnamed].filter(([shape]) => !shape.includes('/?'));
    for (const [shape, { usage }] of ready) {
      const name = this.firstFree(candidates(usage));
      this.byShape.set(shape, name);
      this.taken.add(name.toLowerCase());
    }
    return ready.length > 0;
  }

  firstFree(names) {
    const used = new Set([...this.taken, ...RESERVED, ...[...this.byShape.values()].map((name) => name.toLowerCase())]);
    for (const name of names) if (!used.has(name.toLowerCase())) return name;
  }

  /** The names that were needed and are not said in the contract. */
  used() {
    const needed = [...this.seen].filter(([, shape]) => !this.titles.has(shape));
    return Object.fromEntries(needed.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** Words that say nothing without what they belong to. */
const VAGUE = ['Config', 'Data', 'Item', 'Kind', 'Mode', 'Name', 'Option', 'Setting', 'Type', 'Url', 'Value'];

/** `UntypedVideoRequest.camera_control.shape` may be a Shape, a CameraControlShape, a ModelCameraControlShape, and that with a number. */
function* candidates(usage) {
  const [root, ...properties] = usage.split('.');
  const words = properties.map((property) => pascal(singular(property)));
  for (let i = words.length - 1; i >= 0; i--) {
    const name = words.slice(i).join('');
    if (!VAGUE.includes(name) && /^[A-Z]/.test(name)) yield name;
  }
  const longest = root.replace(/Request$/, '') + words.join('');
  yield longest;
  for (let i = 2; ; i++) yield longest + i;
}

const singular = (name) => name.replace(/_?\d+$/, '').replace(/ies$/, 'y').replace(/([^siu])s$/, '$1');

/** Builds the document once, with the names that are known; again until every title has been seen. */
function build(contract, namer) {
  for (let titles = -1; ; titles = namer.titles.size) {
    namer.begin();
    const view = new View(contract, namer);
    const built = { document: view.document(), usages: view.usages };
    if (titles === namer.titles.size) return built;
  }
}

class View {
  schemas = {};
  usages = [];

  constructor(contract, namer) {
    this.contract = contract;
    this.namer = namer;
  }

  document() {
    const { components, paths, info, ...rest } = this.contract;
    const result = { ...rest, info, paths: structuredClone(paths), components: { securitySchemes: components.securitySchemes, schemas: this.schemas } };
    const create = paths[ADDRESS].post.requestBody.content['application/json'].schema;
    const requests = create.oneOf.map(({ $ref }) => $ref.split('/').at(-1));
    for (const title of requests) this.request(title);
    this.schemas[REQUEST] = { type: 'object', description: 'A request to any model.', properties: { model: { type: 'string' } } };
    for (const [path, item] of Object.entries(result.paths))
      for (const operation of Object.values(item)) this.operation(operation, path);
    // what no operation refers to, such as errors
    for (const [name, schema] of Object.entries(components.schemas)) if (!this.schemas[name]) this.type(schema, { place: name, name: '', title: name });
    return result;
  }

  request(title) {
    const schema = this.contract.components.schemas[title];
    const model = schema.properties.model;
    const fixed = model.enum?.length === 1 ? { default: model.enum[0] } : {};
    const merged = mergedObjects([schema]);
    merged.properties.model = { type: 'string', description: model.description ?? 'The model.', ...fixed, 'x-values': model.enum };
    this.schemas[title] = {
      type: 'object',
      description: schema.description,
      'x-implements': [`io.github.aimlvideo.${REQUEST}`],
      ...this.object(merged, title, true, ['model']),
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

  /** Properties and required of an object, as the client has them. */
  object({ properties, required = [] }, place, isRequest, ready = []) {
    const taken = new Set();
    const names = new Map(Object.keys(properties).map((name) => [name, differing(name, taken)]));
    const typed = Object.entries(properties).map(([name, schema]) => {
      const type = ready.includes(name) ? schema : this.type(schema, { place: `${place}.${name}`, name, isRequest, siblings: properties });
      const own = names.get(name);
      // what Java would call like another is called otherwise, and sent as the vendor calls it
      return own === name ? [name, type] : [own, { ...(type.$ref ? { allOf: [type] } : type), 'x-json-name': name }];
    });
    const must = required.map((name) => names.get(name));
    return { ...(must.length > 0 && { required: must }), properties: Object.fromEntries(typed) };
  }

  /** The schema as Java has a type for it. */
  type(schema, at) {
    if (schema.$ref) {
      const name = schema.$ref.split('/').at(-1);
      return this.type(this.contract.components.schemas[name], { ...at, place: name, name: '', title: name });
    }
    const title = schema.title ?? at.title;
    const { description } = schema;
    const said = { ...(description && { description }), ...('default' in schema && { default: schema.default }) };
    const members = membersOf(schema).map((member) => (member.$ref ? this.contract.components.schemas[member.$ref.split('/').at(-1)] : member));
    if (members.length > 0 && !schema.properties) return this.union(schema, members, { ...at, title }, said);
    if (schema.enum && schema.type === 'string' && isResponse(at)) return { type: 'string', ...said, description: withKnownValues(description, schema.enum) };
    if (schema.enum && schema.type === 'string') return this.named({ type: 'string', enum: schema.enum }, at, title, said);
    if (schema.type === 'string') {
      const length = pick(schema, ['minLength', 'maxLength']);
      return { type: 'string', ...(schema.format === 'uri' && isPicture(at) && { format: 'uri' }), ...length, ...said };
    }
    if (schema.type === 'integer' || schema.type === 'number') return { ...this.number(schema), ...said };
    if (schema.type === 'array') {
      const item = this.type(schema.items ?? {}, { ...at, title: undefined });
      const items = item.allOf?.[0] ?? item;
      return { type: 'array', items, ...pick(schema, ['minItems', 'maxItems']), ...without(said, 'default') };
    }
    if (schema.type === 'object' && isObject(schema.properties)) {
      const merged = mergedObjects([schema]);
      return this.named({ type: 'object', ...this.object(merged, title ?? at.place, at.isRequest) }, at, title, without(said, 'default'));
    }
    if (schema.type === 'object') return { type: 'object', additionalProperties: {}, ...without(said, 'default') };
    if (schema.type === 'boolean') return { type: 'boolean', ...said };
    return { ...without(said, 'default') };
  }

  number({ type, format, minimum, maximum, exclusiveMinimum, exclusiveMaximum, enum: values }) {
    const step = type === 'integer' ? 1 : undefined; // what excludes a limit of a number is left to the server
    const least = exclusiveMinimum ? step && minimum + step : minimum;
    const most = exclusiveMaximum ? step && maximum - step : maximum;
    const large = [least, most, ...(values ?? [])].some((limit) => Math.abs(limit) >= INT);
    return {
      type,
      ...(type === 'integer' && (large || format === 'int64') && { format: 'int64' }),
      ...(least !== undefined && { minimum: least }),
      ...(most !== undefined && { maximum: most }),
      ...(values && { 'x-values': values.map(String) }),
    };
  }

  /** One class for a union of objects, one type for members that Java has the same type for, else Object. */
  union(schema, members, at, said) {
    if (members.every((member) => isObject(member.properties) || (member.type === 'object' && !member.additionalProperties)))
      return this.type({ ...said, type: 'object', title: at.title, ...mergedObjects(members) }, at);
    const object = isResponse(at) && members.find((member) => isObject(member.properties)); // the client reads the first of an array
    if (object) return this.type({ ...object, ...said, title: at.title }, at);
    const types = [...new Set(members.map((member) => member.type))];
    if (types.length === 1 && types[0] === 'string') {
      const uri = members.some(({ format }) => format === 'uri');
      return this.type({ ...said, type: 'string', ...(uri && { format: 'uri' }) }, at);
    }
    if (types.every((type) => type === 'integer' || type === 'number')) return this.type({ ...said, type: 'number' }, at);
    const takes = `Takes ${types.map((type) => type ?? 'anything').join(' or ')}.`;
    return { description: [said.description, takes].filter(Boolean).join(' ') };
  }

  /** A class of its own, or the one that has this shape already. */
  named(schema, at, title, said) {
    // an object is what it has; what an enum is for its property tells
    const shape = `${schema.enum ? `${at.name} ` : ''}${canonical(shapeOf(schema))}`;
    const name = this.namer.nameOf(shape, at.place, title);
    this.usages.push({ usage: at.place, shape });
    if (this.schemas[name] && canonical(shapeOf(this.schemas[name])) !== canonical(shapeOf(withNames(schema))))
      throw new Fault(`${at.place}: another schema is called ${name} too`);
    if (!this.schemas[name]?.description) this.schemas[name] = { ...withNames(schema, at.name), ...pick(said, ['description']) };
    const reference = { $ref: `#/components/schemas/${name}` };
    // beside a reference nothing else would be read
    return Object.keys(said).length > 0 ? { allOf: [reference], ...said } : reference;
  }
}

/** What a caller sends, a body or a parameter, has to keep its enums; a server may send a value that the contract does not know. */
const isResponse = ({ isRequest, isParameter }) => !isRequest && !isParameter;

/** An open set in words. */
function withKnownValues(description, values) {
  const known = `Known values: ${values.map((value) => `\`${value}\``).join(', ')}; the server may send others.`;
  return [description, known].filter(Boolean).join(' ');
}

/** The name of a property, with a number if Java would have another of that name: it drops what is no letter or digit. */
function differing(name, taken) {
  const plain = (text) => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  let own = name;
  for (let i = 2; taken.has(plain(own)); i++) own = `${name}_no${i}`;
  taken.add(plain(own));
  return own;
}

/** An enum with the names of its constants. */
function withNames(schema, property = '') {
  return schema.enum ? { ...schema, 'x-enum-varnames': constants(schema.enum, property) } : schema;
}

/** `16:9` of `aspect_ratio` is RATIO_16_9. */
export function constants(values, property) {
  const prefix = property.split('_').at(-1).replace(/[^A-Za-z0-9]/g, '') || 'value';
  const found = [];
  for (const value of values) {
    const words = value.replace(/^-/, 'minus_').replace(/([a-z])([A-Z])/g, '$1_$2').split(/[^A-Za-z0-9]+/).filter(Boolean);
    const text = words.join('_').toUpperCase() || 'EMPTY';
    const name = /^\d/.test(text) ? `${prefix.toUpperCase()}_${text}` : text;
    let free = name;
    for (let i = 2; found.includes(free); i++) free = `${name}_${i}`;
    found.push(free);
  }
  return found;
}

/** One object that has the properties of all; required is what all require. */
function mergedObjects(schemas) {
  const all = schemas.flatMap((schema) => {
    const members = membersOf(schema).filter((member) => isObject(member.properties));
    const { oneOf, anyOf, ...own } = schema;
    return members.length > 0 ? members.map((member) => ({ ...mergedObjects([member]), properties: { ...mergedObjects([member]).properties, ...own.properties }, required: [...(own.required ?? []), ...(member.required ?? [])] })) : [own];
  });
  const names = [...new Set(all.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  const properties = names.map((name) => {
    const known = all.map((each) => each.properties?.[name]).filter(Boolean);
    const distinct = known.filter((one, i) => known.findIndex((other) => canonical(shapeOf(other)) === canonical(shapeOf(one))) === i);
    return [name, distinct.length === 1 ? distinct[0] : either(distinct)];
  });
  return {
    properties: Object.fromEntries(properties),
    required: [...new Set(all[0]?.required ?? [])].filter((name) => all.every(({ required = [] }) => required.includes(name))),
  };
}

/** Enums of text together are one enum, else it is a union. */
function either(schemas) {
  if (schemas.every(({ type, enum: values }) => type === 'string' && values)) return { ...schemas[0], enum: [...new Set(schemas.flatMap(({ enum: values }) => values))] };
  return { ...pick(schemas[0], ['description']), anyOf: schemas };
}

/** Of the links of a request those to pictures; what is beside a `type` says so there. */
function isPicture({ name, isRequest, siblings }) {
  if (!isRequest) return false;
  if (/(image|mask|frame|photo|picture)/i.test(name)) return true;
  const kinds = siblings?.type && [siblings.type, ...membersOf(siblings.type)].flatMap((kind) => kind.enum ?? []);
  return name === 'url' && (kinds ?? []).some((kind) => /image/i.test(kind));
}

const pick = (object, keys) => Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]));

function without(object, key) {
  const { [key]: dropped, ...rest } = object;
  return rest;
}
