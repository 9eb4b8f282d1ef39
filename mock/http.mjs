// Reading requests and sending responses.
const MAX_BODY_BYTES = 400 * 1024 * 1024;

/** Prints the message and ends the program. */
export function fail(code, message) {
  console.error(`mock: ${message}`);
  process.exit(code);
}

/** The whole body; null if it is too large. */
export async function readBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length <= MAX_BODY_BYTES ? Buffer.concat(chunks) : null;
}

/** The value of a JSON text; undefined if it is not JSON. */
export function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export function send(response, status, headers, body, method) {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? undefined : body);
}

/** Announces the whole body and breaks the connection in the middle of it. */
export function sendHalf(response, status, headers, body) {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}
