// Prism: starting it, sending requests to it, and correcting its error bodies.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fail, parse } from './http.mjs';

/** Longer texts are Base64 images. Prism accepts at most 10 MB, and needs only the beginning of a text. */
const LONG_TEXT = 10_000;

/** The first part of the path for models that the contract does not have, as in openapi/tools/mock-view.mjs. */
const OTHER_MODEL = 'other.model';

/** A running Prism. */
export class Prism {
  constructor(address) {
    this.address = address;
  }

  /**
   * Sends a create to the path of its model, where Prism sees the schema of this model alone, or else to the path of other models,
   * where it sees what the requests of all models share. A Prism with another contract than mock.yaml may have neither.
   */
  async sendToModel(request, url, body, prefer) {
    const model = parse(body)?.model;
    const named = typeof model === 'string' && model !== '';
    const own = named && (await this.sendIfKnown(Buffer.from(model).toString('base64url'), request, url, body, prefer));
    if (own) return own;
    if (named) console.log(`mock: the contract does not have the model ${JSON.stringify(model.slice(0, 100))}; checking only what all models share`);
    return (await this.sendIfKnown(OTHER_MODEL, request, url, body, prefer)) ?? this.send(request, url, body, prefer);
  }

  /** The reply to a request to a path that begins with `first`; undefined if Prism does not have this path. */
  async sendIfKnown(first, request, url, body, prefer) {
    const reply = await this.send(request, new URL(`/${first}${url.pathname}`, url), body, prefer);
    if (reply.status !== 404) return reply;
    return (await reply.clone().text()).includes('NO_PATH_MATCHED') ? undefined : reply;
  }

  /** Sends a request. Its own Prefer header takes precedence over `prefer`. */
  send(request, url, body, prefer) {
    const hop = /^(host|connection|keep-alive|te|trailer|upgrade|expect|content-length|transfer-encoding|proxy-.*)$/;
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) if (!hop.test(name)) headers.set(name, value);
    if (prefer && !headers.has('prefer')) headers.set('prefer', prefer);
    const hasBody = body?.length && !['GET', 'HEAD'].includes(request.method);
    const target = new URL(url.pathname + url.search, this.address);
    return fetch(target, { method: request.method, headers, body: hasBody ? body : undefined, redirect: 'manual' });
  }

  /** Waits until Prism accepts connections; it takes two seconds to start. */
  async ready() {
    for (let attempt = 0; attempt < 300; attempt++) {
      const accepted = await new Promise((resolve) => {
        const socket = connect(Number(this.address.port || 80), this.address.hostname)
          .on('connect', () => resolve(true))
          .on('error', () => resolve(false))
          .on('close', () => resolve(false));
        setTimeout(() => socket.destroy(), 1000).unref();
      });
      if (accepted) return this;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    fail(5, `no Prism at ${this.address.origin}`);
  }
}

/** Starts the Prism in the node_modules of a folder on a free port. Prism and this program end with each other, even if killed. */
export async function startPrism(home) {
  const modules = home ? pathToFileURL(`${home}/`) : import.meta.url;
  const cli = fileURLToPath(new URL('node_modules/@stoplight/prism-cli/dist/index.js', modules));
  if (!existsSync(cli)) fail(5, `Prism is not installed; run npm ci --ignore-scripts in ${home ?? 'mock/'}`);
  const free = await new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
  const exitWithParent = 'const p=process.ppid;setInterval(()=>process.ppid===p||process.exit(),500).unref()';
  const contract = fileURLToPath(new URL('../openapi/mock.yaml', import.meta.url));
  const args = ['mock', '--port', free, '--multiprocess=false', '--verboseLevel', 'error', contract].map(String);
  const child = spawn(process.execPath, [`--import=data:text/javascript,${exitWithParent}`, cli, ...args]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output = (output + text).slice(-4000)));
  child.on('exit', (code) => fail(5, `Prism ended with ${code}: ${output.trim()}`));
  process.on('exit', () => child.kill());
  return new Prism(new URL(`http://127.0.0.1:${free}`));
}

/** An error body of the contract's example, with this request's violations instead of the example's. */
export function errorBody(example, violations) {
  return example.startsWith('{') ? JSON.stringify(withViolations(JSON.parse(example), parseViolations(violations))) : example;
}

/** For an unknown model Prism lists the violations of every other model, or says that they are too many. */
function parseViolations(violations = '[]') {
  if (!violations.startsWith('[')) return [{ code: 'oneOf', location: ['request', 'body'], message: 'The request is for no model of the contract' }];
  return JSON.parse(violations);
}

function withViolations(body, violations) {
  if (body.requestId) body.requestId = randomUUID();
  if (body.timestamp) body.timestamp = new Date().toISOString();
  if (violations.length > 0 && body.message) {
    body.message = Array.isArray(body.message) ? violations.map(({ message }) => message) : violations[0].message;
    if (body.error?.data) body.error.data = violations.map(({ code, location, message }) => ({ code, path: location.slice(2), message }));
  }
  return body;
}

/** Shortens long texts at any depth of a JSON body. */
export function shorten(body) {
  if (body.length < LONG_TEXT) return body;
  try {
    const shortened = (key, value) => (typeof value === 'string' && value.length > LONG_TEXT ? value.slice(0, 1000) : value);
    return Buffer.from(JSON.stringify(JSON.parse(body, shortened)));
  } catch {
    return body; // not JSON; Prism rejects it
  }
}
