// What all the tools know of OpenAPI schemas.

/** A person can do something about it; everything else is a mistake in these programs. */
export class Fault extends Error {}

export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export const equal = (a, b) => canonical(a) === canonical(b);

/** The same text for the same value, whatever the order of its keys. */
export const canonical = (value) =>
  JSON.stringify(value, (key, part) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part);

export const UNIONS = ['oneOf', 'anyOf'];

/** The members of its union, or nothing. */
export const membersOf = (schema) => UNIONS.flatMap((union) => schema[union] ?? []);

/** Visits a schema and then every schema that is in it by then: `visit(schema, JSON path, name of the property)`. */
export function walk(schema, visit, path = '$', name = '') {
  if (!isObject(schema)) return;
  visit(schema, path, name);
  for (const [property, inner] of Object.entries(schema.properties ?? {})) walk(inner, visit, `${path}.properties.${property}`, property);
  walk(schema.items, visit, `${path}.items`, name);
  walk(schema.additionalProperties, visit, `${path}.additionalProperties`, name);
  for (const union of [...UNIONS, 'allOf'])
    (schema[union] ?? []).forEach((member, i) => walk(member, visit, `${path}.${union}[${i}]`, name));
}

/** A copy without references; what refers to itself ends in a schema that takes anything. What stands beside a reference stays. */
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

/** The steps of a reference within the file. */
export const stepsOf = (ref) => ref.slice(2).split('/').map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));

function target(ref, root) {
  if (!ref.startsWith('#/')) throw new Fault(`refers to ${ref}, which is not in the file`);
  const found = stepsOf(ref).reduce((part, step) => part?.[step], root);
  if (found === undefined) throw new Fault(`refers to ${ref}, which does not exist`);
  return found;
}
