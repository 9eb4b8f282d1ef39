#!/usr/bin/env node
// The mock server. Prism validates every request and supplies every response body, but keeps no state. This proxy in front of it
// gives each create an id of its own, moves the generation from queued to generating to completed, and serves the video. A create
// costs what the catalogue says; the balance and the ledger follow. It has no dependencies and needs Node 18.20 or later.
//
//   PRISM               URL of a running Prism; without it, Prism is started here and ends with this program
//   PRISM_HOME          folder with the node_modules to start Prism from   the folder of this file
//   HOST, PORT          where to listen; port 0 takes a free one           127.0.0.1, 4010
//   QUEUED, GENERATING  seconds in each of these statuses                  2, 4
//   END                 status at the end: a terminal one of the contract  completed
//   BALANCE             US dollars of each account at the beginning        100000
//   MODEL_DOCUMENTS     folder with the OpenAPI documents of models        openapi/documented, if it is there
//   UNTIL_EOF           if set, this program ends when its standard input does
//
// The headers X-Mock-Queued, X-Mock-Generating and X-Mock-End of a create override these settings. A request with a Prefer header,
// such as `Prefer: code=429`, gets the response that Prism has for it. Tests use these paths:
//
//   POST   /mock/scripts  adds a script for the next generation that has none; see script.mjs
//   GET    /mock/scripts  lists the scripts that no create has used yet
//   GET    /mock/creates  lists the creates that were accepted: generationId, clientRequestId, model, body
//   PUT    /mock/account  changes the balance, the prices and the errors of the account; see account.mjs
//   DELETE /mock          forgets scripts, creates, generations and the account
//
// Exit codes: 0 ended by a signal or end of input, 2 invalid setting or port taken, 5 no Prism.
import { createServer } from 'node:http';
import { accountViolation, amountOf } from './account.mjs';
import { billing, catalog, ledger, logs, model, modelDocument } from './account-requests.mjs';
import { fail, parse, readBody, send } from './http.mjs';
import { Prism, shorten, startPrism } from './prism.mjs';
import { disconnect, garble, pause, reject, relay, retryAfter } from './reply.mjs';
import { exampleOf, isAmount, Script, scriptOf, scriptViolation, settingsViolation } from './script.mjs';
import { sessionAt } from './session.mjs';
import { serveVideo } from './video.mjs';

const env = process.env;
const host = env.HOST ?? '127.0.0.1';
const port = Number(env.PORT ?? 4010);
const settings = { queued: env.QUEUED ?? 2, generating: env.GENERATING ?? 4, end: env.END ?? 'completed' };
const balance = Number(env.BALANCE || 100_000);

const GENERATIONS = '/v2/video/generations';
const LEGACY = '/v2/generate/video/kling/generation';
const READS = { '/v1/models': catalog, '/v2/billing': billing, '/v2/billing/transactions': ledger, '/v2/logs': logs, '/docs-json': modelDocument };
const VIDEO = '/sample.mp4';

async function handle(request, response) {
  const url = new URL(request.url, 'http://mock');
  const { session, prefix, path } = sessionAt(url.pathname, balance);
  url.pathname = path === LEGACY ? GENERATIONS : path;
  if (session.account.clock) response.setHeader('date', new Date(session.account.now()).toUTCString());
  if (path === VIDEO) return download(request, response, session, url.searchParams.get('generation'));
  const body = await readBody(request);
  if (body === null) return send(response, 413, {}, 'the body is too large for the mock\n');
  const endpoint = `${request.method} ${url.pathname}`;
  if (/^\/mock(\/|$)/.test(path)) return control(response, session, endpoint, body);
  if (endpoint === `POST ${GENERATIONS}`) return create(request, response, session, url, body);
  if (endpoint === `GET ${GENERATIONS}`) return poll(request, response, session, url, prefix);
  const read = request.method === 'GET' && (path.startsWith('/model/') ? model : READS[path]);
  if (read) return read({ prism, request, response, session, url, base: baseOf(request, prefix) });
  return relay(request, response, await prism.send(request, url, body));
}

