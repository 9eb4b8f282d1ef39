import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withPrism } from './prism.mjs';
import { OPENAPI } from './sources.mjs';
import { withMock } from './test-mock.mjs';

const KLING = 'kling-video/v1/standard/image-to-video';
const HEADERS = { Authorization: 'Bearer key', 'Content-Type': 'application/json' };

/** Calls `work(get, send)` with the mock behind a Prism that turns each response which violates the contract into a 500. */
function judged(work) {
  return withMock((contract) => contract, (mock) =>
    withPrism(['proxy', join(OPENAPI, 'mock.yaml'), mock, '--errors'], (proxy) =>
      work(
        async (path) => {
          const response = await fetch(proxy + path, { headers: HEADERS });
          return { status: response.status, text: await response.text() };
        },
        (method, path, body) => fetch(mock + path, { method, headers: HEADERS, body: JSON.stringify(body) }),
      ),
    ));
}

test('what the mock says of its catalogue, account and logs follows the contract', async () => {
  await judged(async (get, send) => {
    await send('POST', '/v2/video/generations', { model: KLING, image_url: 'https://example.com/fox.png' });
    const first = JSON.parse((await get('/v2/billing/transactions?limit=1')).text);
    const paths = [
      '/v1/models',
      '/v1/models?include=all&capabilities=image_to_video',
      `/model/${encodeURIComponent(KLING)}`,
      '/v2/billing',
      '/v2/billing/transactions',
      `/v2/billing/transactions?limit=1&cursor=${encodeURIComponent(first.pagination.next_cursor)}`,
      '/v2/logs?period=24h&limit=1',
    ];

    for (const path of paths) {
      const { status, text } = await get(path);
      assert.equal(status, 200, `${path}: ${text}`);
    }
    for (const [path, expected] of [['/model/none', 404], ['/v2/billing/transactions?cursor=none', 400], ['/v2/logs?period=93d', 400]]) {
      const { status, text } = await get(path);
      assert.equal(status, expected, `${path}: ${text}`);
    }
  });
});

test('a response that violates the contract is noticed', async () => {
  await judged(async (get, send) => {
    assert.equal((await send('PUT', '/mock/account', { prices: { [KLING]: 'cheap' } })).status, 204);

    const { status, text } = await get('/v1/models?include=pricing');

    assert.equal(status, 500, text);
    assert.match(text, /pricing/);
  });
});

test('the mock serves the document of each model of the contract as it was published', async () => {
  const published = readFileSync(join(OPENAPI, 'documented/kling-video-v1-standard-image-to-video.create.json'), 'utf8');
  await withMock((contract) => contract, async (url) => {
    const { data } = await (await fetch(`${url}/v1/models?id=${KLING}`)).json();

    assert.equal(await (await fetch(data[0].info.docsJson)).text(), published);
    assert.equal((await fetch(`${url}/docs-json?model=none&endpoint=internal%2Fvideo-generations%2Fsubmit`)).status, 404);
    assert.equal((await fetch(data[0].info.docsJson.replace(/endpoint=.*/, 'endpoint=chat-completion'))).status, 404);
  });
});

test('the mock starts with the balance that it was given', async () => {
  await withMock((contract) => contract, async (url) => {
    const { status, text } = await create(url);
    assert.equal(status, 403, text);
    assert.match(text, /err_insufficent_credits/);
  }, ['--balance', '0.27']);
});

test('a balance that is no amount is refused', () => {
  const { status, stderr } = spawnSync('bash', [join(OPENAPI, '../scripts/mock'), '--balance', '-1'], { encoding: 'utf8' });

  assert.equal(status, 2);
  assert.equal(stderr, 'mock: --balance must be a number of US dollars: -1\n');
});

async function create(url) {
  const body = JSON.stringify({ model: KLING, image_url: 'https://example.com/fox.png' });
  const response = await fetch(`${url}/v2/video/generations`, { method: 'POST', headers: HEADERS, body });
  return { status: response.status, text: await response.text() };
}
