#!/usr/bin/env node
// A life for each generation of the mock. Prism judges every request and gives every body, but keeps no state; this proxy
// before it gives each create an id of its own, lets it be queued, generating and completed as time goes by, and serves the
// film. No dependencies, Node 18.20 or later.
//
//   PRISM               where Prism is                          http://127.0.0.1:4011
//   HOST, PORT          where to listen; port 0 takes a free one   127.0.0.1, 4010
//   QUEUED, GENERATING  seconds in each of these states         2, 4
//   END                 how each generation ends: completed or error   completed
//
// A create can bring a life of its own in the headers X-Mock-Queued, X-Mock-Generating and X-Mock-End. A request with a Prefer
// header (`Prefer: code=429`) gets what that asks of Prism.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';

const env = process.env;
const prism = new URL(env.PRISM ?? 'http://127.0.0.1:4011');
const host = env.HOST ?? '127.0.0.1';
const port = Number(env.PORT ?? 4010);
const life = { queued: env.QUEUED ?? 2, generating: env.GENERATING ?? 4, end: env.END ?? 'completed' };
const film = readFileSync(new URL('sample.mp4', import.meta.url));

const GENERATIONS = '/v2/video/generations';
const LEGACY = '/v2/generate/video/kling/generation';
const FILM = '/sample.mp4';

/** Texts beyond this are pictures in Base64; Prism needs only their beginning, and takes no more than 10 MB. */
const LONG_TEXT = 10_000;
const LARGEST_BODY = 400 * 1024 * 1024;

/** When each generation was created, and what becomes of it, by id. */
const generations = new Map();

/** Names what is wrong with a life, if anything is. */
function faultOf({ queued, generating, end }) {
  if (!(queued >= 0)) return `queued must be a number of seconds: ${queued}`;
  if (!(generating >= 0)) return `generating must be a number of seconds: ${generating}`;
  return ['completed', 'error'].includes(end) ? null : `the end must be completed or error: ${end}`;
}

function fail(message) {
  console.error(`mock: ${message}`);
  process.exit(2);
}

async function answer(request, response) {
  const url = new URL(request.url, 'http://mock');
  if (url.pathname === FILM) return serveFilm(request, response);
  if (url.pathname === LEGACY) url.pathname = GENERATIONS;
  const body = await readBody(request);
  if (body === null) return send(response, 413, {}, 'the body is larger than the mock takes\n');
  if (url.pathname === GENERATIONS && request.method === 'POST') return create(request, response, url, body);
  if (url.pathname === GENERATIONS && request.method === 'GET') return retrieve(request, response, url);
  return relay(response, await ask(request, url, body));
}

async function create(request, response, url, body) {
  const asked = (name) => request.headers[`x-mock-${name}`] ?? life[name];
  const own = { queued: asked('queued'), generating: asked('generating'), end: asked('end') };
  if (faultOf(own)) return send(response, 400, {}, `${faultOf(own)}\n`);
  const reply = await ask(request, url, shorten(body), 'code=200, example=queued');
  if (!reply.ok) return relay(response, reply);
  const id = randomBytes(16).toString('base64url').slice(0, 21);
  generations.set(id, { createdAt: Date.now(), ...own });
  return relay(response, reply, id, filmUrl(request));
}

async function retrieve(request, response, url) {
  const id = url.searchParams.get('generation_id');
  const known = id === null || generations.has(id); // without an id, Prism says what is wrong
  const reply = await ask(request, url, undefined, known ? `code=200, example=${stateOf(generations.get(id))}` : 'code=404');
  return relay(response, reply, reply.ok ? id : undefined, filmUrl(request));
}

function stateOf({ createdAt, queued, generating, end } = life) {
  const age = (Date.now() - createdAt) / 1000;
  if (age < Number(queued)) return 'queued';
  return age < Number(queued) + Number(generating) ? 'generating' : end;
}

/** Asks Prism; what the caller prefers goes before what the life of the generation wants. */
function ask(request, url, body, prefer) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (!['host', 'connection', 'content-length', 'transfer-encoding', 'expect'].includes(name)) headers.set(name, value);
  }
  if (prefer && !headers.has('prefer')) headers.set('prefer', prefer);
  const target = new URL(url.pathname + url.search, prism);
  return fetch(target, { method: request.method, headers, body: body?.length ? body : undefined, redirect: 'manual' });
}

/** Passes Prism's answer on, under the id of this generation and with a link to the film that is here. */
async function relay(response, reply, id, link) {
  const headers = Object.fromEntries(reply.headers);
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive']) delete headers[name];
  const traced = response.req.headers['x-client-request-id'];
  if (traced) headers['x-client-request-id'] = traced;
  let body = await reply.text();
  if (id) {
    const generation = { ...JSON.parse(body), id };
    if (generation.video) generation.video.url = link;
    body = JSON.stringify(generation);
    headers['x-inference-id'] = id;
  }
  return send(response, reply.status, headers, body);
}

/** Cuts long texts short, wherever they stand; what is no JSON is for Prism to refuse. */
function shorten(body) {
  if (body.length < LONG_TEXT) return body;
  try {
    const cut = (key, value) => (typeof value === 'string' && value.length > LONG_TEXT ? value.slice(0, 1000) : value);
    return Buffer.from(JSON.stringify(JSON.parse(body, cut)));
  } catch {
    return body;
  }
}

async function readBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= LARGEST_BODY) chunks.push(chunk);
  }
  return length <= LARGEST_BODY ? Buffer.concat(chunks) : null;
}

const filmUrl = (request) => `http://${request.headers.host ?? `${host}:${port}`}${FILM}`;

/** The film, whole or the one range that was asked for (RFC 9110, section 14). */
function serveFilm(request, response) {
  const headers = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes' };
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range || (range[1] === '' && range[2] === '')) return send(response, 200, headers, film, request.method);
  const first = range[1] === '' ? Math.max(0, film.length - Number(range[2])) : Number(range[1]);
  const last = range[1] === '' || range[2] === '' ? film.length - 1 : Math.min(Number(range[2]), film.length - 1);
  if (first > last) return send(response, 416, { ...headers, 'content-range': `bytes */${film.length}` }, '', request.method);
  headers['content-range'] = `bytes ${first}-${last}/${film.length}`;
  return send(response, 206, headers, film.subarray(first, last + 1), request.method);
}

function send(response, status, headers, body, method) {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? undefined : body);
}

/** Prism takes two seconds to start; nothing is promised before it is there. */
async function waitForPrism() {
  for (let tries = 0; tries < 300; tries++) {
    const there = await new Promise((resolve) => {
      const socket = connect(Number(prism.port), prism.hostname, () => resolve(true)).on('error', () => resolve(false));
      socket.unref();
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  fail(`no Prism at ${prism.origin}`);
}

if (faultOf(life)) fail(faultOf(life));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
await waitForPrism();
const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(`mock: ${request.method} ${request.url}: ${error.cause ?? error}`);
    if (!response.headersSent) send(response, 502, {}, 'the mock cannot reach Prism\n');
    else response.destroy();
  });
});
server.on('error', (error) => fail(error.code === 'EADDRINUSE' ? `port ${port} is taken: choose another one` : error.message));
server.listen(port, host, () => console.log(`mock: listening on http://127.0.0.1:${server.address().port}`));
