#!/usr/bin/env node
// A life for each generation of the mock. Prism judges every request and gives every body, but keeps no state; this proxy
// before it gives each create an id of its own, lets it be queued, generating and completed as time goes by, and serves the
// film. No dependencies, Node 18.20 or later.
//
//   PRISM               where Prism is; if not set, it is started here and ends with this program
//   PRISM_HOME          the folder in whose node_modules Prism is, to start it   that of this file
//   HOST, PORT          where to listen; port 0 takes a free one           127.0.0.1, 4010
//   QUEUED, GENERATING  seconds in each of these states                    2, 4
//   END                 how each generation ends: completed or error       completed
//   UNTIL_EOF           if set, this program ends when its standard input does
//
// A create can bring a life of its own in the headers X-Mock-Queued, X-Mock-Generating and X-Mock-End. A request with a Prefer
// header (`Prefer: code=429`) gets what that asks of Prism. Tests script lives, faults included, and read what was created:
//
//   POST   /mock/lives    the life of the next generation, or of the next after those that wait already; see life.mjs
//   GET    /mock/lives    those that no create has begun
//   GET    /mock/creates  the creates that were accepted: generationId, clientRequestId, model, body
//   DELETE /mock          forgets lives, creates and generations
//
// Exit codes: 0 ended by a signal, 2 a setting is wrong or the port taken, 5 there is no Prism.
import { createServer } from 'node:http';
import { serveFilm } from './film.mjs';
import { fail, parse, readBody, send, sendHalf } from './http.mjs';
import { faultOf, faultOfScript, Life, plainLife } from './life.mjs';
import { Prism, refusalOf, shorten, startPrism } from './prism.mjs';
import { roomAt } from './room.mjs';

const env = process.env;
const host = env.HOST ?? '127.0.0.1';
const port = Number(env.PORT ?? 4010);
const settings = { queued: env.QUEUED ?? 2, generating: env.GENERATING ?? 4, end: env.END ?? 'completed' };

const GENERATIONS = '/v2/video/generations';
const LEGACY = '/v2/generate/video/kling/generation';
const LOGS = '/v2/logs';
const FILM = '/sample.mp4';

/** The statuses of which the contract has an example. */
const EXAMPLES = ['queued', 'generating', 'completed', 'error'];

async function answer(request, response) {
  const url = new URL(request.url, 'http://mock');
  const { room, prefix, path } = roomAt(url.pathname);
  url.pathname = path === LEGACY ? GENERATIONS : path;
  if (path === FILM) return download(request, response, room, url.searchParams.get('generation'));
  const body = await readBody(request);
  if (body === null) return send(response, 413, {}, 'the body is larger than the mock takes\n');
  const call = `${request.method} ${url.pathname}`;
  if (/^\/mock(\/|$)/.test(path)) return control(response, room, call, body);
  if (call === `POST ${GENERATIONS}`) return create(request, response, room, url, body);
  if (call === `GET ${GENERATIONS}`) return look(request, response, room, url, prefix);
  if (call === `GET ${LOGS}`) return logs(request, response, room, url);
  return relay(request, response, await prism.ask(request, url, body));
}

/** What tests say and ask. */
function control(response, room, call, body) {
  const tell = (value) => send(response, 200, { 'content-type': 'application/json' }, JSON.stringify(value));
  switch (call) {
    case 'POST /mock/lives':
      return addLife(response, room, body);
    case 'GET /mock/lives':
      return tell(room.lives.map(({ script }) => script));
    case 'GET /mock/creates':
      return tell(room.creates());
    case 'DELETE /mock':
      room.forget();
      return send(response, 204, {}, '');
    default:
      return send(response, 404, {}, `no ${call}: there are POST and GET /mock/lives, GET /mock/creates, DELETE /mock\n`);
  }
}

function addLife(response, room, body) {
  const script = parse(body);
  const fault = script === undefined ? 'a life must be JSON' : faultOfScript(script);
  if (fault) return send(response, 400, {}, `${fault}\n`);
  room.lives.push(new Life(script));
  return send(response, 204, {}, '');
}

async function create(request, response, room, url, body) {
  const asked = (name) => request.headers[`x-mock-${name}`];
  const own = { queued: asked('queued') ?? settings.queued, generating: asked('generating') ?? settings.generating, end: asked('end') ?? settings.end };
  if (faultOf(own)) return send(response, 400, {}, `${faultOf(own)}\n`);
  const short = shorten(body);
  const reply = await prism.askForModel(request, url, short, 'code=200, example=queued');
  if (!reply.ok) return relay(request, response, reply);
  const clientRequestId = request.headers['x-client-request-id'];
  const isPlain = ['queued', 'generating', 'end'].some((name) => asked(name) !== undefined);
  const life = (isPlain ? undefined : room.lifeFor(clientRequestId)) ?? plainLife(own);
  await pause(life.delay);
  const fault = life.nextFault('create');
  if (fault && fault.fault !== 'answer lost') {
    room.refuse(life, clientRequestId);
    await reply.body?.cancel();
    return fault.fault === 'lost' ? cut(request, response) : refuse(request, response, url, short, fault);
  }
  const id = room.create(life, clientRequestId, parse(short));
  if (fault) {
    await reply.body?.cancel();
    return cut(request, response);
  }
  return relay(request, response, reply, (generation) => ({ ...generation, id }), { 'x-inference-id': id });
}

