import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withMock } from './test-mock.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function verify(args, key = 'any') {
  return spawnSync('bash', [join(ROOT, 'scripts/regenerate'), '--verify', ...args], { encoding: 'utf8', env: { ...process.env, AIML_API_KEY: key } });
}

test('the key is never sent unencrypted, and a missing key is an error', () => {
  assert.match(verify(['--base-url', 'http://example.com']).stderr, /must be https/);
  assert.match(verify([], '').stderr, /no API key; set the environment variable AIML_API_KEY/);
});

test('a server that follows the contract passes, also with a generation', async () => {
  await withMock((contract) => contract, (url) => {
    const free = verify(['--base-url', url]);
    assert.equal(free.status, 0, free.stdout + free.stderr);
    assert.match(free.stdout, /ok {7}retrieve, an unknown id: 404/);
    assert.doesNotMatch(free.stdout, /a generation/);

    const paid = verify(['--base-url', url, '--spend']);
    assert.equal(paid.status, 0, paid.stdout + paid.stderr);
    assert.match(paid.stdout, /ok {7}create, a generation: 200/);
  });
});

test('a difference is reported with the operation and the place', async () => {
  const edit = (contract) => contract.replace('message: Inference not found', 'reason: Inference not found');
  await withMock(edit, (url) => {
    const { status, stdout } = verify(['--base-url', url]);
    assert.equal(status, 1, stdout);
    assert.match(stdout, /differs {2}retrieve, an unknown id: .*message/);
    assert.match(stdout, /1 of 5 responses differ/);
  });
});

test('the mock takes any model, and its log says which it does not know', async () => {
  await withMock((contract) => contract, async (url, log) => {
    const create = async (body, prefer = 'code=200') => {
      const headers = { Authorization: 'Bearer key', 'Content-Type': 'application/json', Prefer: prefer };
      return (await fetch(`${url}/v2/video/generations`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    };
    const known = { model: 'kling-video/v1/standard/image-to-video', image_url: 'https://example.com/fox.png' };

    assert.equal(await create(known), 200);
    assert.equal(await create(known, 'code=404'), 404);
    assert.equal(await create({ ...known, duration: 7 }), 400);
    assert.doesNotMatch(log(), /does not have the model/);

    assert.equal(await create({ model: `new\n${'m'.repeat(300)}`, seed: 'any' }), 200);
    assert.match(log(), /^mock: the contract does not have the model "new\\nm{96}"; checking only what all models share$/m);
    assert.equal(await create({ model: 'new', seed: 7 }, 'code=429'), 429);
  });
});
