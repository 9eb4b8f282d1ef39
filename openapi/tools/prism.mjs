// Prism, as mock/ has it installed, for as long as a piece of work needs it.
import { spawn } from 'node:child_process';
import { createServer, connect } from 'node:net';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Fault } from './schemas.mjs';

const CLI = fileURLToPath(new URL('../../mock/node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));

/** Prism says what is wrong in a header, in the words of the request, and ends where they are no ASCII. */
const ASCII_HEADERS = `data:text/javascript,${encodeURIComponent(`
  import { ServerResponse } from 'node:http';
  const set = ServerResponse.prototype.setHeader;
  ServerResponse.prototype.setHeader = function (name, value) {
    return set.call(this, name, name === 'sl-violations' ? String(value).replace(/[^\\x20-\\x7e]/g, '?') : value);
  };`)}`;

/** Runs `work(url)` beside `prism MODE ...args` and ends it. */
export async function withPrism(args, work) {
  if (!existsSync(CLI)) throw new Fault('Prism is not installed: run npm ci --ignore-scripts in mock/');
  const port = await freePort();
  const child = spawn(process.execPath, [`--import=${ASCII_HEADERS}`, CLI, ...args, '--port', String(port), '--multiprocess=false', '--verboseLevel', 'error']);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said = (said + text).slice(-4000)));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const end = () => child.kill();
  process.on('exit', end);
  try {
    await listening(port, child, () => said);
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    child.kill();
    process.off('exit', end);
    await ended;
  }
}

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

async function listening(port, child, said) {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
    const there = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1').on('connect', () => { socket.destroy(); resolve(true); }).on('error', () => resolve(false));
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Fault(`Prism did not start: ${said().trim()}`);
}
