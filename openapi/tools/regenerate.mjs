// scripts/regenerate: imports what the vendor publishes and generates the contract from it.
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assemble } from './assemble.mjs';
import { changesBetween } from './changes.mjs';
import { drift, filesOf } from './drift.mjs';
import { requestExampleProblems } from './examples.mjs';
import { generate, generatedFiles } from './generate.mjs';
import { lint } from './lint.mjs';
import { print, printError } from './output.mjs';
import { placeOf } from './places.mjs';
import { Tally } from './repairs.mjs';
import { UserError } from './schemas.mjs';
import { imported, load, OPENAPI, readInput } from './sources.mjs';
import { tryFiles } from './try.mjs';
import { verify } from './verify.mjs';

class UsageError extends UserError {
  constructor(message) {
    super(`${message} (see scripts/regenerate --help)`, 2);
  }
}

const FLAG = { type: 'boolean' };
const TEXT = { type: 'string' };
const OPTIONS = {
  ...{ check: FLAG, try: FLAG, verify: FLAG, model: { ...TEXT, multiple: true }, drift: FLAG },
  ...{ 'dry-run': FLAG, 'accept-breaking': FLAG, spend: FLAG, 'base-url': TEXT },
};

/** For each command the options that it accepts, and whether it takes files. */
const COMMANDS = {
  import: { run: runImport, options: ['dry-run', 'accept-breaking'], files: true },
  generate: { run: runGenerate, options: [], files: false },
  check: { run: runCheck, options: ['check'], files: false },
  try: { run: tryFiles, options: ['try'], files: true },
  model: { run: runModel, options: ['model', 'base-url', 'dry-run', 'accept-breaking'], files: false },
  drift: { run: drift, options: ['drift', 'base-url'], files: false },
  verify: { run: verify, options: ['verify', 'base-url', 'spend'], files: false },
};

/** The command line as `{ name, files, options }`. */
function parsed(args) {
  const { values: options, positionals: files, tokens } = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  for (const { name, rawName, value } of tokens.filter(({ kind }) => kind === 'option')) {
    if (!OPTIONS[name]) throw new UsageError(`unknown option ${rawName}`);
    if ((OPTIONS[name].type === 'string') !== (value !== undefined)) throw new UsageError(`${rawName} ${value === undefined ? 'needs a value' : 'takes no value'}`);
  }
  const modes = Object.keys(COMMANDS).filter((mode) => options[mode]);
  if (modes.length > 1) throw new UsageError(`--${modes.join(' and --')} cannot be combined`);
  const name = modes[0] ?? (files.length > 0 ? 'import' : 'generate');
  const [other] = Object.keys(options).filter((option) => !COMMANDS[name].options.includes(option));
  if (other && modes[0]) throw new UsageError(`--${name} and --${other} cannot be combined`);
  if (other) throw new UsageError(`--${other} needs ${neededFor(other)}`);
  if (modes[0] && COMMANDS[name].files !== files.length > 0) throw new UsageError(`--${name} ${files.length > 0 ? 'takes no' : 'needs a'} file`);
  return { name, files, options };
}

/** What an option cannot do without, for the message. */
function neededFor(option) {
  const names = Object.keys(COMMANDS).filter((name) => COMMANDS[name].options.includes(option));
  return names.map((name) => (name === 'import' ? 'a file' : `--${name}`)).join(' or ');
}

function runImport(paths, options) {
  return importFiles(paths.map((path) => ({ name: path, text: readInput(path) })), options);
}

async function runModel(files, { model: names, ...options }) {
  return importFiles(await filesOf(names, options), options);
}

