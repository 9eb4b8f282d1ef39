#!/usr/bin/env node
// The mock server. Prism validates every request and supplies every response body, but keeps no state. This proxy in front of it
// gives each create an id of its own, moves the generation from queued to generating to completed, and serves the video. It has
// no dependencies and needs Node 18.20 or later.
//
//   PRISM               URL of a running Prism; without it, Prism is started here and ends with this program
//   PRISM_HOME          folder with the node_modules to start Prism from   the folder of this file
//   HOST, PORT          where to listen; port 0 takes a free one           127.0.0.1, 4010
//   QUEUED, GENERATING  seconds in each of these statuses                  2, 4
//   END                 status at the end: a terminal one of the contract  completed
//   UNTIL_EOF           if set, this program ends when its standard input does
//
// The headers X-Mock-Queued, X-Mock-Generating and X-Mock-End of a create override these settings. A request with a Prefer header,
// such as `Prefer: code=429`, gets the response that Prism has for it. Tests use these paths:
//
//   POST   /mock/scripts  adds a script for the next generation that has none; see script.mjs
//   GET    /mock/scripts  lists the scripts that no create has used yet
//   GET    /mock/creates  lists the creates that were accepted: generationId, clientRequestId, model, body
//   DELETE /mock          forgets scripts, creates and generations
//
// Exit codes: 0 ended by a signal or end of input, 2 invalid setting or port taken, 5 no Prism.
import { createServer } from 'node:http';
import { fail, parse, readBody, send, sendHalf } from './http.mjs';
import { errorBody, Prism, shorten, startPrism } from './prism.mjs';
import { exampleOf, Script, scriptOf, scriptViolation, settingsViolation } from './script.mjs';
import { sessionAt } from './session.mjs';
import { serveVideo } from './video.mjs';

const env = process.env;
const host = env.HOST ?? '127.0.0.1';
const port = Number(env.PORT ?? 4010);
const settings = { queued: env.QUEUED ?? 2, generating: env.GENERATING ?? 4, end: env.END ?? 'completed' };

const GENERATIONS = '/v2/video/generations';
const LEGACY = '/v2/generate/video/kling/generation';
const LOGS = '/v2/logs';
const VIDEO = '/sample.mp4';

async function handle(request, response) {
  const url = new URL(request.url, 'http://mock');
  const { session, prefix, path } = sessionAt(url.pathname);
  url.pathname = path === LEGACY ? GENERATIONS : path;
  if (path === VIDEO) return download(request, response, session, url.searchParams.get('generation'));
  const body = await readBody(request);
  if (body === null) return send(response, 413, {}, 'the body is too large for the mock\n');
  const endpoint = `${request.method} ${url.pathname}`;
  if (/^\/mock(\/|$)/.test(path)) return control(response, session, endpoint, body);
  if (endpoint === `POST ${GENERATIONS}`) return create(request, response, session, url, body);
  if (endpoint === `GET ${GENERATIONS}`) return poll(request, response, session, url, prefix);
  if (endpoint === `GET ${LOGS}`) return logs(request, response, session, url);
  return relay(request, response, await prism.send(request, url, body));
}

/** The paths for tests. */
function control(response, session, endpoint, body) {
  const sendJson = (value) => send(response, 200, { 'content-type': 'application/json' }, JSON.stringify(value));
  switch (endpoint) {
    case 'POST /mock/scripts':
      return addScript(response, session, body);
    case 'GET /mock/scripts':
      return sendJson(session.scripts.map(({ json }) => json));
    case 'GET /mock/creates':
      return sendJson(session.creates());
    case 'DELETE /mock':
      session.reset();
      return send(response, 204, {}, '');
    default:
      return send(response, 404, {}, `no ${endpoint}; use POST or GET /mock/scripts, GET /mock/creates, DELETE /mock\n`);
  }
}

function addScript(response, session, body) {
  const json = parse(body);
  const violation = json === undefined ? 'a script must be JSON' : scriptViolation(json);
  if (violation) return send(response, 400, {}, `${violation}\n`);
  session.scripts.push(new Script(json));
  return send(response, 204, {}, '');
}

async function create(request, response, session, url, body) {
  const header = (name) => request.headers[`x-mock-${name}`];
  const names = Object.keys(settings);
  const own = Object.fromEntries(names.map((name) => [name, header(name) ?? settings[name]]));
  const violation = settingsViolation(own);
  if (violation) return send(response, 400, {}, `${violation}\n`);
  const short = shorten(body);
  const reply = await prism.sendToModel(request, url, short, 'code=200, example=queued');
  if (!reply.ok) return relay(request, response, reply);
  const clientRequestId = request.headers['x-client-request-id'];
  const hasHeaders = names.some((name) => header(name) !== undefined);
  const script = (hasHeaders ? undefined : session.takeScript(clientRequestId)) ?? scriptOf(own);
  await pause(script.latency);
  const error = script.nextError('create');
  if (error) await reply.body?.cancel();
  if (error && error.error !== 'response lost') {
    session.keepScript(script, clientRequestId);
    return error.error === 'request lost' ? disconnect(request, response) : reject(request, response, url, short, error);
  }
  const id = session.create(script, clientRequestId, parse(short));
  if (error) return disconnect(request, response);
  return relay(request, response, reply, (generation) => ({ ...generation, id }), { 'x-inference-id': id });
}

