// What a page may contain. A page chooses names, and how much there is of everything; all of it becomes YAML, Java and output.
import { INVISIBLE, visible } from './output.mjs';
import { isObject, MAX_DEPTH, MAX_VALUES, UserError } from './schemas.mjs';

/** File names have at most 255 bytes, and a class of Java has a limited size. */
const MAX_NAME = 100;
const MAX_KEY = 1000;
const MAX_MODEL = 150;
const MAX_PROPERTIES = 500;
const MAX_ENUM = 1000;

/** Refuses a document of which any part cannot be imported as it is. */
export function requireImportable(document) {
  let values = 0;
  const check = (value, path) => {
    if (++values > MAX_VALUES) throw new UserError(`$: has more than ${MAX_VALUES} values; import a smaller file`);
    if (path.length > MAX_DEPTH) throw new UserError(`${placeOf(path.slice(0, 8))}: is nested more than ${MAX_DEPTH} levels deep; import a flatter file`);
    if (typeof value === 'number' && !Number.isFinite(value)) throw new UserError(`${placeOf(path)}: ${value} is not a number in JSON; correct it in the page`);
    if (typeof value !== 'object' || value === null) return;
    if (path.at(-1) === 'required' && Array.isArray(value)) value.forEach((name) => requireProperty(name, path));
    if (path.at(-1) === 'enum' && Array.isArray(value)) requireAtMost(MAX_ENUM, value.length, 'values', path);
    if (path.at(-1) === 'properties' && isObject(value)) requireProperties(Object.keys(value), path);
    for (const [key, part] of Object.entries(value)) {
      requireName(key, path);
      check(part, [...path, key]);
    }
  };
  check(document, []);
}

/** Refuses the name of a model that cannot be a file name and a class name. */
export function requireModel(model) {
  const shown = shownName(model);
  if (isUnfit(model)) throw new UserError(`the model ${shown} has a quote, a backslash or an invisible character; correct its name in the page`);
  if (model.length > MAX_MODEL) throw new UserError(`the model ${shown} has ${model.length} characters, more than ${MAX_MODEL}; correct its name in the page`);
}

function requireProperties(names, path) {
  requireAtMost(MAX_PROPERTIES, names.length, 'properties', path);
  for (const name of names) requireProperty(name, path);
}

function requireProperty(name, path) {
  if (typeof name !== 'string') return;
  const refuse = (why) => {
    throw new UserError(`${placeOf(path)}: the property ${shownName(name)} ${why}; rename or remove it in the page`);
  };
  if (isUnfit(name)) refuse('has a quote, a backslash or an invisible character');
  if (name.length > MAX_NAME) refuse(`has ${name.length} characters, more than ${MAX_NAME}`);
  if (name === '__proto__') refuse('is not a property to JavaScript, which the contract and the mock are read with');
}

/** A key of anything else, such as a path or a header. */
function requireName(key, path) {
  if (key === '__proto__') requireProperty(key, path);
  const refuse = (why) => {
    throw new UserError(`${placeOf(path)}: the name ${shownName(key)} ${why}; rename or remove it in the page`);
  };
  if (INVISIBLE.test(key)) refuse('has an invisible character');
  if (key.length > MAX_KEY) refuse(`has ${key.length} characters, more than ${MAX_KEY}`);
}

function requireAtMost(most, count, what, path) {
  if (count > most) throw new UserError(`${placeOf(path)}: has ${count} ${what}, more than ${most}; shorten it in the page`);
}

const isUnfit = (name) => INVISIBLE.test(name) || /["\\]/.test(name);

const shownName = (name) => `'${visible(name.length > 60 ? `${name.slice(0, 60)}...` : name)}'`;

const placeOf = (path) => visible(path.reduce((place, key) => place + (/^\w+$/.test(key) ? `.${key}` : `['${key}']`), '$'));
