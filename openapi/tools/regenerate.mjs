// scripts/regenerate: takes over what the vendor publishes, and makes the contract and the client's view of it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiFormat from 'openapi-format';
import { assemble, requestClass, stemOf, yamlOf } from './assemble.mjs';
import { changesBetween } from './changes.mjs';
import { clientOf } from './client.mjs';
import { ADDRESS, modelsOf, operationsOf } from './published.mjs';
import { Tally } from './repairs.mjs';
import { equal, Fault, resolved, walk } from './schemas.mjs';
import { tryAll } from './try.mjs';
import { verify } from './verify.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const MADE = {
  'aiml-video.yaml': 'Made by scripts/regenerate from documented/, supplement/ and overlay.yaml',
  'client.yaml': 'The contract as the client is made of it; made by scripts/regenerate from aiml-video.yaml and names.yaml',
  'mock.yaml': 'The contract as the mock serves it; made by scripts/regenerate from aiml-video.yaml',
};

/** What is in a folder such as openapi/: the documents, and what is made of them. */
export async function load(folder = HERE) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const list = (part) => readdirSync(join(folder, part)).sort().map((name) => join(part, name));
  const documents = await Promise.all(list('supplement').map((name) => parse(read(name), name)));
  const documented = await Promise.all(list('documented').map(async (name) => ({ name: basename(name), text: read(name), document: await parse(read(name), name) })));
  const names = existsSync(join(folder, 'names.yaml')) ? ((await parse(read('names.yaml'), 'names.yaml')) ?? {}) : {};
  return { documented, supplement: documents, overlay: read('overlay.yaml'), names };
}

async function parse(text, name) {
  const parsed = await openapiFormat.parseString(text);
  if (parsed instanceof Error) throw new Fault(`${name}: ${parsed.message}`);
  return parsed;
}

/** Contract and client of these sources; new classes are named only if there is a contract of `before`. */
export async function make(sources, before) {
  const { contract, tallies, notes } = await assemble(structuredClone(sources));
  const { document: client, names } = clientOf(contract, sources.names, before);
  return { contract, client, names, tallies, notes };
}

