import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listedModels, modelNamed, nearestNames, publishedFile } from './catalogue.mjs';
import { checkedUrl, readJson } from './server.mjs';
import { docsJsonOf, entry, withCatalogue } from './test-catalogue.mjs';

const listed = async (models, work) => withCatalogue({ models }, async (url) => work(await listedModels(url), url));

test('a model is found by its id before an alias, and nothing else', () =>
  listed([entry('other', { aliases: ['a/b'] }), entry('a/b', { aliases: ['ab'] })], (models) => {
    assert.equal(modelNamed('a/b', models).id, 'a/b');
    assert.equal(modelNamed('ab', models).id, 'a/b');
    assert.equal(modelNamed('A/B', models), undefined);
  }));

test('a name of several models, or of another kind of model, is refused with the reason', () =>
  listed([entry('a', { aliases: ['x'] }), entry('b', { aliases: ['x'] }), entry('gpt', { type: 'chat-completion' })], (models) => {
    assert.throws(() => modelNamed('x', models), { message: 'x is an alias of a and b; give one of these', exitCode: 2 });
    assert.throws(() => modelNamed('gpt', models), { message: 'gpt is not a video model, its type is chat-completion; choose a video model', exitCode: 2 });
  }));

test('the nearest names are those of video models, ids and aliases alike', () =>
  listed([entry('kling/v1'), entry('kling/v1.6', { aliases: ['klingv1'] }), entry('veo'), entry('kling/v2', { type: 'chat-completion' })], (models) =>
    assert.equal(nearestNames('Kling/v2', models), 'kling/v1, klingv1, kling/v1.6')));

test('entries without an id are ignored', () =>
  listed([null, 5, {}, { id: 7 }, { id: 'a', aliases: 'x', info: null }], (models) => assert.deepEqual(models, [{ id: 'a', names: ['a'], type: undefined, docsJson: undefined }])));

for (const [what, docsJson, message] of [
  ['another origin', 'https://example.com/docs-json?model=a', /outside the API, at https:\/\/example\.com\/docs-json\?model=a, which is not read; import a file instead$/],
  ['another port', 'https://api.aimlapi.com:444/docs-json', /outside the API/],
  ['no encryption', 'http://api.aimlapi.com/docs-json', /outside the API/],
  ['an origin that only begins alike', 'https://api.aimlapi.com.example.com/docs-json', /outside the API/],
  ['a user that looks like the API', 'https://api.aimlapi.com@example.com/docs-json', /outside the API/],
  ['a file', 'file:///etc/passwd', /outside the API/],
  ['no URL', 'https://', /outside the API/],
  ['no text', 5, /names no document of a in info\.docsJson/],
  ['nothing', null, /names no document of a in info\.docsJson/],
])
  test(`a document is read from the API alone, not from ${what}`, () =>
    withCatalogue({ models: [entry('a', { docsJson })] }, async (url, requests) => {
      const [model] = await listedModels(url);

      await assert.rejects(publishedFile('a', model, url), { message, exitCode: 5 });
      assert.deepEqual(requests, ['/v1/models']);
    }));

test('the server of the catalogue stands for the API, whose URL its entries have', () =>
  withCatalogue({ models: [entry('a/b')], documents: { 'a/b': { paths: {} } } }, async (url, requests) => {
    const [model] = await listedModels(url);
    const own = { ...model, docsJson: docsJsonOf('a/b').replace('https://api.aimlapi.com', url) };

    assert.equal((await publishedFile('a/b', model, url)).text, '{"paths":{}}');
    assert.equal((await publishedFile('a/b', own, url)).text, '{"paths":{}}');
    assert.deepEqual(requests.slice(1), Array(2).fill('/docs-json?model=a%2Fb&endpoint=internal%2Fvideo-generations%2Fsubmit'));
  }));

for (const [what, respond, reason] of [
  ['an error', (response) => response.writeHead(503).end('{}'), /the server returned 503; try again later$/],
  ['a redirect', (response) => response.writeHead(302, { Location: 'https://example.com/' }).end(), /the server returned 302/],
  ['HTML', (response) => response.end('\n<!doctype html>'), /the server returned HTML, not JSON/],
  ['no body', (response) => response.end(), /the response is not JSON, or was cut off/],
  ['half an object', (response) => response.end('{"data": ['), /the response is not JSON, or was cut off/],
  ['less than announced', (response) => response.writeHead(200, { 'Content-Length': 100 }).write('{}', () => response.destroy()), /the connection was lost|the response was cut off/],
  ['an end without a response', (response) => response.destroy(), /the connection was lost/],
  ['what is not UTF-8', (response) => response.end(Buffer.from([0x22, 0xff, 0x22])), /the response is not UTF-8/],
  ['a broken compression', (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('{}'), /the response cannot be read: Z_/],
  ['too much', (response) => response.end(' '.repeat(2000)), /the response has more than 1000 bytes/],
])
  test(`${what} is reported in one line with the URL`, () =>
    withCatalogue({ models: [], respond: (request, response) => respond(response) || true }, (url) =>
      assert.rejects(readJson(`${url}/x`, { maxBytes: 1000 }), ({ message, exitCode }) => {
        assert.ok(message.startsWith(`${url}/x: `) && !message.includes('\n'), message);
        assert.match(message, reason);
        return exitCode === 5;
      })));

test('a response without an end times out', () =>
  withCatalogue({ models: [], respond: (request, response) => response.write('{"data":') }, (url) =>
    assert.rejects(readJson(url, { timeoutMs: 100 }), /: no complete response within 0\.1 seconds; try again later$/)));

test('a server that is not there is reported with the reason', async () => {
  let gone;
  await withCatalogue({ models: [] }, (url) => (gone = url));

  await assert.rejects(readJson(gone), /: the connection was refused; try again later$/);
});

test('a catalogue without a list is reported', async () => {
  for (const value of ['null', '[]', '{"data": {}}', '{"object": "list"}'])
    await withCatalogue({ models: [], respond: (request, response) => response.end(value) }, (url) =>
      assert.rejects(listedModels(url), /the response has no list of models in "data"; try again later$/));
});

test('a base URL is the URL of a server', () => {
  assert.equal(checkedUrl('http://127.0.0.1:4010//'), 'http://127.0.0.1:4010');
  for (const [text, why] of [['x', /not a URL/], ['http://example.com', /must be https/], ['https://a:b@example.com', /without a user/], ['https://example.com/?x', /a query/]])
    assert.throws(() => checkedUrl(text), ({ message, exitCode }) => why.test(message) && exitCode === 2);
});
