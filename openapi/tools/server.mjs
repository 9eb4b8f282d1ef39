// Reads JSON that a server publishes, within limits of time and size.
import { UserError } from './schemas.mjs';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const LIMITS = { timeoutMs: 30_000, maxBytes: 16 * 2 ** 20 };
const REASONS = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host is unknown',
  EAI_AGAIN: 'the host is unknown',
  ECONNRESET: 'the connection was lost',
  UND_ERR_SOCKET: 'the connection was lost',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the response was cut off',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'the response is not UTF-8',
};

/** What only the server can fix. */
export class ServerError extends UserError {
  constructor(message) {
    super(message, 5);
  }
}

/** The URL of a server that the user named with --base-url, without slashes at its end. */
export function checkedUrl(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new UserError(`--base-url is not a URL: ${text}`, 2);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
    throw new UserError(`--base-url must be https, or http for a loopback address: ${text}`, 2);
  if (url.username || url.password || /[?#]/.test(text)) throw new UserError('--base-url must be a URL without a user, a query and a fragment', 2);
  return text.replace(/\/+$/, '');
}

/** The JSON at a URL, as `{ text, value }`. Redirects are refused: they may lead anywhere. */
export async function readJson(url, limits = {}) {
  const { timeoutMs, maxBytes } = { ...LIMITS, ...limits };
  const text = await withReason(url, timeoutMs, async () => {
    const response = await fetch(url, { headers: { Accept: 'application/json' }, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    if (response.status !== 200) throw new ServerError(`${url}: the server returned ${response.status}; try again later`);
    return bodyOf(response, url, maxBytes);
  });
  if (/^\s*</.test(text)) throw new ServerError(`${url}: the server returned HTML, not JSON; try again later`);
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    throw new ServerError(`${url}: the response is not JSON, or was cut off; try again later`);
  }
}

async function bodyOf(response, url, maxBytes) {
  const parts = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > maxBytes) throw new ServerError(`${url}: the response has more than ${maxBytes} bytes; import a smaller file`);
    parts.push(part);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
}

/** Replaces the error of a failed request by one that names the reason. */
async function withReason(url, timeoutMs, work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = error.cause?.code ?? error.code;
    const late = error.name === 'TimeoutError' || error.cause?.name === 'TimeoutError';
    const reason = late ? `no complete response within ${timeoutMs / 1000} seconds` : (REASONS[code] ?? `the response cannot be read: ${code ?? error.message}`);
    throw new ServerError(`${url}: ${reason}; try again later`);
  }
}
