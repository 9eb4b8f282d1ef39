#!/usr/bin/env node
// A life for each generation of the mock. Prism judges every request and gives every body, but keeps no state; this proxy
// before it gives each create an id of its own, lets it be queued, generating and completed as time goes by, and serves the
// film. No dependencies, Node 18.20 or later.
//
//   PRISM               where Prism is; if not set, it is started here and ends with this program
//   HOST, PORT          where to listen; port 0 takes a free one           127.0.0.1, 4010
//   QUEUED, GENERATING  seconds in each of these states                    2, 4
//   END                 how each generation ends: completed or error       completed
//
// A create can bring a life of its own in the headers X-Mock-Queued, X-Mock-Generating and X-Mock-End. A request with a Prefer
// header (`Prefer: code=429`) gets what that asks of Prism.
// Exit codes: 0 ended by a signal, 2 a setting is wrong or the port taken, 5 there is no Prism.
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const env = process.env;
const host = env.HOST ?? '127.0.0.1';
const port = Number(env.PORT ?? 4010);
const life = { queued: env.QUEUED ?? 2, generating: env.GENERATING ?? 4, end: env.END ?? 'completed' };
const film = readFileSync(new URL('sample.mp4', import.meta.url));

const GENERATIONS = '/v2/video/generations';
const LEGACY = '/v2/generate/video/kling/generation';
const LOGS = '/v2/logs';
const FILM = '/sample.mp4';

/** Texts beyond this are pictures in Base64; Prism needs only their beginning, and takes no more than 10 MB. */
const LONG_TEXT = 10_000;
const LARGEST_BODY = 400 * 1024 * 1024;

/** When each generation was created, how, and what becomes of it, by id; the newest last. */
const generations = new Map();

/** Names what is wrong with a life, if anything is. */
function faultOf({ queued, generating, end }) {
  for (const [name, value] of Object.entries({ queued, generating })) {
    if (value === '' || !(Number(value) >= 0)) return `${name} must be a number of seconds: ${value}`;
  }
  return ['completed', 'error'].includes(end) ? null : `the end must be completed or error: ${end}`;
}

function fail(code, message) {
  console.error(`mock: ${message}`);
  process.exit(code);
}

async function answer(request, response) {
  const url = new URL(request.url, 'http://mock');
  if (url.pathname === FILM) return serveFilm(request, response);
  if (url.pathname === LEGACY) url.pathname = GENERATIONS;
  const body = await readBody(request);
  if (body === null) return send(response, 413, {}, 'the body is larger than the mock takes\n');
  if (url.pathname === GENERATIONS && request.method === 'POST') return create(request, response, url, body);
  if (url.pathname === GENERATIONS && request.method === 'GET') return retrieve(request, response, url);
  if (url.pathname === LOGS && request.method === 'GET') return logs(request, response, url);
  return relay(request, response, await ask(request, url, body));
}

async function create(request, response, url, body) {
  const asked = (name) => request.headers[`x-mock-${name}`] ?? life[name];
  const own = { queued: asked('queued'), generating: asked('generating'), end: asked('end') };
  if (faultOf(own)) return send(response, 400, {}, `${faultOf(own)}\n`);
  const reply = await askForModel(request, url, shorten(body), 'code=200, example=queued');
  const id = randomBytes(16).toString('base64url').slice(0, 21);
  if (reply.ok) generations.set(id, { createdAt: Date.now(), clientRequestId: request.headers['x-client-request-id'], ...own });
  return relay(request, response, reply, (generation) => withId(request, generation, id), { 'x-inference-id': id });
}

async function retrieve(request, response, url) {
  const id = url.searchParams.get('generation_id');
  const known = id === null || generations.has(id); // without an id, Prism says what is wrong
  const prefer = known ? `code=200, example=${stateOf(generations.get(id))}` : 'code=404';
  const reply = await ask(request, url, undefined, prefer);
  return relay(request, response, reply, (generation) => withId(request, generation, id), { 'x-inference-id': id });
}

/** The creates of this mock as calls of the account, the newest first. */
async function logs(request, response, url) {
  const reply = await ask(request, url, undefined, 'code=200, example=empty');
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const rows = [...generations].reverse().map(([id, { createdAt, clientRequestId, end }]) => ({
    created: new Date(createdAt).toISOString(),
    status: end === 'completed' ? 'succeeded' : 'failed',
    inference_id: id,
    client_request_id: clientRequestId,
  }));
  const page = { limit, offset, total: rows.length, has_more: offset + limit < rows.length };
  return relay(request, response, reply, () => ({ data: rows.slice(offset, offset + limit), pagination: page }));
}

function stateOf({ createdAt, queued, generating, end } = life) {
  const age = (Date.now() - createdAt) / 1000;
  if (age < Number(queued)) return 'queued';
  return age < Number(queued) + Number(generating) ? 'generating' : end;
}

/** Prism's example as this generation, with a link to the film that is here. */
function withId(request, generation, id) {
  if (generation.video) generation.video.url = `http://${request.headers.host ?? `${host}:${port}`}${FILM}`;
  return { ...generation, id };
}

/** Asks Prism at the address of the model, where its schema is alone; if it has none, at that of all. */
async function askForModel(request, url, body, prefer) {
  const model = modelIn(body);
  if (typeof model === 'string') {
    const own = new URL(`/${Buffer.from(model).toString('base64url')}${url.pathname}`, url);
    const reply = await ask(request, own, body, prefer);
    if (reply.status !== 404) return reply;
    await reply.body?.cancel();
  }
  return ask(request, url, body, prefer);
}

