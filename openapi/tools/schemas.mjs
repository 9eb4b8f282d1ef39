// OpenAPI schemas: what all tools need to read them.

/** An error that the user can fix, with an exit code if it has one of its own. Any other error is a bug in these tools. */
export class UserError extends Error {
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export const equal = (a, b) => canonical(a) === canonical(b);

/** JSON that does not depend on the order of the keys. */
export const canonical = (value) =>
  JSON.stringify(value, (key, part) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part);

export const UNIONS = ['oneOf', 'anyOf'];

/** The members of the schema's union; empty if it has none. */
export const membersOf = (schema) => UNIONS.flatMap((union) => schema[union] ?? []);

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

/** A copy without references. A schema that refers to itself ends in one that accepts anything. Keywords beside a reference stay. */
export function resolved(value, root, seen = []) {
  if (Array.isArray(value)) return value.map((part) => resolved(part, root, seen));
  if (!isObject(value)) return value;
  if (typeof value.$ref === 'string') {
    const { $ref, ...beside } = value;
    if (seen.includes($ref)) return {};
    const found = resolved(target($ref, root), root, [...seen, $ref]);
    return isObject(found) ? { ...found, ...resolved(beside, root, seen) } : found;
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(part, root, seen)]));
}

/** The keys of a reference within the file. */
export const stepsOf = (ref) => ref.slice(2).split('/').map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));

function target(ref, root) {
  if (!ref.startsWith('#/')) throw new UserError(`refers to ${ref}, which is not in the file`);
  const found = stepsOf(ref).reduce((part, step) => part?.[step], root);
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
