import assert from 'node:assert/strict';
import test from 'node:test';
import { operationsOf } from './vendor-documents.mjs';
import { create, page, retrieve } from './test-documents.mjs';

const read = async (document, name = 'file.json') => (await operationsOf(typeof document === 'string' ? document : JSON.stringify(document), name)).operations;
const names = (operations) => operations.map(({ kind, model }) => [kind, model].filter(Boolean).join(' '));

test('a page has a block for each operation, kept as published', async () => {
  const operations = await read(page(create('a/b'), retrieve()), 'page.md');

  assert.deepEqual(names(operations), ['create a/b', 'retrieve']);
  assert.equal(operations[0].text, JSON.stringify(create('a/b')));
});

test('a broken block of a page is reported with its line', async () => {
  const broken = page(create('a/b')).replace('"paths":', '"paths"');

  await assert.rejects(read(broken, 'page.md'), /^Error: line 16: invalid JSON: /);
});

test('a missing block, and one with another operation, are reported with the line', async () => {
  const lines = page(create('a/b')).split('\n');
  const heading = lines.findIndex((line) => line.startsWith('## POST'));

  await assert.rejects(read(lines.slice(0, heading + 2).join('\n'), 'page.md'), /line 11: no JSON block after "## POST/);
  await assert.rejects(read(page(create('a/b')).replace('## POST', '## PUT'), 'page.md'), /describes POST \/v2\/video\/generations/);
  await assert.rejects(read('# Prose only\n', 'page.md'), /no JSON block/);
});

test('a document that is not OpenAPI is reported with the place', async () => {
  await assert.rejects(read('{"openapi": "3.0.0"}'), /\$\.paths: missing/);
  await assert.rejects(read('[1, 2]', 'x.yaml'), /\$\.paths: missing/);
  await assert.rejects(read('{"paths": {\n"/x": }'), /line 2: invalid JSON/);
  await assert.rejects(read(create('a/b', {}, { path: '/v1/chat/completions' })), /no operation that creates or retrieves a video/);
});

test('a create without a schema or a model is reported with the place', async () => {
  const bare = create('a/b');
  delete bare.paths['/v2/video/generations'].post.requestBody;
  const nameless = create('a/b', { model: { type: 'string' } }, { schema: { title: 'Request' } });

  await assert.rejects(read(bare), /post\.requestBody: no schema/);
  await assert.rejects(read(nameless), /post\.requestBody: names no model/);
});

test('a broken reference is reported with the place', async () => {
  const document = create('a/b', { prompt: { $ref: '#/components/schemas/Prompt' } });

  await assert.rejects(read(document), /post: refers to #\/components\/schemas\/Prompt, which does not exist/);
});

test('YAML is accepted like JSON', async () => {
  const yaml = [
    'openapi: 3.0.0',
    'paths:',
    '  /v2/video/generations:',
    '    post:',
    '      requestBody: { content: { application/json: { schema: { properties: { model: { enum: [a/b] } } } } } }',
  ].join('\n');

  assert.deepEqual(names(await read(yaml, 'x.yaml')), ['create a/b']);
});

test('an operation of several models becomes one for each', async () => {
  const [first, second] = await read(create(['a/one', 'a/two'], { prompt: { type: 'string' } }));

  assert.deepEqual([first.model, second.model], ['a/one', 'a/two']);
  const schema = second.document.paths['/v2/video/generations'].post.requestBody.content['application/json'].schema;
  assert.deepEqual(schema.properties.model.enum, ['a/two']);
  assert.equal(first.text, undefined);
});

test('a document of the whole API yields only the video models, each from the preferred path', async () => {
  const variant = (model) => ({ type: 'object', properties: { model: { type: 'string', enum: model } }, required: ['model'] });
  const dump = create('old/model', {}, { path: '/v2/generate/video/kling/generation', schema: { anyOf: [{ $ref: '#/components/schemas/Kling.v2.a' }, variant(['new/c'])], properties: undefined } });
  dump.components = { schemas: { 'Kling.v2.a': variant(['new/a', 'new/b']), Chat: { type: 'object' } } };
  Object.assign(dump.paths, create('new/c').paths, create('gpt', {}, { path: '/v1/chat/completions' }).paths);

  const { operations, others } = await operationsOf(JSON.stringify(dump), 'dump.json');

  assert.deepEqual(names(operations), ['create new/c', 'create new/a', 'create new/b', 'create new/c']
    .filter((each, i, all) => all.indexOf(each) === i));
  assert.equal(others, 1);
  assert.equal(operations[1].address, '/v2/generate/video/kling/generation');
  assert.equal(operations[1].document.components?.schemas?.Chat, undefined);
});

test('code samples name the model if the schema does not', async () => {
  const document = create('x', { model: { type: 'string' } }, { schema: { title: 'Request' } });
  document.paths['/v2/video/generations'].post['x-codeSamples'] = [{ lang: 'py', source: 'json={"model": "a/b", "prompt": "x"}' }];

  assert.deepEqual(names(await read(document)), ['create a/b']);
});
