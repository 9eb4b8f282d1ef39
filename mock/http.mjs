// What reading requests and answering them needs.
const LARGEST_BODY = 400 * 1024 * 1024;

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
    if (length <= LARGEST_BODY) chunks.push(chunk);
  }
  return length <= LARGEST_BODY ? Buffer.concat(chunks) : null;
}

/** What is no JSON is for others to refuse. */
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

/** Promises the whole and breaks the connection in the middle. */
export function sendHalf(response, status, headers, body) {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}
