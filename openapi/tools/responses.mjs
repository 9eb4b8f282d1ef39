// Merges the responses of several operations into one schema.
import { equal, own, shapeOf } from './schemas.mjs';

/** A schema for both responses: all properties and enum values of either; required is what both require. */
export function mergedResponses(a, b) {
  if (a === undefined || b === undefined || equal(shapeOf(a), shapeOf(b))) return { ...b, ...a };
  const [left, right] = [a, b].map((schema) => schema.anyOf ?? schema.oneOf ?? [schema]);
  if (left.length === 1 && right.length === 1 && a.type === b.type) return mergedOfSameType(a, b);
  const members = [...left];
  for (const member of right) {
    const same = members.findIndex(({ type }) => type === member.type);
    if (same < 0) members.push(member);
    else members[same] = mergedResponses(members[same], member);
  }
  const { description = a.description } = b;
  const { title, ...rest } = members.length === 1 ? members[0] : { anyOf: members };
  return { ...(a.title && { title: a.title }), ...(description && { description }), ...rest };
}

function mergedOfSameType(a, b) {
  const merged = { ...b, ...a };
  if (a.nullable || b.nullable) merged.nullable = true;
  // a document without an enum does not contradict the values of another
  if (a.enum || b.enum) merged.enum = [...new Set([...(a.enum ?? []), ...(b.enum ?? [])])];
  if (a.type === 'array') merged.items = mergedResponses(a.items, b.items);
  if (a.type !== 'object') return merged;
  const names = new Set([...Object.keys(a.properties ?? {}), ...Object.keys(b.properties ?? {})]);
  merged.properties = Object.fromEntries([...names].map((name) => [name, mergedResponses(own(a.properties, name), own(b.properties, name))]));
  merged.required = (a.required ?? []).filter((name) => b.required?.includes(name));
  if (merged.required.length === 0) delete merged.required;
  return merged;
}
