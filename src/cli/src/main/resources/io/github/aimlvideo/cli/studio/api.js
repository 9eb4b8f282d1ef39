import {keep, recall} from './tab.js';

/** A request that failed: `status` 0 means that the studio did not respond. */
export class ApiError extends Error {
  constructor(status, message, body = {}) {
    super(sentence(message));
    this.status = status;
    this.body = body;
  }
}

/** The studio's messages as sentences; one that begins with the name of a parameter keeps it as it is. */
function sentence(text) {
  const start = /^[a-z]+[ ,;]/.test(text) ? text[0].toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** All images that the studio knows, by id. */
const images = new Map();

function remember(info) {
  images.set(info.id, info);
  return info;
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, 'The studio does not respond.');
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  throw new ApiError(response.status, body.message ?? `The studio responded with HTTP ${response.status}.`, body);
}

const json = async (path, options) => (await call(path, options)).json();

function post(body, signal) {
  return {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body), signal};
}

function withImages(imported) {
  Object.values(imported.images ?? {}).forEach(remember);
  return imported.request;
}

/** A request as the studio sends it, with what is known of its images. */
function exported(request) {
  const text = JSON.stringify(request);
  const used = [...images].filter(([, info]) => text.includes(JSON.stringify(api.valueOf(info))));
  return {request, images: Object.fromEntries(used)};
}

const generation = name => `generations/${encodeURIComponent(name)}`;

function sent(blob) {
  return {method: 'POST', headers: {'Content-Type': blob.type || 'application/octet-stream'}, body: blob};
}

const upload = async (blob, name) => remember(await json(`images?name=${encodeURIComponent(name)}`, sent(blob)));

export const api = {
  async state() {
    const state = await json('state');
    if (state.image) remember(state.image);
    return state;
  },
  forms: async () => (await json('forms.json')).models,

  upload,
  uploadUrl: async url => remember(await json(`images?url=${encodeURIComponent(url)}`, {method: 'POST'})),
  imageBytes: async info => (await call(`images/${info.id}`)).blob(),
  imageUrl: info => `images/${info.id}`,
  /** What an image value of a request stands for, if the studio has it. */
  image: value => [...images.values()].find(({id, url}) => value === `image:${id}` || value && value === url),
  /** An image as a value of a request. */
  valueOf: info => info.url ?? `image:${info.id}`,

  /** The request that this tab had before it was loaded again. */
  draft: () => withImages(recall('draft') ?? {}),
  keepDraft(request) {
    keep('draft', undefined); // the one before must not stay if this one is too large
    keep('draft', exported(request));
  },

  check: (request, name, signal) => json('check', post({request, name}, signal)),
  quote: (request, signal) => json('quote', post({request}, signal)),
  archive: async (request, name) => (await call('archive', post({request, name}))).blob(),
  import: async file => withImages(await json('import', sent(file))),

  generate: (name, request, price) => json('generations', post({name, request, price})),
  quoteOf: name => json(`${generation(name)}/quote`),
  retry: (name, attempts, price) => call(`${generation(name)}/retry?${new URLSearchParams({attempts, price})}`, post({})),
  resume: name => call(`${generation(name)}/resume`, post({})),
  remove: name => call(`${generation(name)}/remove`, post({})),
  resubmit: (name, attempts, price) => call(`${generation(name)}/resubmit?${new URLSearchParams({attempts, price})}`, post({})),
  request: async name => withImages(await json(`${generation(name)}/request`)),
  videoUrl: name => `${generation(name)}/video`,
  posterUrl: name => `${generation(name)}/image`,
};
