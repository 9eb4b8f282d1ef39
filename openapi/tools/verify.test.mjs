import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `work(url)` beside the project's mock, whose contract `spoil` has changed. */
async function withMock(spoil, work) {
  const place = mkdtempSync(join(tmpdir(), 'aiml-video-mock-'));
  mkdirSync(join(place, 'openapi'));
  cpSync(join(ROOT, 'mock'), join(place, 'mock'), { recursive: true, filter: (file) => basename(file) !== 'node_modules' });
  symlinkSync(join(ROOT, 'mock/node_modules'), join(place, 'mock/node_modules'));
  const contract = readFileSync(join(ROOT, 'openapi/mock.yaml'), 'utf8');
  writeFileSync(join(place, 'openapi/mock.yaml'), spoil(contract));
  const mock = spawn(process.execPath, [join(place, 'mock/lifecycle.mjs')], { env: { ...process.env, PORT: '0', HOST: '127.0.0.1', QUEUED: '0', GENERATING: '0' } });
  try {
    let said = '';
    const url = await new Promise((resolve, reject) => {
      mock.stderr.on('data', (text) => (said += text));
      mock.on('exit', () => reject(new Error(`the mock ended: ${said}`)));
      mock.stdout.on('data', (text) => {
        said += text;
        const [, found] = /listening on (\S+)/.exec(said) ?? [];
        if (found) resolve(found);
      });
    });
    await work(url);
  } finally {
    mock.kill();
    rmSync(place, { recursive: true, force: true });
  }
}

function verify(...args) {
  return spawnSync('bash', [join(ROOT, 'scripts/regenerate'), '--verify', ...args], { encoding: 'utf8', env: { ...process.env, AIML_API_KEY: 'any' } });
}

// the first, as it lets the script fetch its tools
test('a key goes nowhere in the clear, and none is no silence', () => {
  assert.match(verify('--base-url', 'http://example.com').stderr, /must be https/);
  const keyless = spawnSync('bash', [join(ROOT, 'scripts/regenerate'), '--verify'], { encoding: 'utf8', env: { ...process.env, AIML_API_KEY: '' } });
  assert.match(keyless.stderr, /no API key: set the environment variable AIML_API_KEY/);
});

test('a server that keeps the contract passes, also with a generation', async () => {
  await withMock((contract) => contract, (url) => {
    const free = verify('--base-url', url);
    assert.equal(free.status, 0, free.stdout + free.stderr);
    assert.match(free.stdout, /ok {7}retrieve, an unknown id: 404/);
    assert.doesNotMatch(free.stdout, /a generation/);

    const paid = verify('--base-url', url, '--spend');
    assert.equal(paid.status, 0, paid.stdout + paid.stderr);
    assert.match(paid.stdout, /ok {7}create, a generation: 200/);
  });
});

test('a server that answers otherwise is found, with the operation and the place', async () => {
  const fault = (contract) => contract.replace('message: Inference not found', 'reason: Inference not found');
  await withMock(fault, (url) => {
    const { status, stdout } = verify('--base-url', url);
    assert.equal(status, 1, stdout);
    assert.match(stdout, /differs {2}retrieve, an unknown id: .*message/);
    assert.match(stdout, /1 of 5 answers differ/);
  });
});
