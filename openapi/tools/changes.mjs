// The changes between two versions of the client's view, as a Java caller sees them.
import { equal, own } from './schemas.mjs';

/** The changes, as `{ text, breaking }`, sorted by class. `report(sign, text, breaking)` adds one; its sign is `!` if it breaks callers. */
export function changesBetween(before, after) {
  const [old, now] = [before.components.schemas, after.components.schemas];
  const requests = new Set([...requestClasses(before), ...requestClasses(after)]);
  const changes = [];
  const report = (sign, text, breaking = false) => changes.push({ text: `${breaking ? '!' : sign} ${text}`, breaking });
  for (const name of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()) {
    if (!own(old, name)) report('+', `${name} added${modelOf(now[name])}`);
    else if (!own(now, name)) report('-', `${name} removed${modelOf(old[name])}`, true);
    else if (old[name].enum && now[name].enum) compareConstants(name, old[name], now[name], report);
    else compareClasses(name, old[name], now[name], requests.has(name), report);
  }
  return changes;
}

const modelOf = ({ properties }) => (properties?.model?.default ? ` (${properties.model.default})` : '');

/** The classes of requests, and those that they refer to. */
function requestClasses({ components: { schemas } }) {
  const found = new Set();
  const add = (name) => {
    if (found.has(name) || !schemas[name]) return;
    found.add(name);
    for (const [, next] of JSON.stringify(schemas[name]).matchAll(/#\/components\/schemas\/(\w+)/g)) add(next);
  };
  Object.entries(schemas).filter(([, schema]) => schema['x-implements']).forEach(([name]) => add(name));
  return found;
}

function compareConstants(name, before, after, report) {
  const names = (schema) => new Map(schema['x-enum-varnames'].map((constant, i) => [constant, schema.enum[i]]));
  const [old, now] = [names(before), names(after)];
  for (const [constant, value] of old) if (now.get(constant) !== value) report('-', `${name}.${constant} (${value}) removed`, true);
  for (const [constant, value] of now) if (old.get(constant) !== value) report('+', `${name}.${constant} (${value}) added`);
}

function compareClasses(name, before, after, isRequest, report) {
  const [old, now] = [before.properties ?? {}, after.properties ?? {}];
  const [hadTo, hasTo] = [before.required ?? [], after.required ?? []];
  if (Boolean(before.enum) !== Boolean(after.enum)) report('*', `${name} changed from ${before.enum ? 'an enum to a class' : 'a class to an enum'}`, true);
  for (const property of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const place = `${name}.${property}`;
    const required = hasTo.includes(property);
    const [was, is] = [own(old, property), own(now, property)];
    if (!was) report('+', `${place} added${required && isRequest ? ', and required' : ''}`, required && isRequest);
    else if (!is) report('-', `${place} removed`, true);
    else compareProperty(place, was, is, isRequest, report);
    if (was && required && !hadTo.includes(property)) report('*', `${place} made required`, isRequest);
    if (is && !required && hadTo.includes(property)) report('*', `${place} no longer required`);
  }
}

function compareProperty(place, old, now, isRequest, report) {
  const [was, is] = [javaType(old), javaType(now)];
  if (was !== is) report('*', `${place} changed from ${was} to ${is}`, true);
  else compareRanges(place, old, now, isRequest, report);
}

function compareRanges(place, old, now, isRequest, report) {
  const rises = (limit, sign) => {
    if (equal(old[limit], now[limit])) return;
    const narrower = old[limit] === undefined || sign * (now[limit] - old[limit]) > 0;
    report('*', `${place}: ${limit} ${text(old[limit])} became ${text(now[limit])}`, isRequest && narrower && now[limit] !== undefined);
  };
  for (const limit of ['minimum', 'minLength', 'minItems']) rises(limit, 1);
  for (const limit of ['maximum', 'maxLength', 'maxItems']) rises(limit, -1);
  const [had, has] = [old['x-values'], now['x-values']];
  if (!equal(had, has)) {
    const narrower = has !== undefined && (had === undefined || had.some((value) => !has.includes(value)));
    report('*', `${place}: values ${text(had)} became ${text(has)}`, isRequest && narrower);
  }
  if (!equal(old.default, now.default)) report('*', `${place}: default ${text(old.default)} became ${text(now.default)}`);
  if (old.items && now.items) compareRanges(`${place}[]`, old.items, now.items, isRequest, report);
}

const text = (value) => (value === undefined ? 'none' : Array.isArray(value) ? value.join(', ') : String(value));

/** The type as a caller writes it. */
export function javaType(schema) {
  const reference = schema.$ref ?? schema.allOf?.[0].$ref;
  if (reference) return reference.split('/').at(-1);
  if (schema.type === 'array') return `List<${javaType(schema.items)}>`;
  if (schema.type === 'string') return { uri: 'Image', decimal: 'BigDecimal' }[schema.format] ?? 'String';
  if (schema.type === 'integer') return schema.format === 'int64' ? 'Long' : 'Integer';
  return { number: 'Double', boolean: 'Boolean', object: 'Map<String, Object>' }[schema.type] ?? 'Object';
}
