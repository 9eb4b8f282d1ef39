// The vendor's catalogue of models, and the document that it names for each of them.
import { own, UserError } from './schemas.mjs';
import { readJson, ServerError } from './server.mjs';
import { SERVER } from './vendor-documents.mjs';

const NEAREST = 3;
const MAX_NAME = 150;
const MAX_URL = 2000;

/** The models that a server lists, or those with this id or alias, as `{ id, names, type, docsJson }`; `names` are id and aliases. */
export async function listedModels(server, name, limits) {
  const url = `${server}/v1/models${name === undefined ? '' : `?id=${encodeURIComponent(name)}`}`;
  const { value } = await readJson(url, limits);
  const list = own(value, 'data');
  if (!Array.isArray(list)) throw new ServerError(`${url}: the response has no list of models in "data"; try again later`);
  return list.map(modelOf).filter(Boolean);
}

/** An entry of the catalogue; undefined if it has no id, which nobody could ask for. */
function modelOf(entry) {
  const [id, aliases, type] = ['id', 'aliases', 'type'].map((key) => own(entry, key));
  if (!isName(id)) return undefined;
  const names = [id, ...(Array.isArray(aliases) ? aliases.filter(isName) : [])];
  return { id, names, type: typeof type === 'string' ? type : undefined, docsJson: own(own(entry, 'info'), 'docsJson') };
}

const isName = (value) => typeof value === 'string' && value !== '' && value.length <= MAX_NAME;

export const isVideo = ({ type }) => type === undefined || /video/i.test(type);

/** The video model with this id, else with this alias; undefined if there is none. */
export function modelNamed(name, models) {
  const exact = models.filter(({ id }) => id === name);
  const found = exact.length > 0 ? exact : models.filter(({ names }) => names.includes(name));
  if (found.length === 0) return undefined;
  const videos = found.filter(isVideo);
  if (videos.length === 0) throw new UserError(`${name} is not a video model, its type is ${found[0].type.slice(0, MAX_NAME)}; choose a video model`, 2);
  const ids = [...new Set(videos.map(({ id }) => id))];
  if (ids.length > 1) throw new UserError(`${name} is an alias of ${ids.slice(0, NEAREST).join(' and ')}; give one of these`, 2);
  return videos[0];
}

/** Fetches the document of a model as a file to import. `name` is the name by which the user, or the contract, knows the model. */
export async function publishedFile(name, model, server, limits) {
  const { text } = await readJson(documentUrl(model, server), limits);
  return { name: `${model.id} (docsJson)`, text, model: { id: model.id, names: [name, ...model.names] } };
}

/** Where the document is: `server` stands for the API. Another origin might publish anything. */
function documentUrl({ id, docsJson }, server) {
  if (typeof docsJson !== 'string' || docsJson.length > MAX_URL) throw new ServerError(`the catalogue names no document of ${id} in info.docsJson; import a file instead`);
  const { origin, pathname, search } = URL.canParse(docsJson, SERVER) ? new URL(docsJson, SERVER) : { origin: docsJson };
  if (origin === SERVER) return server + pathname + search;
  if (origin === new URL(server).origin) return origin + pathname + search;
  throw new ServerError(`the catalogue names a document of ${id} outside the API, at ${docsJson.slice(0, MAX_NAME)}, which is not read; import a file instead`);
}

/** The names of video models that are most like this one, for a message. */
export function nearestNames(name, models) {
  const names = [...new Set(models.filter(isVideo).flatMap((model) => model.names))];
  const ranked = names.map((other) => ({ other, distance: distance(name.toLowerCase(), other.toLowerCase()) })).sort((a, b) => a.distance - b.distance);
  return ranked.slice(0, NEAREST).map(({ other }) => other).join(', ');
}

/** How many characters must be added, removed or replaced to make one text of the other. */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
