// Requests for the catalogue, the balance, the ledger and the logs.
import { documentOf, etagOf, selected, single } from './catalog.mjs';
import { send } from './http.mjs';
import { disconnect, garble, pause, refuse, reject, relay } from './reply.mjs';

const HOUR = 3_600_000;
const LONGEST_WINDOW = 92 * 24 * HOUR;
const LEDGER_PARAMETERS = ['from', 'to', 'direction', 'type', 'limit', 'cursor'];
const REFUSED_CURSOR = { status: 400, example: 'refusedCursor' };

/** Sends the body that `bodyOf` returns, if Prism accepts the request, or else what the account's errors or the caller want. */
async function respond({ prism, request, response, session, url }, list, bodyOf, deliver = send) {
  const isChosen = request.headers.prefer !== undefined;
  const error = isChosen ? undefined : session.account.errors.next(list);
  if (error?.error === 'rejected') return reject(prism, request, response, url, undefined, described(list, error));
  if (error?.error === 'garbled') return garble(response);
  if (error?.error === 'delayed') await pause(error.seconds * 1000);
  const reply = await prism.send(request, url, undefined, 'code=200');
  if (isChosen || !reply.ok) return relay(request, response, reply);
  const body = bodyOf();
  if (body.refused) return refuse(prism, request, response, url, ...body.refused);
  if (body.status) return reject(prism, request, response, url, undefined, body);
  const truncated = (...[, , , text]) => disconnect(request, response, text);
  return relay(request, response, reply, () => body, {}, error?.error === 'truncated' ? truncated : deliver);
}

/** A 400 to a request with a cursor is about the cursor. */
const described = (list, error) => (list === 'nextPages' && error.status === 400 ? { ...error, ...REFUSED_CURSOR } : error);

/** The models of the catalogue. */
export const catalog = (exchange) => respond(exchange, 'catalog', () => selected(exchange.session, exchange.url.searchParams, exchange.base), conditional(exchange.request));

/** A model; its name has slashes, which Prism sees escaped. */
export function model(exchange) {
  const { session, url, base, request } = exchange;
  const name = decoded(url.pathname.replace(/^\/model\//, ''));
  const escaped = new URL(url);
  escaped.pathname = `/model/${encodeURIComponent(name)}`;
  const bodyOf = () => single(session, name, base) ?? { status: 404 };
  return respond({ ...exchange, url: escaped }, 'catalog', bodyOf, conditional(request));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // no model has such a name
  }
}

/** Sends a success with its ETag, or 304 if the client has it. */
const conditional = (request) => (response, status, headers, body, method) => {
  const etag = etagOf(body);
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (!known.includes(etag) && !known.includes('*')) return send(response, status, { ...headers, etag }, body, method);
  response.writeHead(304, { etag });
  return response.end();
};

/** The OpenAPI document of a model. It is no part of the API: the vendor's site serves it, without a key. */
export function modelDocument({ request, response, url }) {
  const document = documentOf(url.searchParams.get('model'), url.searchParams.get('endpoint'));
  if (document === undefined) return send(response, 404, { 'content-type': 'application/json' }, '{"message":"No such document"}', request.method);
  return send(response, 200, { 'content-type': 'application/json' }, document, request.method);
}

/** The balance. */
export const billing = (exchange) => respond(exchange, 'billing', () => ({ current_balance: exchange.session.account.balance(), currency: 'USD' }));

/** A page of the ledger. */
export function ledger(exchange) {
  const { session, url } = exchange;
  const query = url.searchParams;
  const bodyOf = () => {
    const unknown = [...query.keys()].find((name) => !LEDGER_PARAMETERS.includes(name));
    if (unknown) return { refused: [unknown, `property ${unknown} should not exist`] };
    const [from, to] = [timeOf(query, 'from'), timeOf(query, 'to')];
    if (from >= to) return { refused: ['to', 'to must be later than from'] };
    const { direction, type, cursor, limit } = Object.fromEntries(['direction', 'type', 'cursor', 'limit'].map((name) => [name, query.get(name)]));
    return session.account.page({ from, to, direction, type, cursor, limit: Number(limit ?? 50) }) ?? REFUSED_CURSOR;
  };
  return respond(exchange, query.has('cursor') ? 'nextPages' : 'ledger', bodyOf);
}

/** A page of the logs, which have every create that was accepted. */
export function logs(exchange) {
  const { session, url } = exchange;
  const query = url.searchParams;
  const bodyOf = () => {
    const window = windowOf(query, session.account.now());
    if (window.refused) return window;
    const page = { limit: Number(query.get('limit') ?? 50), offset: Number(query.get('offset') ?? 0) };
    return session.logs({ ...window, ...page, models: query.getAll('model'), statuses: query.getAll('status') });
  };
  return respond(exchange, 'logs', bodyOf);
}

/** The time of a parameter in milliseconds; undefined without it. */
const timeOf = (query, name) => (query.has(name) ? Date.parse(query.get(name)) : undefined);

/** The window of a request for logs, or why it is refused. */
function windowOf(query, now) {
  const [period, from, to] = [query.get('period'), timeOf(query, 'start'), timeOf(query, 'end')];
  if (period !== null && (from ?? to) !== undefined) return { refused: ['period', 'period cannot be combined with start and end'] };
  if ((from === undefined) !== (to === undefined)) return { refused: [from === undefined ? 'start' : 'end', 'start and end belong together'] };
  if (Number.isNaN(from) || Number.isNaN(to)) return { refused: [Number.isNaN(from) ? 'start' : 'end', 'start and end must be in ISO 8601'] };
  if (from >= to) return { refused: ['end', 'end must be later than start'] };
  const [, count, unit] = /^([1-9]\d*)([hd])$/.exec(period ?? '24h') ?? [];
  if (!count) return { refused: ['period', 'period must be a number of hours or days, such as 24h or 7d'] };
  const length = from === undefined ? count * (unit === 'd' ? 24 * HOUR : HOUR) : to - from;
  if (length > LONGEST_WINDOW) return { refused: [from === undefined ? 'period' : 'start', 'the window is longer than 92 days'] };
  return from === undefined ? { from: now - length, to: now } : { from, to };
}
