// The sources of the contract: documented/, supplement/, overlay.yaml and names.yaml; and what an import adds to them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requestClass, stemOf } from './assemble.mjs';
import { equal, resolved, UserError } from './schemas.mjs';
import { documentOf, modelsOf, operationsOf, renamed } from './vendor-documents.mjs';
import { valueOf } from './yaml.mjs';

export const OPENAPI = fileURLToPath(new URL('..', import.meta.url));
const CREATE = '.create.json';

/** Class names that callers would confuse with handwritten ones. */
const HANDWRITTEN = ['untypedvideorequest', 'videorequest'];

/** Reads the sources in openapi/. */
export function load() {
  const read = (name) => readFileSync(join(OPENAPI, name), 'utf8');
  const list = (part) => readdirSync(join(OPENAPI, part)).sort().map((name) => join(part, name));
  const supplement = list('supplement').map((name) => within(name, () => valueOf(read(name))));
  const documented = list('documented').map((name) => ({ name: basename(name), text: read(name), document: within(name, () => documentOf({ text: read(name) })) }));
  const names = existsSync(join(OPENAPI, 'names.yaml')) ? (within('names.yaml', () => valueOf(read('names.yaml'))) ?? {}) : {};
  return { documented, supplement, overlay: read('overlay.yaml'), names };
}

/** Puts the name of the file before an error. */
function within(file, work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${file}: ${error.message}`);
    throw error;
  }
}

/** The text of a file that the user named. */
export function readInput(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = { ENOENT: 'no such file', EISDIR: 'is a directory', EACCES: 'permission denied' }[error.code] ?? error.code ?? error.message;
    throw new UserError(`${path}: cannot be read: ${reason}`);
  }
}

/**
 * Adds the operations in `files`, a list of `{ name, text, model }`, to the sources; reports each of them with `log`. A file with a
 * `model` is that model's own document.
 */
export function imported(sources, files, log) {
  const documented = new Map(sources.documented.map((each) => [each.name, each]));
  const operations = new Map();
  for (const { name: file, text, model } of files) {
    const found = within(file, () => operationsIn(text, file, model, documented));
    const [create] = found.operations.filter(({ kind }) => kind === 'create');
    for (const operation of found.operations) {
      const name = fileNameOf(operation, create, documented);
      const other = operations.get(name);
      if (other && !equal(other.document, operation.document))
        throw new UserError(`${file}: ${other.file} publishes a different version of ${operation.model ?? 'the retrieve operation'}; import one of them`);
      if (!other) log(`${file}: ${described(operation)} ${documented.has(name) ? 'replaces' : 'becomes'} documented/${name}`);
      documented.set(name, { name, document: operation.document, text: operation.text ?? `${JSON.stringify(operation.document, null, 2)}\n` });
      operations.set(name, { ...operation, file });
    }
    if (found.others > 0) log(`${file}: ${found.others} other operation${found.others > 1 ? 's' : ''} ignored`);
  }
  const sorted = [...documented.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { sources: { ...sources, documented: sorted }, names: [...operations.keys()], operations: [...operations.values()] };
}

function operationsIn(text, file, model, documented) {
  const found = operationsOf(text, file);
  return model ? { ...found, operations: ownOperations(found.operations, model, [...documentedModels({ documented: [...documented.values()] }).keys()]) } : found;
}

/** In a model's own document, its create and the retrieve. The create keeps the name by which the contract knows the model. */
function ownOperations(operations, { id, names }, documented) {
  const creates = operations.filter(({ kind }) => kind === 'create');
  const known = names.find((name) => documented.includes(name));
  const create = [known, id, ...names].map((name) => creates.find(({ model }) => model === name)).find(Boolean);
  if (!create) throw new UserError(`creates ${creates.slice(0, 3).map(({ model }) => model).join(', ') || 'no video'}, not ${id}; import a file instead`);
  return [renamed(create, known ?? create.model), ...operations.filter(({ kind }) => kind === 'retrieve')];
}

/** The stem of the file names of each model in the sources. */
export function documentedModels({ documented }) {
  const creates = documented.filter(({ name }) => name.endsWith(CREATE));
  return new Map(creates.map(({ name, document }) => [modelIn(document), name.slice(0, -CREATE.length)]));
}

/** Names the operation, and the path where it is published if that is not the common one. */
const described = ({ kind, model, address }) => [kind, model, address && `(published at ${address})`].filter(Boolean).join(' ');

/** A retrieve operation is named after the model whose page publishes it. */
function fileNameOf({ kind, model }, create, documented) {
  const stem = kind === 'create' ? stemFor(model, documented) : create && stemFor(create.model, documented);
  return [stem, kind, 'json'].filter(Boolean).join('.');
}

/** The stem of the file names of a model: the present one, or one whose file and class names are free, ignoring case. */
function stemFor(model, documented) {
  const stems = documentedModels({ documented: [...documented.values()] });
  if (stems.has(model)) return stems.get(model);
  const taken = new Set([...HANDWRITTEN, ...[...stems.values()].map((stem) => requestClass(stem).toLowerCase())]);
  const stem = stemOf(model);
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? stem : `${stem}-no${i}`;
    if (!taken.has(requestClass(candidate).toLowerCase())) return candidate;
  }
}

function modelIn(document) {
  const operation = Object.values(Object.values(document.paths)[0])[0];
  return modelsOf(resolved(operation, document).requestBody.content['application/json'].schema, operation)[0];
}
