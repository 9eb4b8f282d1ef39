// scripts/regenerate --model and --drift: the documents that the vendor's catalogue names, and how they differ from the contract.
import { isVideo, listedModels, modelNamed, nearestNames, publishedFile } from './catalogue.mjs';
import { changesBetween } from './changes.mjs';
import { generate } from './generate.mjs';
import { print } from './output.mjs';
import { equal, UserError } from './schemas.mjs';
import { checkedUrl, ServerError } from './server.mjs';
import { documentedModels, imported, load } from './sources.mjs';
import { ADDRESS, publishedOf, SERVER } from './vendor-documents.mjs';

/** The document of each model that the user named, as files to import. */
export async function filesOf(names, { 'base-url': baseUrl = SERVER }) {
  const server = checkedUrl(baseUrl);
  const files = [];
  for (const name of names) {
    if (name === '') throw new UserError('--model is empty; give the id or an alias of a model', 2);
    const model = modelNamed(name, await listedModels(server, name));
    if (!model) throw new UserError(`the catalogue does not have the model ${name}; ${suggestion(name, await listedModels(server))}`, 2);
    if (model.id !== name) print(`${name} is an alias of ${model.id}`);
    files.push(await publishedFile(name, model, server));
  }
  return files;
}

const suggestion = (name, models) => (models.some(isVideo) ? `the nearest are ${nearestNames(name, models)}` : 'it lists no video model');

/** Prints for each model of the contract what changed for callers; writes nothing; returns the exit code. */
export async function drift(files, { 'base-url': baseUrl = SERVER }) {
  const server = checkedUrl(baseUrl);
  const sources = load();
  const models = await listedModels(server);
  if (!models.some(isVideo)) throw new ServerError(`${server}/v1/models: the catalogue lists no video model; try again later`);
  const comparison = new DriftComparison(server, models, sources, await generate(sources));
  for (const name of documentedModels(sources).keys()) await comparison.compare(name);
  await comparison.compareAll();
  return comparison.conclude();
}

/** What the documents say, however they are written. */
const operationsIn = ({ documented }) => documented.map(({ name, document }) => [name, pathOf(document), publishedOf(document, name)]);

const pathOf = (document) => Object.keys(document.paths)[0];

/** The client sends everything to ADDRESS, so another path is not among the changes of the client's view. */
function moves(before, after) {
  const old = new Map(before.documented.map(({ name, document }) => [name, pathOf(document)]));
  const moved = after.documented.filter(({ name, document }) => old.has(name) && old.get(name) !== pathOf(document));
  return moved.map(({ name, document }) => {
    const breaking = pathOf(document) !== ADDRESS;
    return { text: `${breaking ? '!' : '*'} ${name.split('.').at(-2)} published at ${pathOf(document)}, no longer at ${old.get(name)}`, breaking };
  });
}

class DriftComparison {
  seen = new Set();
  counts = { all: 0, changed: 0, breaking: 0, failed: 0 };

  constructor(server, models, sources, before) {
    Object.assign(this, { server, models, sources, before, newest: sources });
  }

  async compare(name) {
    this.counts.all++;
    await this.attempt(name, async () => {
      const model = modelNamed(name, this.models);
      if (!model) return this.report(name, [{ text: `! no longer in the catalogue; ${suggestion(name, this.models)}`, breaking: true }]);
      const file = await publishedFile(name, model, this.server);
      const next = imported(this.sources, [file], () => {}).sources;
      const title = model.id === name ? name : `${name} (an alias of ${model.id})`;
      if (equal(operationsIn(next), operationsIn(this.sources))) return print(`${title}: unchanged`);
      this.report(title, [...moves(this.sources, next), ...(await this.changesTo(next))]);
      this.newest = imported(this.newest, [file], () => {}).sources;
    });
  }

  /** A response lacks a property only when all documents lack it. */
  compareAll() {
    return this.attempt('all models together', async () => {
      const changes = (await this.changesTo(this.newest)).filter(({ text }) => !this.seen.has(text));
      if (changes.length > 0) this.report('all models together', changes);
    });
  }

  /** An error of one comparison does not stop the others. */
  async attempt(title, work) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.counts.failed++;
      print(`${title}: cannot be compared: ${error.message}`);
    }
  }

  async changesTo(sources) {
    return changesBetween(this.before.client, (await generate(sources, this.before.contract)).client);
  }

  report(title, changes) {
    print(`${title}: ${changes.length === 0 ? 'changed in words only, no changes for callers' : 'changed'}`);
    for (const { text } of changes) {
      print(`  ${text}`);
      this.seen.add(text);
    }
    if (changes.length > 0) this.counts.changed++;
    if (changes.some(({ breaking }) => breaking)) this.counts.breaking++;
  }

  conclude() {
    const { all, changed, breaking, failed } = this.counts;
    if (failed > 0) print(`not everything could be compared (${failed} failed)`);
    if (changed > 0) print(`the API has changed${breaking > 0 ? ', callers would break (!)' : ', no caller would break'}; import a document with: scripts/regenerate --model NAME`);
    else if (failed === 0) print(`no changes for callers in ${all} model${all === 1 ? '' : 's'}`);
    if (breaking > 0) return 3;
    return failed > 0 ? 5 : 0;
  }
}
