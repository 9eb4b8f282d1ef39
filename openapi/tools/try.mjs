// scripts/regenerate --try: whether each of many files could be taken over, in a temporary place.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { requestClass, stemOf, yamlOf } from './assemble.mjs';
import { changesBetween } from './changes.mjs';
import { withPrism } from './prism.mjs';
import { ADDRESS } from './published.mjs';
import { createFor, imported, lintAll, load, make, modelKey, readable } from './regenerate.mjs';
import { Fault, resolved } from './schemas.mjs';

/** So many models in a union are too many for a header. */
const LARGE = 20;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Prints a line for each file and the total; gives the exit code. */
export async function tryAll(paths) {
  const sources = await load();
  const before = await make(sources);
  const folder = mkdtempSync(join(tmpdir(), 'aiml-video-try-'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  try {
    const trials = [];
    for (const path of paths) trials.push(await prepared(path, join(folder, String(trials.length)), sources, before));
    const ready = () => trials.filter(({ failed }) => !failed);
    for (const [file, complaints] of lintAll(ready().map(({ folder: each }) => join(each, 'aiml-video.yaml'))))
      trials.find(({ folder: each }) => file === join(each, 'aiml-video.yaml')).failed = `lint: ${complaints.split('\n')[0]}`;
    const all = join(folder, 'all.json');
    writeFileSync(all, JSON.stringify(together(ready())));
    if (ready().length > 0) await withPrism(['mock', all], (prism) => compiledAndHeld(prism, ready()));
    for (const { path, failed, line } of trials) console.log(failed ? `failed ${path}: ${failed}` : line);
    const failures = trials.filter(({ failed }) => failed).length;
    console.log(`${trials.length - failures} of ${trials.length} ok`);
    return failures > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Imports one file beside what is there already, and writes what the rest needs. */
async function prepared(path, folder, sources, before) {
  const trial = { path, folder };
  try {
    const said = [];
    const { sources: next, operations } = await imported(sources, [{ name: path, text: readable(path) }], (line) => said.push(line));
    const models = operations.map(({ model }) => model).filter(Boolean);
    const { contract, client } = await make(next, before.contract);
    const breaks = changesBetween(before.client, client).filter(({ breaks: breaking }) => breaking);
    const titles = models.map((model) => titleOf(model, contract));
    const counts = titles.map((title) => Object.keys(contract.components.schemas[title].properties).length);
    const also = [
      ...new Set(operations.map(({ address }) => address && `published at ${address}`).filter(Boolean)),
      ...(breaks.length > 0 ? [`breaks callers: ${breaks.map(({ text }) => text).join('; ')}`] : []),
      ...said.filter((line) => line.endsWith('left out')).map((line) => line.slice(path.length + 2)),
    ];
    trial.line = `ok ${models.join(' ') || path} properties=${counts.join(',') || 0}${also.map((each) => `, ${each}`).join('')}`;
    if (models.length === 0) trial.line += ', the retrieve operation alone';
    // what has no model of its own is held with all that are there
    trial.requests = titles.length > 0 ? titles : contract.paths[ADDRESS].post.requestBody.content['application/json'].schema.oneOf.map(({ $ref }) => basename($ref));
    trial.contract = contract;
    mkdirSync(folder);
    writeFileSync(join(folder, 'aiml-video.yaml'), await yamlOf(contract, 'tried'));
    writeFileSync(join(folder, 'client.yaml'), await yamlOf(client, 'tried'));
    writeFileSync(join(folder, 'task.json'), JSON.stringify({ requests: trial.requests }));
  } catch (error) {
    trial.failed = error instanceof Fault ? error.message.replace(`${path}: `, '') : `a mistake of this program: ${error.stack.split('\n').slice(0, 2).join('')}`;
  }
  return trial;
}

const titleOf = (model, { components: { schemas } }) =>
  Object.entries(schemas).find(([, { properties }]) => properties?.model?.enum?.[0] === model)?.[0] ?? requestClass(stemOf(model));

/** The create operations of all trials in one document, so that one Prism is enough: for each model, and as a union. */
function together(trials) {
  const paths = trials.flatMap(({ folder, contract, requests }) => {
    const { post } = contract.paths[ADDRESS];
    const all = post.requestBody.content['application/json'].schema.oneOf;
    const path = (schema) => `/${basename(folder)}/${schema ? modelKey(schema, contract) : 'all'}`;
    const one = (schema) => ({ post: createFor(resolved(post, contract), resolved(schema, contract)) });
    const own = all.filter(({ $ref }) => requests.includes(basename($ref))).map((schema) => [path(schema), one(schema)]);
    // what Prism says of a large union fits no header
    return all.length > LARGE ? own : [...own, [path(), one({ oneOf: all })]];
  });
  return {
    openapi: '3.0.0',
    info: { title: 'Trials', version: '1' },
    servers: [{ url: 'http://127.0.0.1' }],
    paths: Object.fromEntries(paths),
    components: { securitySchemes: trials[0]?.contract.components.securitySchemes ?? {} },
  };
}

/** One JVM generates and compiles them all, and holds their requests against Prism. */
async function compiledAndHeld(prism, trials) {
  const classpath = ['target/try/classes', 'target/try/test-classes', readFileSync(join(ROOT, 'target/try/classpath'), 'utf8').trim()].join(delimiter);
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const args = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=off', '-cp', classpath, 'io.github.aimlvideo.Trial', prism, ...trials.map(({ folder }) => folder)];
  const child = spawn(java, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text) => (errors = (errors + text).slice(-4000)));
  const ended = new Promise((resolve) => child.on('close', resolve));
  const end = () => child.kill();
  process.on('exit', end);
  for (const trial of trials) trial.failed = 'was not tried';
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, outcome] = /^(\d+) (.*)$/.exec(line) ?? [];
    const trial = trials.find(({ folder }) => basename(folder) === name);
    if (trial) trial.failed = outcome === 'ok' ? undefined : outcome;
  }
  const code = await ended;
  process.off('exit', end);
  if (code !== 0) throw new Fault(`the trial ended with ${code}: ${errors.trim()}`);
}
