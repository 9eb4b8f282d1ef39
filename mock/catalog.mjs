// The catalogue: the models of catalog.json, and those of the contract that are not in it. Their prices are what creates cost.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isAmount } from './script.mjs';

/** The type of models that make videos. */
const VIDEO = 'internal/video-generations/submit';

/** What a create costs whose price the catalogue does not tell, in US dollars. */
const UNKNOWN_PRICE = 0.28;

/** How many seconds a video has if the request does not say. */
const SECONDS = 5;

const OPTIONAL = ['pricing', 'modalities', 'capabilities'];
const DOCUMENTS = process.env.MODEL_DOCUMENTS ? `${process.env.MODEL_DOCUMENTS}/` : fileURLToPath(new URL('../openapi/documented/', import.meta.url));

const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const known = JSON.parse(read('catalog.json'));
const models = [...known, ...modelsOf(read('../openapi/mock.yaml')).filter((id) => !find(known, id)).map(unlisted)];

/** The models of the contract; each has a path that begins with its name in Base64. */
function modelsOf(yaml) {
  return [...yaml.matchAll(/^ {2}\/([\w-]+)\/v2\/video\/generations:$/gm)].map(([, name]) => Buffer.from(name, 'base64url').toString());
}

function unlisted(id) {
  const modalities = { input: ['text'], output: ['video'] };
  return { id, aliases: [], type: VIDEO, info: { name: id, developer: id.split('/')[0] }, tags: [], modalities, capabilities: [], pricing: { kind: 'variable' } };
}

/** The model with this id or alias. */
function find(list, name) {
  return list.find(({ id, aliases }) => id === name || aliases.includes(name));
}

/** The model with the prices of this session; undefined if there is none. */
function modelIn(session, name) {
  const model = find(models, name);
  return model && priced(model, session.account.prices);
}

/** A price of the session replaces that of the catalogue; null removes it. */
function priced(model, prices) {
  const { pricing, ...rest } = model;
  const own = Object.hasOwn(prices, model.id) ? prices[model.id] : pricing;
  return own === null ? rest : { ...rest, pricing: own };
}

/** The models that the filters of a query select, with the sections that it includes. */
export function selected(session, query, base) {
  const list = models.filter((model) => Object.entries(FILTERS).every(([name, valuesOf]) => matches(query, name, valuesOf(model))));
  return { object: 'list', data: list.map((model) => shown(priced(model, session.account.prices), valuesOf(query, 'include'), base)) };
}

/** The model with this name as a response, with all sections; undefined if there is none. */
export function single(session, name, base) {
  const model = modelIn(session, name);
  return model && { object: 'model', data: shown(model, ['all'], base) };
}

const FILTERS = {
  id: ({ id, aliases }) => [id, ...aliases],
  type: ({ type }) => [type],
  tags: ({ tags }) => tags,
  modalities: ({ modalities }) => [...modalities.input, ...modalities.output],
  input_modalities: ({ modalities }) => modalities.input,
  output_modalities: ({ modalities }) => modalities.output,
  capabilities: ({ capabilities }) => capabilities,
};

/** Values of one filter, repeated or separated by commas, are alternatives. */
const valuesOf = (query, name) => query.getAll(name).flatMap((value) => value.split(',')).map((value) => value.trim().toLowerCase()).filter(Boolean);

function matches(query, name, values) {
  const wanted = valuesOf(query, name);
  return wanted.length === 0 || values.some((value) => wanted.includes(value.toLowerCase()));
}

function shown(model, included, base) {
  const result = structuredClone(model);
  for (const section of OPTIONAL) if (!included.includes('all') && !included.includes(section)) delete result[section];
  const link = `${base}/docs-json?model=${encodeURIComponent(model.id)}&endpoint=${encodeURIComponent(model.type)}`;
  if (documentOf(model.id, model.type)) result.info.docsJson = link;
  return result;
}

/** The OpenAPI document of a model as it is published; undefined where there is none. */
export function documentOf(name, type) {
  const { id = name } = find(models, name) ?? {};
  return type === VIDEO ? documents().get(id) : undefined;
}

/** The published documents by model. They are read again each time, because an import changes them; the jar has none. */
function documents() {
  const names = existsSync(DOCUMENTS) ? readdirSync(DOCUMENTS).filter((name) => name.endsWith('.create.json')) : [];
  return new Map(names.map((name) => readFileSync(DOCUMENTS + name, 'utf8')).map((text) => [modelOf(JSON.parse(text)), text]));
}

/** The model of a document is the only value of the property `model` of its request. */
function modelOf(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  const model = value.properties?.model;
  return model?.enum?.[0] ?? model?.const ?? Object.values(value).map(modelOf).find(Boolean);
}

/** An ETag for a body. */
export const etagOf = (body) => `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`;

/** What a create costs, in US dollars. */
export function costOf(session, body) {
  try {
    const cost = priceOf(modelIn(session, body.model).pricing, body);
    return isAmount(cost) && Number.isFinite(cost) ? cost : UNKNOWN_PRICE;
  } catch {
    return UNKNOWN_PRICE; // the catalogue does not have the model, or a test has given it a price of an odd shape
  }
}

/** The price of a request; undefined if it cannot be computed. */
function priceOf({ kind, units, variants }, body) {
  if (kind === 'fixed') return units.length === 1 ? total(units[0].name, units[0], body) : undefined;
  if (kind !== 'variants') return undefined;
  const fits = ({ when = {} }) => Object.entries(when).every(([name, value]) => body[name] === undefined || String(body[name]) === String(value));
  const variant = variants.find(fits); // the first one is for requests that leave the parameters open
  return total(variant.unit, variant, body);
}

const total = (unit, { price, per = 1 }, body) => (price * (unit === 'second' ? Number(body.duration ?? SECONDS) : 1)) / per;