async function look(request, response, room, url, prefix) {
  const id = url.searchParams.get('generation_id');
  const { life, createdAt } = room.generations.get(id) ?? { life: plainLife(settings), createdAt: 0 };
  await pause(life.delay);
  const fault = life.nextFault('looks');
  if (fault?.fault === 'status') return refuse(request, response, url, undefined, fault);
  if (fault?.fault === 'garbled') return send(response, 200, { 'content-type': 'text/html' }, '<html><body>Bad gateway</body></html>');
  const now = life.at((Date.now() - createdAt) / 1000);
  const known = id === null || room.generations.has(id); // without an id, Prism says what is wrong
  const prefer = known ? `code=200, example=${EXAMPLES.includes(now.status) ? now.status : 'generating'}` : 'code=404';
  const reply = await prism.ask(request, url, undefined, prefer);
  if (fault) return cut(request, response, Buffer.from(await reply.text()));
  const link = `http://${request.headers.host ?? `${host}:${port}`}${prefix}${FILM}?generation=${id}`;
  return relay(request, response, reply, (body) => asItIs(body, id, now, link), reply.ok ? { 'x-inference-id': id } : {});
}

/** Prism's example as this generation, as it is now, with a link to the film that is here. */
function asItIs(body, id, { status, error }, link) {
  if (body.video) body.video.url = link;
  if (error) body.error = error;
  // what the caller prefers has the status that it has
  return EXAMPLES.includes(status) ? { ...body, id } : { ...body, id, status };
}

/** The creates of this room as calls of the account. */
async function logs(request, response, room, url) {
  const reply = await prism.ask(request, url, undefined, 'code=200, example=empty');
  const page = room.logs(Number(url.searchParams.get('limit') ?? 50), Number(url.searchParams.get('offset') ?? 0));
  return relay(request, response, reply, () => page);
}

/** The film, for whose generation something may be scripted. */
function download(request, response, room, id) {
  const fault = room.generations.get(id)?.life.nextFault('downloads');
  if (fault?.fault === 'status') return send(response, fault.status, retryAfter(fault), '', request.method);
  return serveFilm(request, response, Boolean(fault));
}

/** Refuses in the words of the contract, as far as it has some for that status. */
async function refuse(request, response, url, body, fault) {
  const reply = await prism.ask(request, url, body, `code=${fault.status}`);
  if (reply.status === fault.status) return relay(request, response, reply, undefined, retryAfter(fault));
  await reply.body?.cancel();
  const text = JSON.stringify({ status: fault.status, message: 'Refused as the test wants it' });
  return send(response, fault.status, { 'content-type': 'application/json', ...retryAfter(fault) }, text, request.method);
}

function retryAfter({ retryAfter: seconds }) {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

/** Breaks the connection: before any answer, or in the middle of this one. */
function cut(request, response, body) {
  console.log(`mock: ${request.method} ${request.url.slice(0, 100)} cut`);
  if (body === undefined) return request.socket.destroy();
  return sendHalf(response, 200, { 'content-type': 'application/json' }, body);
}

const pause = (milliseconds) => (milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : undefined);

/** Passes Prism's answer on: a good one as `change` makes it, a bad one with what is wrong instead of the example's words. */
async function relay(request, response, reply, change = (body) => body, extra = {}) {
  const headers = Object.fromEntries(reply.headers);
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive']) delete headers[name];
  const traced = request.headers['x-client-request-id'];
  if (traced) headers['x-client-request-id'] = traced;
  Object.assign(headers, extra);
  let body = await reply.text();
  if (reply.ok && body) {
    body = JSON.stringify(change(JSON.parse(body)));
  } else {
    body = refusalOf(body, headers['sl-violations']);
  }
  console.log(`mock: ${request.method} ${request.url.slice(0, 100)} ${reply.status}`);
  return send(response, reply.status, headers, body, request.method);
}

if (faultOf(settings)) fail(2, faultOf(settings));
if (env.UNTIL_EOF) process.stdin.on('error', () => process.exit(0)).on('end', () => process.exit(0)).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0));
const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(`mock: ${request.method} ${request.url}: ${error.cause ?? error}`);
    if (!response.headersSent) send(response, 502, {}, `the mock failed: ${error.cause ?? error}\n`);
    else response.destroy();
  });
});
server.on('error', ({ code, message }) => fail(2, code === 'EADDRINUSE' ? `port ${port} is taken: choose another one` : message));
const prism = await (env.PRISM ? new Prism(new URL(env.PRISM)) : await startPrism(env.PRISM_HOME)).wait();
server.listen(port, host, () => console.log(`mock: listening on http://127.0.0.1:${server.address().port}`));
