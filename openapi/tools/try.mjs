// scripts/regenerate --try: checks for each of many files whether it can be imported, in a temporary folder.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { requestClass, stemOf } from './assemble.mjs';
import { changesBetween } from './changes.mjs';
import { clientYaml, generate } from './generate.mjs';
import { lintFiles } from './lint.mjs';
import { createFor, modelKey } from './mock-view.mjs';
import { print, printError } from './output.mjs';
import { withPrism } from './prism.mjs';
import { resolved, UserError } from './schemas.mjs';
import { imported, load, readInput } from './sources.mjs';
import { ADDRESS } from './vendor-documents.mjs';
import { yamlOf } from './yaml.mjs';

/** The violations of a union with more models do not fit into a header of Prism. */
const LARGEST_UNION = 20;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Prints a line for each file and the total; returns the exit code. */
export async function tryFiles(paths) {
  const folder = temporaryFolder();
  try {
    const trials = await imports(paths, folder);
    const successful = () => trials.filter(({ failure }) => !failure);
    for (const [file, problems] of lintFiles(successful().map(({ contractFile }) => contractFile)))
      trials.find(({ contractFile }) => contractFile === file).failure = `lint: ${problems[0].text}`;
    if (successful().length > 0) await compileAndTest(successful(), folder);
    for (const { path, failure, line } of trials) print(failure ? `failed ${path}: ${failure}` : line);
    print(`${successful().length} of ${trials.length} ok`);
    return successful().length === trials.length ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** It is deleted on a signal too. */
function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'aiml-video-try-'));
  for (const [signal, exitCode] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]])
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(exitCode);
    });
  return folder;
}

/** Imports each file into the present sources. */
async function imports(paths, folder) {
  const sources = load();
  const before = await generate(sources);
  const trials = [];
  for (const path of paths) {
    const trial = { path, folder: join(folder, String(trials.length)) };
    trial.contractFile = join(trial.folder, 'aiml-video.yaml');
    trials.push(trial);
    try {
      await importOne(trial, sources, before);
    } catch (error) {
      trial.failure = error instanceof UserError ? error.message.replace(`${path}: `, '') : `bug in this script: ${error.stack.split('\n').slice(0, 2).join('')}`;
    }
  }
  return trials;
}

/** Imports one file, and writes its contract and client's view for the Java part of the trial. */
async function importOne(trial, sources, before) {
  const log = [];
  const { sources: next, operations } = imported(sources, [{ name: trial.path, text: readInput(trial.path) }], (line) => log.push(line));
  const { contract, client } = await generate(next, before.contract);
  const models = operations.map(({ model }) => model).filter(Boolean);
  const titles = models.map((model) => titleOf(model, contract));
  trial.contract = contract;
  trial.requests = titles.length > 0 ? titles : requestsOf(contract).map(({ $ref }) => basename($ref));
  const counts = titles.map((title) => Object.keys(contract.components.schemas[title].properties).length);
  const breaking = changesBetween(before.client, client).filter((change) => change.breaking).map(({ text }) => text);
  const remarks = [
    ...(models.length === 0 ? ['only the retrieve operation'] : []),
    ...new Set(operations.map(({ address }) => address && `published at ${address}`).filter(Boolean)),
    ...(breaking.length > 0 ? [`breaks callers: ${breaking.join('; ')}`] : []),
    ...log.filter((line) => line.endsWith('ignored')).map((line) => line.slice(trial.path.length + 2)),
  ];
  trial.line = [`ok ${models.join(' ') || trial.path} properties=${counts.join(',') || 0}`, ...remarks].join(', ');
  mkdirSync(trial.folder);
  writeFileSync(trial.contractFile, yamlOf(contract, '# A trial'));
  writeFileSync(join(trial.folder, 'client.yaml'), clientYaml(client, '# A trial'));
  writeFileSync(join(trial.folder, 'requests.txt'), trial.requests.join('\n'));
}

const requestsOf = (contract) => contract.paths[ADDRESS].post.requestBody.content['application/json'].schema.oneOf;

const titleOf = (model, { components: { schemas } }) =>
  Object.entries(schemas).find(([, { properties }]) => properties?.model?.enum?.[0] === model)?.[0] ?? requestClass(stemOf(model));

/** Builds the client's tests, starts one Prism for all trials, and runs them. */
async function compileAndTest(trials, folder) {
  const classpath = build(folder);
  const contract = join(folder, 'all.json');
  writeFileSync(contract, JSON.stringify(combined(trials)));
  await withPrism(['mock', contract], (prism) => runTrials(prism, trials, classpath));
}

/** The class path of the client's tests with the generator, which the profile `try` adds. */
function build(folder) {
  printError('regenerate: building the client');
  const file = join(folder, 'classpath');
  const args = ['-q', '-B', '-ntp', '-pl', 'src/client', '-Ptry', '-DskipTests', 'test-compile', 'dependency:build-classpath', `-Dmdep.outputFile=${file}`];
  if (spawnSync(join(ROOT, 'mvnw'), args, { cwd: ROOT, stdio: ['ignore', 2, 2] }).status !== 0) throw new UserError('the build failed', 5);
  return ['src/client/target/classes', 'src/client/target/test-classes', readFileSync(file, 'utf8').trim()].join(delimiter);
}

/** One document with the create operations of all trials, so that one Prism is enough: each model alone, and all as a union. */
function combined(trials) {
  const paths = trials.flatMap(({ folder, contract, requests }) => {
    const { post } = contract.paths[ADDRESS];
    const all = requestsOf(contract);
    const path = (schema) => `/${basename(folder)}/${schema ? modelKey(schema, contract) : 'all'}`;
    const one = (schema) => ({ post: createFor(resolved(post, contract), resolved(schema, contract)) });
    const own = all.filter(({ $ref }) => requests.includes(basename($ref))).map((schema) => [path(schema), one(schema)]);
    return all.length > LARGEST_UNION ? own : [...own, [path(), one({ oneOf: all })]];
  });
  return {
    openapi: '3.0.0',
    info: { title: 'Trials', version: '1' },
    servers: [{ url: 'http://127.0.0.1' }],
    paths: Object.fromEntries(paths),
    components: { securitySchemes: trials[0].contract.components.securitySchemes },
  };
}

/** Runs all trials in one JVM, which generates and compiles their clients and sends requests to Prism. */
async function runTrials(prism, trials, classpath) {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const args = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=off', '-cp', classpath, 'openapi/tools/Trial.java', prism, ...trials.map(({ folder }) => folder)];
  const child = spawn(java, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text) => (errors = (errors + text).slice(-4000)));
  const exited = new Promise((resolve) => child.on('close', resolve));
  const stop = () => child.kill();
  process.on('exit', stop);
  for (const trial of trials) trial.failure = 'not run';
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, outcome] = /^(\d+) (.*)$/.exec(line) ?? [];
    const trial = trials.find(({ folder }) => basename(folder) === name);
    if (trial) trial.failure = outcome === 'ok' ? undefined : outcome;
  }
  const code = await exited;
  process.off('exit', stop);
  if (code !== 0) throw new UserError(`the trial exited with ${code}: ${errors.trim()}`);
}