/** The sources with what `files` publish, as `{ name, text }`; says for each file what was taken. */
export async function imported(sources, files, say) {
  const documented = new Map(sources.documented.map((each) => [each.name, each]));
  const fresh = new Map();
  for (const { name: file, text } of files) {
    let found;
    try {
      found = await operationsOf(text, file);
    } catch (error) {
      if (error instanceof Fault) throw new Fault(`${file}: ${error.message}`);
      throw error;
    }
    const creates = found.operations.filter(({ kind }) => kind === 'create');
    for (const operation of found.operations) {
      const stem = operation.kind === 'create' ? stemFor(operation.model, documented) : creates[0] && stemFor(creates[0].model, documented);
      const name = [stem, operation.kind, 'json'].filter(Boolean).join('.');
      const twin = fresh.get(name);
      if (twin && !equal(twin.document, operation.document)) throw new Fault(`${file}: ${twin.file} publishes ${operation.model ?? 'the retrieve operation'} too, and otherwise; give one of them`);
      const replaces = documented.has(name);
      documented.set(name, { name, document: operation.document, text: operation.text ?? `${JSON.stringify(operation.document, null, 2)}\n` });
      if (!twin) say(`${file}: ${said(operation)} ${replaces ? 'replaces' : 'becomes'} documented/${name}`);
      fresh.set(name, { ...operation, file });
    }
    if (found.also > 0) say(`${file}: ${found.also} other operation${found.also > 1 ? 's' : ''} left out`);
  }
  const sorted = [...documented.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { sources: { ...sources, documented: sorted }, fresh: [...fresh.keys()], operations: [...fresh.values()] };
}

/** Which operation it is, and where it was published if that is not the address of all. */
const said = ({ kind, model, address }) => [kind, model, address && `(published at ${address})`].filter(Boolean).join(' ');

/** The beginning of the names of a model's documents: as before, or one whose file and class nobody else has, whatever the case. */
function stemFor(model, documented) {
  const taken = new Set(['modelrequest', 'videorequest']); // written by hand
  for (const { name, document } of documented.values()) {
    if (!name.endsWith('.create.json')) continue;
    const stem = name.slice(0, -'.create.json'.length);
    if (modelIn(document) === model) return stem;
    taken.add(requestClass(stem).toLowerCase());
  }
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

/** With an address for each model too, as Prism says of a union what is wrong with the request for every member of it. */
function mockOf(contract) {
  const plain = structuredClone(contract);
  for (const schema of Object.values(plain.components.schemas)) inAscii(schema);
  const { post } = plain.paths[ADDRESS];
  for (const schema of post.requestBody.content['application/json'].schema.oneOf)
    plain.paths[`/${modelKey(schema, contract)}${ADDRESS}`] = { post: createFor(post, schema) };
  return plain;
}

/** Where the mock has the create of one model. */
export const modelKey = (schema, contract) => Buffer.from(resolved(schema, contract).properties.model.enum[0]).toString('base64url');

/** The create operation for one request schema alone. */
export function createFor(post, schema) {
  const operation = structuredClone(post);
  operation.operationId += ` ${schema.$ref ?? ''}`.trimEnd();
  operation.requestBody.content = { 'application/json': { schema } };
  return operation;
}

/** Prism says the values of an enum in a header, and ends if they are no ASCII: a pattern takes the same and says it in ASCII. */
function inAscii(schema) {
  walk(schema, (inner) => {
    if (!inner.enum?.some((value) => typeof value === 'string' && /[^\x20-\x7e]/.test(value))) return;
    const escaped = inner.enum.map((value) => value.replace(/[$()*+.?[\\\]^{|}/]/g, '\\$&').replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));
    inner.pattern = `^(?:${escaped.join('|')})$`;
    delete inner.enum;
  });
}

/** The files that are made, by name. */
async function filesOf({ contract, client, names }) {
  const namesText = `# What the classes of the client are called that the contract does not name: name, then property and shape.\n# Made by scripts/regenerate; a name may be changed by hand, which breaks callers.\n${await openapiFormat.stringify(names, { format: 'yaml', lineWidth: -1 })}`;
  return new Map([
    ['aiml-video.yaml', await yamlOf(contract, MADE['aiml-video.yaml'])],
    ['client.yaml', await yamlOf(client, MADE['client.yaml'])],
    ['mock.yaml', await yamlOf(mockOf(contract), MADE['mock.yaml'])],
    ['names.yaml', namesText],
  ]);
}

/** The linter's complaints about a contract, or nothing. */
function lint(yaml) {
  const folder = mkdtempSync(join(tmpdir(), 'aiml-video-'));
  try {
    const file = join(folder, 'aiml-video.yaml');
    writeFileSync(file, yaml);
    return lintAll([file]).get(file) ?? '';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** For each of the files that is not clean what is wrong with it, a line for each fault. */
export function lintAll(files) {
  if (files.length === 0) return new Map();
  const cli = join(HERE, 'node_modules/@redocly/cli/bin/cli.js');
  const args = [cli, 'lint', ...files, '--config', join(HERE, 'redocly.yaml'), '--format=json', '--max-problems=1000'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, REDOCLY_TELEMETRY: 'off' }, encoding: 'utf8', maxBuffer: 1 << 30 });
  const found = new Map();
  if (status === 0) return found;
  for (const report of reportsIn(stdout)) {
    for (const { message, ruleId, location: [place] } of report.problems) {
      const file = resolve(place.source.ref);
      found.set(file, (found.get(file) ?? new Set()).add(`${place.pointer ?? ''} ${message} (${ruleId})`));
    }
  }
  if (found.size === 0) throw new Fault(`the linter ended with ${status}: ${stderr.trim()}`);
  return new Map([...found].map(([file, complaints]) => [file, [...complaints].join('\n')]));
}

/** One JSON object for each run of the linter, one after the other. */
function reportsIn(text) {
  return text.replace(/^\}\{/gm, '}\n{').split(/^(?=\{)/m).filter((part) => part.startsWith('{')).map((part) => JSON.parse(part));
}

/** Writes all or nothing: each file is whole before the first takes its place. */
function write(files) {
  const parts = [...files].map(([name, text]) => ({ file: join(HERE, name), part: join(HERE, `${name}.part`), text }));
  try {
    for (const { part, text } of parts) writeFileSync(part, text);
    for (const { part, file } of parts) renameSync(part, file);
  } finally {
    for (const { part } of parts) rmSync(part, { force: true });
  }
}

async function take(paths, { 'dry-run': dry, 'accept-breaking': accept }) {
  const files = paths.map((path) => ({ name: path, text: readable(path) }));
  const sources = await load();
  const before = await make(sources);
  const { sources: next, fresh } = await imported(sources, files, console.log);
  const after = await make(next, before.contract);
  const tally = new Tally();
  for (const name of fresh) tally.addAll(after.tallies.get(name));
  for (const line of tally.lines()) console.log(line);
  for (const note of after.notes) console.log(`note: ${note}`);
  const made = await filesOf(after);
  const complaints = lint(made.get('aiml-video.yaml'));
  if (complaints) throw new Fault(`the contract would not be clean:\n${complaints}`);
  const changes = changesBetween(before.client, after.client);
  for (const { text } of changes) console.log(text);
  if (changes.length === 0) console.log('nothing changes for a caller');
  const breaks = changes.filter(({ breaks: breaking }) => breaking).length;
  if (breaks > 0 && !accept) {
    console.error(`regenerate: ${breaks} change${breaks > 1 ? 's' : ''} (!) would break callers; nothing was written; --accept-breaking goes on`);
    return 3;
  }
  if (dry) console.log('nothing was written');
  else write(new Map([...next.documented.filter(({ name }) => fresh.includes(name)).map(({ name, text }) => [`documented/${name}`, text]), ...made]));
  return 0;
}

export function readable(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Fault(`${path}: cannot be read: ${error.code ?? error.message}`);
  }
}

async function remake() {
  const sources = await load();
  const { contract } = await assemble(structuredClone(sources));
  const made = await make(sources, contract);
  const files = await filesOf(made);
  const complaints = lint(files.get('aiml-video.yaml'));
  if (complaints) throw new Fault(complaints);
  for (const note of made.notes) console.log(`note: ${note}`);
  write(files);
  console.log('openapi/aiml-video.yaml is clean');
  return 0;
}

async function check() {
  const files = await filesOf(await make(await load()));
  let same = true;
  for (const [name, text] of files) {
    const args = ['-u', '--label', `openapi/${name}`, '--label', 'what the sources give', join(HERE, name), '-'];
    const { status } = spawnSync('diff', args, { input: text, stdio: ['pipe', 'inherit', 'inherit'] });
    if (status === 0) continue;
    console.error(`regenerate: openapi/${name} is not what its sources give: run scripts/regenerate`);
    same = false;
  }
  const complaints = lint(files.get('aiml-video.yaml'));
  if (complaints) console.error(complaints);
  if (!same || complaints) return 1;
  console.log('openapi/aiml-video.yaml is in step and clean');
  return 0;
}

async function main([verb, ...rest]) {
  if (verb === 'remake') return remake();
  if (verb === 'check') return check();
  if (verb === 'try') return tryAll(rest);
  if (verb === 'verify') return verify(rest);
  const options = Object.fromEntries(rest.filter((each) => each.startsWith('--')).map((each) => [each.slice(2), true]));
  return take(rest.filter((each) => !each.startsWith('--')), options);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    console.error(`regenerate: ${error.message}`);
    process.exitCode = process.argv[2] === 'take' ? 2 : 1;
  }
}
