// Runs the mock for tests.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Calls `work(url, log)` while the mock runs with options and the contract that `edit` returns; `log()` is its output so far. */
export async function withMock(edit, work, options = []) {
  const place = mkdtempSync(join(tmpdir(), 'aiml-video-mock-'));
  for (const folder of ['mock', 'scripts', 'openapi/documented'])
    cpSync(join(ROOT, folder), join(place, folder), { recursive: true, filter: (file) => basename(file) !== 'node_modules' });
  writeFileSync(join(place, 'openapi/mock.yaml'), edit(readFileSync(join(ROOT, 'openapi/mock.yaml'), 'utf8')));
  const args = ['--node', '--port', '0', '--queued', '0', '--generating', '0', ...options];
  const mock = spawn('bash', [join(place, 'scripts/mock'), ...args], { env: { ...process.env, PRISM_HOME: join(ROOT, 'mock'), PRISM_URL: '' } });
  try {
    const { url, log } = await started(mock);
    await work(url, log);
  } finally {
    mock.kill();
    rmSync(place, { recursive: true, force: true });
  }
}

function started(mock) {
  let output = '';
  return new Promise((resolve, reject) => {
    mock.on('exit', () => reject(new Error(`the mock exited: ${output}`)));
    for (const stream of [mock.stdout, mock.stderr])
      stream.on('data', (text) => {
        output += text;
        const [, url] = /listening on (\S+)/.exec(output) ?? [];
        if (url) resolve({ url, log: () => output });
      });
  });
}
