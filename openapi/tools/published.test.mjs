import assert from 'node:assert/strict';
import test from 'node:test';
import { operationsOf } from './published.mjs';
import { create, page, retrieve } from './samples.mjs';

const read = async (document, name = 'file.json') => (await operationsOf(typeof document === 'string' ? document : JSON.stringify(document), name)).operations;
const told = (operations) => operations.map(({ kind, model }) => [kind, model].filter(Boolean).join(' '));

test('a page has a block for each operation, kept to the letter', async () => {
  const operations = await read(page(create('a/b'), retrieve()), 'page.md');

  assert.deepEqual(told(operations), ['create a/b', 'retrieve']);
  assert.equal(operations[0].text, JSON.stringify(create('a/b')));
});

test('a page with a broken block is refused with the line', async () => {
  const broken = page(create('a/b')).replace('"paths":', '"paths"');

  await assert.rejects(read(broken, 'page.md'), /^Error: line 16: no JSON: /);
});

test('a page whose block lacks or has another operation is refused with the line', async () => {
  const lines = page(create('a/b')).split('\n');
  const heading = lines.findIndex((line) => line.startsWith('## POST'));

  await assert.rejects(read(lines.slice(0, heading + 2).join('\n'), 'page.md'), /line 11: no JSON block after "## POST/);
  await assert.rejects(read(page(create('a/b')).replace('## POST', '## PUT'), 'page.md'), /describes POST \/v2\/video\/generations/);
  await assert.rejects(read('# Words alone\n', 'page.md'), /no JSON block/);
});

test('what is no OpenAPI document is refused with the place', async () => {
  await assert.rejects(read('{"openapi": "3.0.0"}'), /\$\.paths: missing/);
  await assert.rejects(read('[1, 2]', 'x.yaml'), /\$\.paths: missing/);
  await assert.rejects(read('{"paths": {\n"/x": }'), /line 2: no JSON/);
  await assert.rejects(read(create('a/b', {}, { path: '/v1/chat/completions' })), /no operation that creates or retrieves a video/);
});

test('a create without a schema or a model is refused with the place', async () => {
  const bare = create('a/b');
  delete bare.paths['/v2/video/generations'].post.requestBody;
  const nameless = create('a/b', { model: { type: 'string' } }, { schema: { title: 'Request' } });

  await assert.rejects(read(bare), /post\.requestBody: no schema/);
  await assert.rejects(read(nameless), /post\.requestBody: names no model/);
});

test('a reference that leads nowhere is refused with the place', async () => {
  const document = create('a/b', { prompt: { $ref: '#/components/schemas/Prompt' } });

  await assert.rejects(read(document), /post: refers to #\/components\/schemas\/Prompt, which does not exist/);
});

test('YAML is read like JSON', async () => {
  const yaml = [
    'openapi: 3.0.0',
    'paths:',
    '  /v2/video/generations:',
    '    post:',
    '      requestBody: { content: { application/json: { schema: { properties: { model: { enum: [a/b] } } } } } }',
  ].join('\n');

  assert.deepEqual(told(await read(yaml, 'x.yaml')), ['create a/b']);
});

test('what is published for several models is taken for each', async () => {
  const [first, second] = await read(create(['a/one', 'a/two'], { prompt: { type: 'string' } }));

  assert.deepEqual([first.model, second.model], ['a/one', 'a/two']);
  const schema = second.document.paths['/v2/video/generations'].post.requestBody.content['application/json'].schema;
  assert.deepEqual(schema.properties.model.enum, ['a/two']);
  assert.equal(first.text, undefined);
});

test('a dump of the whole API gives the video models alone, each from the best address', async () => {
  const variant = (model) => ({ type: 'object', properties: { model: { type: 'string', enum: model } }, required: ['model'] });
  const dump = create('old/model', {}, { path: '/v2/generate/video/kling/generation', schema: { anyOf: [{ $ref: '#/components/schemas/Kling.v2.a' }, variant(['new/c'])], properties: undefined } });
  dump.components = { schemas: { 'Kling.v2.a': variant(['new/a', 'new/b']), Chat: { type: 'object' } } };
  Object.assign(dump.paths, create('new/c').paths, create('gpt', {}, { path: '/v1/chat/completions' }).paths);

  const { operations, also } = await operationsOf(JSON.stringify(dump), 'dump.json');

  assert.deepEqual(told(operations), ['create new/c', 'create new/a', 'create new/b', 'create new/c']
    .filter((each, i, all) => all.indexOf(each) === i));
  assert.equal(also, 1);
  assert.equal(operations[1].address, '/v2/generate/video/kling/generation');
  assert.equal(operations[1].document.components?.schemas?.Chat, undefined);
});

test('the samples of code name the model where the schema does not', async () => {
  const document = create('x', { model: { type: 'string' } }, { schema: { title: 'Request' } });
  document.paths['/v2/video/generations'].post['x-codeSamples'] = [{ lang: 'py', source: 'json={"model": "a/b", "prompt": "x"}' }];

  assert.deepEqual(told(await read(document)), ['create a/b']);
});