/** The base URL that the client used. */
const baseOf = (request, prefix) => `http://${request.headers.host ?? `${host}:${port}`}${prefix}`;

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
    case 'PUT /mock/account':
      return setAccount(response, session, body);
    case 'DELETE /mock':
      session.reset();
      return send(response, 204, {}, '');
    default:
      return send(response, 404, {}, `no ${endpoint}; use POST or GET /mock/scripts, GET /mock/creates, PUT /mock/account, DELETE /mock\n`);
  }
}

function addScript(response, session, body) {
  const json = parse(body);
  const violation = json === undefined ? 'a script must be JSON' : scriptViolation(json);
  if (violation) return send(response, 400, {}, `${violation}\n`);
  session.scripts.push(new Script(json));
  return send(response, 204, {}, '');
}

function setAccount(response, session, body) {
  const json = parse(body);
  const violation = json === undefined ? 'an account must be JSON' : accountViolation(json);
  if (violation) return send(response, 400, {}, `${violation}\n`);
  session.setAccount(json);
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
    return error.error === 'request lost' ? disconnect(request, response) : reject(prism, request, response, url, short, error);
  }
  const json = parse(short);
  const cost = session.cost(script, json);
  if (!session.account.covers(cost)) {
    session.keepScript(script, clientRequestId);
    await reply.body?.cancel();
    return reject(prism, request, response, url, short, { status: 403, example: 'insufficientCredits' });
  }
  const id = session.create(script, clientRequestId, json, cost);
  if (error) return disconnect(request, response);
  return relay(request, response, reply, (generation) => createdOf(generation, id, cost), { 'x-inference-id': id, ...costHeaders(cost) });
}

/** Turns Prism's example into this generation with its cost. A Prefer header of the caller may have chosen an example without one. */
function createdOf(example, id, cost) {
  if (example.meta?.usage) example.meta.usage.credits_used = cost;
  return { ...example, id };
}

function costHeaders(cost) {
  const { usd, credits } = amountOf(cost);
  return { 'x-aimlapi-credits-used': String(credits), 'x-aimlapi-usd-spent': String(usd) };
}

async function poll(request, response, session, url, prefix) {
  const id = url.searchParams.get('generation_id');
  const { script, createdAt } = session.generations.get(id) ?? { script: scriptOf(settings), createdAt: 0 };
  await pause(script.latency);
  const error = script.nextError('polls');
  if (error?.error === 'rejected') return reject(prism, request, response, url, undefined, error);
  if (error?.error === 'garbled') return garble(response);
  const state = script.stateAt((Date.now() - createdAt) / 1000);
  const found = id === null || session.generations.has(id); // without an id, Prism says what is wrong
  const prefer = found ? `code=200, example=${exampleOf(state.status)}` : 'code=404';
  const reply = await prism.send(request, url, undefined, prefer);
  if (error) return disconnect(request, response, await reply.text());
  const link = `${baseOf(request, prefix)}${VIDEO}?generation=${id}`;
  return relay(request, response, reply, (example) => generationOf(example, id, state, link), reply.ok ? { 'x-inference-id': id } : {});
}

/** Turns Prism's example into this generation in its present state, with a link to the video of the mock. */
function generationOf(example, id, { status, error }, link) {
  if (example.video) example.video.url = link;
  if (error) example.error = error;
  // a Prefer header of the caller may have chosen an example with another status; it stays
  return exampleOf(status) === status ? { ...example, id } : { ...example, id, status };
}

function download(request, response, session, id) {
  const error = session.generations.get(id)?.script.nextError('downloads');
  if (error?.error === 'rejected') return send(response, error.status, retryAfter(error), '', request.method);
  return serveVideo(request, response, Boolean(error));
}

const violation = settingsViolation(settings);
if (violation) fail(2, violation);
if (!isAmount(balance)) fail(2, `balance must be US dollars: ${env.BALANCE}`);
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
