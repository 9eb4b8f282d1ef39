// Prism: starting it, asking it, and what its answers mean.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fail, parse } from './http.mjs';

/** Texts beyond this are pictures in Base64; Prism needs only their beginning, and takes no more than 10 MB. */
const LONG_TEXT = 10_000;

/** Prism at an address. */
export class Prism {
  constructor(address) {
    this.address = address;
  }

  /** Asks at the address of the model, where its schema is alone; if it has none, at that of all. */
  async askForModel(request, url, body, prefer) {
    const model = parse(body)?.model;
    if (typeof model === 'string') {
      const own = new URL(`/${Buffer.from(model).toString('base64url')}${url.pathname}`, url);
      const reply = await this.ask(request, own, body, prefer);
      if (reply.status !== 404) return reply;
      await reply.body?.cancel();
    }
    return this.ask(request, url, body, prefer);
  }

  /** Asks; what the caller prefers goes before what the life of the generation wants. */
  ask(request, url, body, prefer) {
    const hop = /^(host|connection|keep-alive|te|trailer|upgrade|expect|content-length|transfer-encoding|proxy-.*)$/;
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) if (!hop.test(name)) headers.set(name, value);
    if (prefer && !headers.has('prefer')) headers.set('prefer', prefer);
    const hasBody = body?.length && !['GET', 'HEAD'].includes(request.method);
    const target = new URL(url.pathname + url.search, this.address);
    return fetch(target, { method: request.method, headers, body: hasBody ? body : undefined, redirect: 'manual' });
  }

  /** Prism takes two seconds to start; nothing is promised before it is there. */
  async wait() {
    for (let tries = 0; tries < 300; tries++) {
      const there = await new Promise((resolve) => {
        const socket = connect(Number(this.address.port || 80), this.address.hostname)
          .on('connect', () => resolve(true))
          .on('error', () => resolve(false))
          .on('close', () => resolve(false));
        setTimeout(() => socket.destroy(), 1000).unref();
      });
      if (there) return this;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    fail(5, `no Prism at ${this.address.origin}`);
  }
}

/** Starts Prism, of the node_modules in that folder, on a free port. It ends with this program, even if that is killed, and this program ends with it. */
export async function startPrism(home) {
  const modules = home ? pathToFileURL(`${home}/`) : import.meta.url;
  const cli = fileURLToPath(new URL('node_modules/@stoplight/prism-cli/dist/index.js', modules));
  if (!existsSync(cli)) fail(5, `Prism is not installed: run npm ci --ignore-scripts in ${home ?? 'mock/'}`);
  const free = await new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
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
  return new Prism(new URL(`http://127.0.0.1:${free}`));
}

/** The body of a refusal as it happened: with what is wrong instead of the example's words. */
export function refusalOf(body, violations) {
  return body.startsWith('{') ? JSON.stringify(asItHappened(JSON.parse(body), faultsIn(violations))) : body;
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
export function shorten(body) {
  if (body.length < LONG_TEXT) return body;
  try {
    const cut = (key, value) => (typeof value === 'string' && value.length > LONG_TEXT ? value.slice(0, 1000) : value);
    return Buffer.from(JSON.stringify(JSON.parse(body, cut)));
  } catch {
    return body;
  }
}
