// The names of the classes and enum constants of the client.
import { pascal } from './assemble.mjs';

/** Names that a class must not have: of java.lang, of what generated code uses, and of our own public classes. */
const RESERVED = [
  ...['Boolean', 'Byte', 'Character', 'Class', 'Double', 'Enum', 'Error', 'Exception', 'Float', 'Integer', 'Iterable', 'Long', 'Math', 'Module', 'Number', 'Object', 'Override', 'Package', 'Process', 'Record', 'Runtime', 'Short', 'String', 'System', 'Thread', 'Throwable', 'Void'],
  ...['ArrayList', 'Arrays', 'Call', 'Date', 'File', 'HashMap', 'LinkedHashSet', 'List', 'Locale', 'Map', 'Objects', 'Set', 'URI', 'UUID', 'Response', 'Generated'],
  ...['Adapter', 'Deprecated', 'IllegalArgumentException', 'IOException', 'JsonAdapter', 'JsonReader', 'JsonWriter', 'Nullable', 'SerializedName', 'TypeAdapter'],
  ...['Aux', 'Con', 'Nul', 'Prn'], // devices of Windows, also with an extension
  ...['Constraint', 'Image', 'UntypedVideoRequest', 'VideoClient', 'VideoGeneration', 'VideoRequest', 'VideoException'],
].map((name) => name.toLowerCase());

/** A file name has at most 255 bytes. */
const MAX_CLASS_NAME = 200;

/** Nouns that mean nothing without what they belong to. */
const VAGUE = ['Config', 'Data', 'Item', 'Kind', 'Mode', 'Name', 'Option', 'Setting', 'Type', 'Url', 'Value'];

/**
 * Assigns class names to shapes. A shape is the structure of a schema as text; that of an enum begins with the name of its property.
 * Given names are kept, titles of the contract come before them, and a shape without a name has a placeholder until it gets one.
 */
export class ClassNames {
  constructor(contract, names) {
    this.taken = new Set(Object.keys(contract.components.schemas).map((name) => name.toLowerCase()));
    this.byShape = new Map(Object.entries(names).map(([name, shape]) => [shape, name]));
    this.titles = new Map();
    this.unnamed = new Map();
    this.used = new Map();
  }

  /** The name for a shape; `owner` is the class whose name begins that of a class which nothing else uses. */
  nameOf(shape, usage, owner, title) {
    if (title) {
      this.titles.set(shape, title);
      this.taken.add(title.toLowerCase());
    }
    const name = this.titles.get(shape) ?? this.byShape.get(shape);
    if (name) this.used.set(name, shape);
    else if (!this.unnamed.has(shape)) this.unnamed.set(shape, { usage, owners: new Set(), placeholder: `?${this.unnamed.size}` });
    if (!name) this.unnamed.get(shape).owners.add(owner);
    return name ?? this.unnamed.get(shape).placeholder;
  }

  /** Forgets which names were used, before the document is built again. */
  reset() {
    this.unnamed.clear();
    this.used.clear();
  }

  /** Lets a class keep its name when its shape changes in the same way in all its usages. */
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

  /** Names the unnamed shapes whose parts all have names; returns whether there were any. */
  assignNames() {
    const ready = [...this.unnamed].filter(([shape]) => !shape.includes('/?'));
    for (const [shape, { usage, owners }] of ready) {
      const [owner] = owners.size === 1 ? owners : [];
      const name = this.firstFree(candidates(usage, owner));
      this.byShape.set(shape, name);
      this.taken.add(name.toLowerCase());
    }
    return ready.length > 0;
  }

  firstFree(names) {
    const used = new Set([...this.taken, ...RESERVED, ...[...this.byShape.values()].map((name) => name.toLowerCase())]);
    for (const name of names) if (!used.has(name.toLowerCase())) return name;
  }

  /** The names in use that are not titles of the contract, with their shapes. */
  generated() {
    const needed = [...this.used].filter(([, shape]) => !this.titles.has(shape));
    return Object.fromEntries(needed.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/**
 * `ModelRequest.camera_control.shape` yields Shape, CameraControlShape, ModelCameraControlShape, and the last one with a number. With
 * an owner, ModelRequest, all of them begin with Model.
 */
function* candidates(usage, owner) {
  const [root, ...properties] = usage.split('.');
  const words = properties.map((property) => pascal(singular(property)));
  const prefix = owner ? modelOf(owner) : '';
  for (let i = words.length - 1; i >= 0; i--) {
    const own = words.slice(i).join('');
    const name = prefix + own;
    if (!VAGUE.includes(own) && /^[A-Z]/.test(name) && name.length <= MAX_CLASS_NAME) yield name;
  }
  const longest = (modelOf(root) + words.join('')).slice(0, MAX_CLASS_NAME);
  yield longest;
  for (let i = 2; ; i++) yield longest + i;
}

const modelOf = (root) => root.replace(/Request$/, '');

const singular = (name) => name.replace(/_?\d+$/, '').replace(/ies$/, 'y').replace(/([^siu])s$/, '$1');

/** Names that break the generated class: a method that takes any object, words that the generator knows not, and what it makes of `class`. */
const RESERVED_PROPERTIES = ['equals', 'true', 'false', 'propertyclass'];

/**
 * Property names as Java can tell them apart, in letters and digits of ASCII, `_`, `.` and `-`. Java drops all but letters and digits,
 * so a name gets a number if it collides with another one or with the methods that set it.
 */
export function distinctNames(names) {
  const plain = (text) => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  const settersOf = (text) => [`set${plain(text)}`, `add${plain(text)}item`];
  const taken = new Set([...RESERVED_PROPERTIES, ...names.flatMap((name) => settersOf(asciiName(name)))]);
  return new Map(names.map((name) => {
    const ascii = asciiName(name);
    let own = ascii;
    for (let i = 2; taken.has(plain(own)); i++) own = `${ascii}_no${i}`;
    for (const each of [plain(own), ...settersOf(own)]) taken.add(each);
    return [name, own];
  }));
}

/** A name with the code of each letter that is not ASCII, so that it does not depend on the other names. */
function asciiName(name) {
  const code = (character) => `_u${character.codePointAt(0).toString(16)}_`;
  const coded = name.replace(/[^\x20-\x7e]/gu, code).replace(/[^A-Za-z0-9_.-]/g, '_').replace(/^[_.-]+|[_.-]+$/g, '');
  return coded || `sign${[...name].map(code).join('')}`;
}

/** The constants of an enum; `16:9` of `aspect_ratio` becomes RATIO_16_9. */
export function constants(values, property) {
  const prefix = property.split('_').at(-1).replace(/[^A-Za-z0-9]/g, '').replace(/^\d+/, '') || 'value';
  const found = new Set();
  const next = new Map();
  for (const value of values) {
    const words = value.replace(/^-/, 'minus_').replace(/([a-z])([A-Z])/g, '$1_$2').split(/[^A-Za-z0-9]+/).filter(Boolean);
    const text = words.join('_').toUpperCase() || 'EMPTY';
    const name = /^\d/.test(text) ? `${prefix.toUpperCase()}_${text}` : text;
    let free = name;
    for (let i = next.get(name) ?? 2; found.has(free); next.set(name, ++i)) free = `${name}_${i}`;
    found.add(free);
  }
  return [...found];
}
