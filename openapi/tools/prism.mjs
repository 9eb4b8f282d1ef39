// Runs Prism in the version of mock/.
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { UserError } from './schemas.mjs';

const MOCK = fileURLToPath(new URL('../../mock', import.meta.url));

/** Prism reports violations in a header, with texts of the request in it, and crashes if they are not ASCII. */
const ASCII_HEADERS = `data:text/javascript,${encodeURIComponent(`
  import { ServerResponse } from 'node:http';
  const set = ServerResponse.prototype.setHeader;
  ServerResponse.prototype.setHeader = function (name, value) {
    return set.call(this, name, name === 'sl-violations' ? String(value).replace(/[^\\x20-\\x7e]/g, '?') : value);
  };`)}`;

/** Starts `prism ...args`, calls `work(url)` and stops Prism. */
export async function withPrism(args, work) {
  if (!install(MOCK)) throw new UserError('npm ci failed in mock/', 5);
  const cli = join(MOCK, 'node_modules/@stoplight/prism-cli/dist/index.js');
  const port = await freePort();
  const child = spawn(process.execPath, [`--import=${ASCII_HEADERS}`, cli, ...args, '--port', String(port), '--multiprocess=false', '--verboseLevel', 'error']);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output = (output + text).slice(-4000)));
  const exited = new Promise((resolve) => child.on('exit', resolve));
  const stop = () => child.kill();
  process.on('exit', stop);
  try {
    if (!(await listens(port, child))) throw new UserError(`Prism did not start: ${output.trim()}`);
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    stop();
    process.off('exit', stop);
    await exited;
  }
}

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Waits at most a minute for the child to listen. */
async function listens(port, child) {
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt++) {
    if (await accepts(port)) return true;
    await sleep(100);
  }
  return false;
}

const accepts = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
      .on('connect', () => { socket.destroy(); resolve(true); })
      .on('error', () => resolve(false));
  });