async function poll(request, response, session, url, prefix) {
  const id = url.searchParams.get('generation_id');
  const { script, createdAt } = session.generations.get(id) ?? { script: scriptOf(settings), createdAt: 0 };
  await pause(script.latency);
  const error = script.nextError('polls');
  if (error?.error === 'rejected') return reject(request, response, url, undefined, error);
  if (error?.error === 'garbled') return send(response, 200, { 'content-type': 'text/html' }, '<html><body>Bad gateway</body></html>');
  const state = script.stateAt((Date.now() - createdAt) / 1000);
  const found = id === null || session.generations.has(id); // without an id, Prism says what is wrong
  const prefer = found ? `code=200, example=${exampleOf(state.status)}` : 'code=404';
  const reply = await prism.send(request, url, undefined, prefer);
  if (error) return disconnect(request, response, Buffer.from(await reply.text()));
  const link = `http://${request.headers.host ?? `${host}:${port}`}${prefix}${VIDEO}?generation=${id}`;
  return relay(request, response, reply, (example) => generationOf(example, id, state, link), reply.ok ? { 'x-inference-id': id } : {});
}

/** Turns Prism's example into this generation in its present state, with a link to the video of the mock. */
function generationOf(example, id, { status, error }, link) {
  if (example.video) example.video.url = link;
  if (error) example.error = error;
  // a Prefer header of the caller may have chosen an example with another status; it stays
  return exampleOf(status) === status ? { ...example, id } : { ...example, id, status };
}

/** The creates of the session as logs of the account. */
async function logs(request, response, session, url) {
  const reply = await prism.send(request, url, undefined, 'code=200, example=empty');
  const page = session.logs(Number(url.searchParams.get('limit') ?? 50), Number(url.searchParams.get('offset') ?? 0));
  return relay(request, response, reply, () => page);
}

function download(request, response, session, id) {
  const error = session.generations.get(id)?.script.nextError('downloads');
  if (error?.error === 'rejected') return send(response, error.status, retryAfter(error), '', request.method);
  return serveVideo(request, response, Boolean(error));
}

/** Sends the status of a scripted error, with the body that the contract has for it, if any. */
async function reject(request, response, url, body, error) {
  const reply = await prism.send(request, url, body, `code=${error.status}`);
  if (reply.status === error.status) return relay(request, response, reply, undefined, retryAfter(error));
  await reply.body?.cancel();
  const text = JSON.stringify({ status: error.status, message: 'Rejected by the script of the test' });
  return send(response, error.status, { 'content-type': 'application/json', ...retryAfter(error) }, text, request.method);
}

function retryAfter({ retryAfter: seconds }) {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

/** Breaks the connection without a response or, if there is a body, in the middle of it. */
function disconnect(request, response, body) {
  console.log(`mock: ${request.method} ${request.url.slice(0, 100)} disconnected`);
  if (body === undefined) return request.socket.destroy();
  return sendHalf(response, 200, { 'content-type': 'application/json' }, body);
}

const pause = (milliseconds) => (milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : undefined);

/** Passes on Prism's reply. `change` edits the body of a success; the body of an error gets the violations of this request. */
async function relay(request, response, reply, change = (body) => body, extraHeaders = {}) {
  const headers = Object.fromEntries(reply.headers);
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive']) delete headers[name];
  const clientRequestId = request.headers['x-client-request-id'];
  if (clientRequestId) headers['x-client-request-id'] = clientRequestId;
  Object.assign(headers, extraHeaders);
  let body = await reply.text();
  if (reply.ok && body) {
    body = JSON.stringify(change(JSON.parse(body)));
  } else {
    body = errorBody(body, headers['sl-violations']);
  }
  console.log(`mock: ${request.method} ${request.url.slice(0, 100)} ${reply.status}`);
  return send(response, reply.status, headers, body, request.method);
}

const violation = settingsViolation(settings);
if (violation) fail(2, violation);
if (env.UNTIL_EOF) process.stdin.on('error', () => process.exit(0)).on('end', () => process.exit(0)).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0));
const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    console.error(`mock: ${request.method} ${request.url}: ${error.cause ?? error}`);
    if (!response.headersSent) send(response, 502, {}, `the mock failed: ${error.cause ?? error}\n`);
    else response.destroy();
  });
});
server.on('error', ({ code, message }) => fail(2, code === 'EADDRINUSE' ? `port ${port} is taken; choose another one` : message));
const prism = await (env.PRISM ? new Prism(new URL(env.PRISM)) : await startPrism(env.PRISM_HOME)).ready();
server.listen(port, host, () => console.log(`mock: listening on http://127.0.0.1:${server.address().port}`));