function modelIn(body) {
  try {
    return JSON.parse(body).model;
  } catch {
    return undefined; // for Prism to refuse
  }
}

/** Asks Prism; what the caller prefers goes before what the life of the generation wants. */
function ask(request, url, body, prefer) {
  const hop = /^(host|connection|keep-alive|te|trailer|upgrade|expect|content-length|transfer-encoding|proxy-.*)$/;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (!hop.test(name)) headers.set(name, value);
  if (prefer && !headers.has('prefer')) headers.set('prefer', prefer);
  const hasBody = body?.length && !['GET', 'HEAD'].includes(request.method);
  const target = new URL(url.pathname + url.search, prism);
  return fetch(target, { method: request.method, headers, body: hasBody ? body : undefined, redirect: 'manual' });
}

/** Passes Prism's answer on: a good one as `change` makes it, a bad one with what is wrong instead of the example's words. */
async function relay(request, response, reply, change = (body) => body, extra = {}) {
  const headers = Object.fromEntries(reply.headers);
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive']) delete headers[name];
  const traced = request.headers['x-client-request-id'];
  if (traced) headers['x-client-request-id'] = traced;
  let body = await reply.text();
  if (reply.ok && body) {
    body = JSON.stringify(change(JSON.parse(body)));
    Object.assign(headers, extra);
  } else if (body.startsWith('{')) {
    const faults = faultsIn(headers['sl-violations']);
    body = JSON.stringify(asItHappened(JSON.parse(body), faults));
  }
  console.log(`mock: ${request.method} ${request.url.slice(0, 100)} ${reply.status}`);
  return send(response, reply.status, headers, body, request.method);
}

/** What is wrong with a request. Of an unknown model Prism says what is wrong for every other, or that this is too much. */
function faultsIn(violations = '[]') {
  if (!violations.startsWith('[')) return [{ code: 'oneOf', location: ['request', 'body'], message: 'The request is for no model of the contract' }];
  return JSON.parse(violations);
}

function asItHappened(error, faults) {
  if (error.requestId) error.requestId = randomUUID();
  if (error.timestamp) error.timestamp = new Date().toISOString();
  if (faults.length > 0 && error.message) {
    error.message = Array.isArray(error.message) ? faults.map((fault) => fault.message) : faults[0].message;
    if (error.error?.data) error.error.data = faults.map(({ code, location, message }) => ({ code, path: location.slice(2), message }));
  }
  return error;
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

/** The film, whole or the one range that was asked for (RFC 9110, section 14). */
function serveFilm(request, response) {
  const headers = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes', etag: '"sample"' };
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  const [from, to] = range ? [range[1], range[2]] : ['', ''];
  const wrong = (from === '' && to === '') || (from !== '' && to !== '' && Number(from) > Number(to));
  if (wrong) return send(response, 200, headers, film, request.method);
  const first = from === '' ? Math.max(0, film.length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? film.length - 1 : Math.min(Number(to), film.length - 1);
  if (first > last) return send(response, 416, { ...headers, 'content-range': `bytes */${film.length}` }, '', request.method);
  headers['content-range'] = `bytes ${first}-${last}/${film.length}`;
  return send(response, 206, headers, film.subarray(first, last + 1), request.method);
}

function send(response, status, headers, body, method) {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? undefined : body);
}

/** Starts Prism on a free port. It ends with this program, even if that is killed, and this program ends with it. */
async function startPrism() {
  const cli = fileURLToPath(new URL('node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));
  if (!existsSync(cli)) fail(5, 'Prism is not installed: run npm ci --ignore-scripts in mock/');
  const free = await new Promise((resolve) => {
    const probe = createTcpServer().listen(0, '127.0.0.1', () => {
      const { port: found } = probe.address();
      probe.close(() => resolve(found));
    });
  });
  const orphan = 'const p=process.ppid;setInterval(()=>process.ppid===p||process.exit(),500).unref()';
  const contract = fileURLToPath(new URL('../openapi/mock.yaml', import.meta.url));
  const args = ['mock', '--port', free, '--multiprocess=false', '--verboseLevel', 'error', contract].map(String);
  const child = spawn(process.execPath, [`--import=data:text/javascript,${orphan}`, cli, ...args]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said = (said + text).slice(-4000)));
  child.on('exit', (code) => fail(5, `Prism ended with ${code}: ${said.trim()}`));
  process.on('exit', () => child.kill());
  return new URL(`http://127.0.0.1:${free}`);
}

/** Prism takes two seconds to start; nothing is promised before it is there. */
async function waitForPrism() {
  for (let tries = 0; tries < 300; tries++) {
    const there = await new Promise((resolve) => {
      const socket = connect(Number(prism.port || 80), prism.hostname)
        .on('connect', () => resolve(true))
        .on('error', () => resolve(false))
        .on('close', () => resolve(false));
      setTimeout(() => socket.destroy(), 1000).unref();
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  fail(5, `no Prism at ${prism.origin}`);
}

if (faultOf(life)) fail(2, faultOf(life));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0));
const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(`mock: ${request.method} ${request.url}: ${error.cause ?? error}`);
    if (!response.headersSent) send(response, 502, {}, `the mock failed: ${error.cause ?? error}\n`);
    else response.destroy();
  });
});
server.on('error', ({ code, message }) => fail(2, code === 'EADDRINUSE' ? `port ${port} is taken: choose another one` : message));
const prism = env.PRISM ? new URL(env.PRISM) : await startPrism();
await waitForPrism();
server.listen(port, host, () => console.log(`mock: listening on http://127.0.0.1:${server.address().port}`));
