// OpenAPI schemas: what all tools need to read them.

/**
 * An error that the user can fix, with an exit code if it has one of its own, and further lines to print. Any other error is a bug in
 * these tools.
 */
export class UserError extends Error {
  constructor(message, exitCode, lines = []) {
    super(message);
    this.exitCode = exitCode;
    this.lines = lines;
  }
}

/** Pages are nested about 20 levels deep; the operation of a model has a few hundred values, that of all models a hundred thousand. */
export const MAX_DEPTH = 60;
export const MAX_VALUES = 1_000_000;
export const MAX_VALUES_OF_MODEL = 10_000;

export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export const equal = (a, b) => canonical(a) === canonical(b);

/** JSON that does not depend on the order of the keys. */
export const canonical = (value) =>
  JSON.stringify(value, (key, part) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part);

export const UNIONS = ['oneOf', 'anyOf'];

/** The members of the schema's union; empty if it has none. */
export const membersOf = (schema) => UNIONS.flatMap((union) => schema[union] ?? []);

/** The value of an own property: pages name properties such as `constructor`, which every object inherits. */
export const own = (object, key) => (typeof object === 'object' && object !== null && Object.hasOwn(object, key) ? object[key] : undefined);

export const pick = (object, keys) => Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]));

/** Calls `visit(schema, property name)` for a schema and then for each schema inside it, including those that `visit` adds. */
export function walk(schema, visit, name = '') {
  if (!isObject(schema)) return;
  visit(schema, name);
  for (const [property, inner] of Object.entries(schema.properties ?? {})) walk(inner, visit, property);
  walk(schema.items, visit, name);
  walk(schema.additionalProperties, visit, name);
  for (const union of [...UNIONS, 'allOf']) for (const member of schema[union] ?? []) walk(member, visit, name);
}

/**
 * A copy without references. A schema that refers to itself ends in one that accepts anything. Keywords beside a reference stay.
 * References can multiply: a copy that is too large or too deep is an error.
 */
export function resolved(value, root, mostValues = MAX_VALUES) {
  return new Resolution(root, mostValues).copy(value, [], 0);
}

class Resolution {
  values = 0;
  /** The objects around the part that is copied. */
  around = [];

  constructor(root, mostValues) {
    this.root = root;
    this.mostValues = mostValues;
  }

  copy(value, seen, depth) {
    if (++this.values > this.mostValues) throw new UserError(`has more than ${this.mostValues} values, references resolved; import a smaller one`);
    if (depth > MAX_DEPTH) throw new UserError(`is nested more than ${MAX_DEPTH} levels deep, references resolved; import a flatter one`);
    if (Array.isArray(value)) return value.map((part) => this.copy(part, seen, depth + 1));
    if (!isObject(value)) return value;
    this.around.push(value);
    const copy = typeof value.$ref === 'string' ? this.target(value, seen, depth) : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.copy(part, seen, depth + 1)]));
    this.around.pop();
    return copy;
  }

  target({ $ref, ...beside }, seen, depth) {
    if (seen.includes($ref)) return {};
    const found = this.copy(target($ref, this.rootOf($ref)), [...seen, $ref], depth + 1);
    return isObject(found) ? { ...found, ...this.copy(beside, seen, depth + 1) } : found;
  }

  /** Pages contain schemas that were documents of their own, with references to their definitions. */
  rootOf(ref) {
    const [root, name] = ref.startsWith('#/') ? stepsOf(ref) : [];
    if (!['$defs', 'definitions'].includes(root) || own(own(this.root, root), name) !== undefined) return this.root;
    return this.around.findLast((each) => own(own(each, root), name) !== undefined) ?? this.root;
  }
}

/** The keys of a reference within the file. */
export const stepsOf = (ref) => ref.slice(2).split('/').map((step) => decoded(step).replaceAll('~1', '/').replaceAll('~0', '~'));

function decoded(step) {
  try {
    return decodeURIComponent(step);
  } catch {
    return step; // a percent sign that encodes nothing
  }
}

function target(ref, root) {
  if (!ref.startsWith('#/')) throw new UserError(`refers to ${ref}, which is not in the file`);
  const found = stepsOf(ref).reduce((part, step) => own(part, step), root);
  if (found === undefined) throw new UserError(`refers to ${ref}, which does not exist`);
  return found;
}

/** The structure of a schema: its keywords without titles, descriptions, examples and defaults. */
export function shapeOf(schema) {
  if (Array.isArray(schema)) return schema.map(shapeOf);
  if (!isObject(schema)) return schema;
  const { title, description, example, examples, default: initial, properties, ...rest } = schema;
  if (rest.allOf?.length === 1) return rest.allOf[0]; // a reference with a description beside it
  const shape = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('x-')).map(([key, value]) => [key, shapeOf(value)]));
  if (isObject(properties)) shape.properties = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, shapeOf(value)]));
  for (const key of ['required', 'enum']) if (Array.isArray(shape[key])) shape[key] = [...shape[key]].sort();
  return shape;
}