/** Imports files, and writes everything or nothing. */
async function importFiles(files, { 'dry-run': dryRun, 'accept-breaking': accept }) {
  const sources = load();
  const before = await generate(sources);
  const next = imported(sources, files, print);
  const after = await generate(next.sources, before.contract);
  reportRepairs(next.names, after);
  const breaking = reportChanges(before.client, after.client);
  const generated = generatedFiles(after);
  const problems = problemsOf(after.contract, generated);
  if (problems.length > 0) throw new UserError('the new contract has problems, nothing written:', undefined, problems);
  if (breaking > 0 && !accept) {
    printError(`regenerate: ${breaking} breaking change${breaking > 1 ? 's' : ''} (!), nothing written; to accept, add --accept-breaking`);
    return 3;
  }
  const documents = next.sources.documented.filter(({ name }) => next.names.includes(name)).map(({ name, text }) => [`documented/${name}`, text]);
  if (dryRun) print('nothing written');
  else write(new Map([...documents, ...generated]));
  return 0;
}

function reportRepairs(names, { tallies, notes }) {
  const tally = new Tally();
  for (const name of names) tally.addAll(tallies.get(name));
  for (const line of tally.lines()) print(line);
  for (const note of notes) print(`note: ${note}`);
}

/** Prints the changes for a caller; returns how many of them break callers. */
function reportChanges(before, after) {
  const changes = changesBetween(before, after);
  for (const { text } of changes) print(text);
  if (changes.length === 0) print('no changes for callers');
  return changes.filter(({ breaking }) => breaking).length;
}

async function runGenerate() {
  const sources = load();
  const { contract } = await assemble(structuredClone(sources));
  const generated = await generate(sources, contract);
  const files = generatedFiles(generated);
  const problems = problemsOf(generated.contract, files);
  if (problems.length > 0) throw new UserError('openapi/aiml-video.yaml would have problems, nothing written:', undefined, problems);
  for (const note of generated.notes) print(`note: ${note}`);
  write(files);
  print('openapi/aiml-video.yaml is up to date and has no lint problems');
  return 0;
}

async function runCheck() {
  const generated = await generate(load());
  const files = generatedFiles(generated);
  const outdated = [...files].filter(([name, text]) => differs(name, text));
  for (const [name] of outdated) printError(`regenerate: openapi/${name} is out of date; run scripts/regenerate`);
  const problems = problemsOf(generated.contract, files);
  problems.forEach(printError);
  if (outdated.length > 0 || problems.length > 0) return 1;
  print('openapi/aiml-video.yaml is up to date and has no lint problems');
  return 0;
}

/** The problems of the contract, with the file and line of what causes them, if people edit it. */
function problemsOf(contract, files) {
  const examples = requestExampleProblems(contract);
  // for an example the linter reports the violations of each model
  const others = lint(files.get('aiml-video.yaml')).filter((problem) => !examples.some(({ pointer }) => `${problem.pointer}/`.startsWith(`${pointer}/`)));
  return [...examples, ...others].map(({ pointer, text }) => [placeOf(pointer), text].filter(Boolean).join(': '));
}

/** Prints the difference between a file and what its sources give. */
function differs(name, text) {
  const args = ['-u', '--label', `openapi/${name}`, '--label', 'generated from its sources', join(OPENAPI, name), '-'];
  return spawnSync('diff', args, { input: text, stdio: ['pipe', 'inherit', 'inherit'] }).status !== 0;
}

/** Writes each file completely before the first one replaces another. */
function write(files) {
  const parts = [...files].map(([name, text]) => ({ file: join(OPENAPI, name), part: join(OPENAPI, `${name}.part`), text }));
  try {
    for (const { part, text } of parts) writeFileSync(part, text);
    for (const { part, file } of parts) renameSync(part, file);
  } finally {
    for (const { part } of parts) rmSync(part, { force: true });
  }
}

let command;
try {
  command = parsed(process.argv.slice(2));
  process.exitCode = await COMMANDS[command.name].run(command.files, command.options);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  [`regenerate: ${error.message}`, ...error.lines].forEach(printError);
  process.exitCode = error.exitCode ?? (['import', 'model'].includes(command.name) ? 2 : 1);
}
