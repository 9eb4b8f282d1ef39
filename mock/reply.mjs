// Responses to the requests of the API: those of Prism, and those that a script wants.
import { send, sendHalf } from './http.mjs';
import { errorBody } from './prism.mjs';

/**
 * Passes on Prism's reply. `change` edits the body of a success; the body of an error gets the violations of this request. `deliver`
 * sends the result.
 */
export async function relay(request, response, reply, change = (body) => body, extraHeaders = {}, deliver = send) {
  const headers = Object.fromEntries(reply.headers);
  for (const name of ['date', 'content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive']) delete headers[name];
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
  return deliver(response, reply.status, headers, body, request.method);
}

/** Sends the status of a scripted error, with the body that the contract has for it, if any. */
export async function reject(prism, request, response, url, body, error) {
  const reply = await prism.send(request, url, body, [`code=${error.status}`, error.example && `example=${error.example}`].filter(Boolean).join(', '));
  if (reply.status === error.status) return relay(request, response, reply, undefined, retryAfter(error));
  await reply.body?.cancel();
  const text = JSON.stringify({ status: error.status, message: 'Rejected by the script of the test' });
  return send(response, error.status, { 'content-type': 'application/json', ...retryAfter(error) }, text, request.method);
}

/** Sends a 400 that says what is wrong with a parameter where the contract cannot. */
export async function refuse(prism, request, response, url, parameter, message) {
  const violations = JSON.stringify([{ location: ['request', 'query', parameter], severity: 'Error', code: 'invalid', message }]);
  return relay(request, response, await prism.send(request, url, undefined, 'code=400'), undefined, { 'sl-violations': violations });
}

export function retryAfter({ retryAfter: seconds }) {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

/** Sends the page of a gateway instead of JSON. */
export const garble = (response) => send(response, 200, { 'content-type': 'text/html' }, '<html><body>Bad gateway</body></html>');

/** Breaks the connection without a response or, if there is a body, in the middle of it. */
export function disconnect(request, response, body) {
  console.log(`mock: ${request.method} ${request.url.slice(0, 100)} disconnected`);
  if (body === undefined) return request.socket.destroy();
  return sendHalf(response, 200, { 'content-type': 'application/json' }, Buffer.from(body));
}

export const pause = (milliseconds) => (milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : undefined);
