import assert from 'node:assert/strict';
import test from 'node:test';
import { changesBetween } from './changes.mjs';
import { constants } from './class-names.mjs';
import { generate } from './generate.mjs';
import { imported, load } from './sources.mjs';
import { create, RESPONSE, retrieve } from './test-documents.mjs';

const EMPTY = { documented: [], supplement: [], overlay: 'overlay: 1.0.0\ninfo: {title: none, version: "1"}\nactions: []\n', names: {} };

/** Adds documents to the sources of `before`, a former result, and generates the contract and the client's view. */
async function generated(documents, before) {
  const files = documents.map((document, i) => ({ name: `${i}.json`, text: JSON.stringify(document) }));
  const { sources } = imported(before?.sources ?? EMPTY, files, () => {});
  const named = before?.names ? { ...sources, names: before.names } : sources;
  const start = before?.contract ?? { components: { schemas: {} }, paths: { '/v2/video/generations': { post: { requestBody: { content: { 'application/json': { schema: { oneOf: [] } } } }, responses: { 200: { content: { 'application/json': { schema: {} } } } } } } } };
  return { sources: named, ...(await generate(named, start)) };
}

const classes = ({ client }) => client.components.schemas;
const changes = (before, after) => changesBetween(before.client, after.client).map(({ text }) => text);
const enumOf = (...values) => ({ type: 'string', enum: values });
const mask = { type: 'object', properties: { mask: { type: 'string', format: 'uri' }, x: { type: 'integer' } }, required: ['mask'] };

test('each model gets its own class, in a union', async () => {
  const { contract, client } = await generated([create('vendor/model-v1.5', { prompt: { type: 'string' } }), create('other/model')]);

  const { schema } = contract.paths['/v2/video/generations'].post.requestBody.content['application/json'];
  assert.deepEqual(schema.oneOf.map(({ $ref }) => $ref.split('/').at(-1)), ['OtherModelRequest', 'VendorModelV15Request']);
  assert.equal(client.components.schemas.VendorModelV15Request.properties.model.default, 'vendor/model-v1.5');
});

test('the values that end a generation become constants, whatever the type of the status', async () => {
  const overlay = `overlay: 1.0.0
info: {title: none, version: "1"}
actions:
  - target: $.components.schemas.VideoGenerationResponse.properties.status
    update: {x-terminal-values: {completed: [done], failed: [timed_out, error]}}
`;
  for (const status of [enumOf('queued', 'done'), { type: 'string' }, { anyOf: [{ type: 'string' }, enumOf('x')] }]) {
    const response = { type: 'object', properties: { id: { type: 'string' }, status } };
    const { client } = await generated([create('a/a', {}, { response })], { sources: { ...EMPTY, overlay } });

    assert.deepEqual(classes({ client }).VideoGenerationResponse.properties.status['x-terminal-values'], [
      { name: 'COMPLETED', 'x-values': ['done'] },
      { name: 'FAILED', 'x-values': ['timed_out', 'error'] },
    ]);
  }
});

test('the document that sorts first changes neither the server nor the security scheme', async () => {
  const odd = { servers: [{ url: 'https://staging.example.com/v1' }], components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } };
  const { contract } = await generated([create('z/z'), create('a/a', {}, { document: odd })]);

  assert.deepEqual(contract.servers, [{ url: 'https://api.aimlapi.com' }]);
  assert.deepEqual(Object.keys(contract.components.securitySchemes), ['access-token']);
});

test('amounts of responses are decimals, numbers of requests are not', async () => {
  const amount = { type: 'number', format: 'decimal' };
  const response = { type: 'object', properties: { id: { type: 'string' }, cost: amount } };
  const { client } = await generated([create('a/a', { scale: amount }, { response })]);

  assert.deepEqual(classes({ client }).VideoGenerationResponse.properties.cost, { type: 'string', format: 'decimal' });
  assert.deepEqual(classes({ client }).AARequest.properties.scale, { type: 'number' });
});

test('names that collide or differ only in case get a number, and existing names stay', async () => {
  const first = await generated([create('a/b-c')]);
  const second = await generated([create('a-b/c'), create('A/B-C'), create('a/bC')], first);

  assert.deepEqual(second.sources.documented.map(({ name }) => name), ['a-b-c-no2.create.json', 'a-b-c-no3.create.json', 'a-b-c.create.json', 'a-bc-no4.create.json']);
  const names = Object.keys(classes(second)).map((name) => name.toLowerCase());
  assert.equal(new Set(names).size, names.length);
  assert.equal(classes(second).ABCRequest.properties.model.default, 'a/b-c');
});

const MASKS = { masks: { type: 'array', items: mask }, aspect_ratio: enumOf('16:9', '9:16') };

test('a class of a new model carries its name, also within another class', async () => {
  const config = { type: 'object', properties: { mode: enumOf('a'), type: enumOf('b'), value: { type: 'object', properties: { type: enumOf('c') } } } };
  const first = await generated([create('minimax/hailuo-02', { resolution: enumOf('768P', '1080P'), config, style_type: enumOf('d') })]);

  const names = Object.keys(classes(first)).filter((name) => /^Minimax/.test(name)).sort();
  assert.deepEqual(names, ['Config', 'ConfigMode', 'ConfigType', 'ConfigValue', 'Request', 'Resolution', 'StyleType', 'ValueType'].map((name) => `MinimaxHailuo02${name}`));
  assert.deepEqual(Object.keys(classes(first)).filter((name) => !names.includes(name)).sort(), ['Video', 'VideoGenerationResponse', 'VideoRequest']);
});

test('equal shapes of several models share a class that names none of them', async () => {
  const both = await generated([create('z/z', MASKS), create('a/a', { ...MASKS, size: enumOf('1:1') })]);

  assert.deepEqual(Object.keys(classes(both)).sort(), ['AARequest', 'AASize', 'AspectRatio', 'Mask', 'Video', 'VideoGenerationResponse', 'VideoRequest', 'ZZRequest']);
});

test('equal shapes share a class, and its first name stays', async () => {
  const first = await generated([create('z/z', MASKS)]);
  const second = await generated([create('a/a', { brushes: MASKS.masks, aspect_ratio: MASKS.aspect_ratio })], first);

  assert.deepEqual(Object.keys(classes(second)).sort(), ['AARequest', 'Video', 'VideoGenerationResponse', 'VideoRequest', 'ZZAspectRatio', 'ZZMask', 'ZZRequest']);
  assert.deepEqual(classes(second).AARequest.properties.brushes.items, { $ref: '#/components/schemas/ZZMask' });
});

test('a class that several models share keeps its name when one of them leaves it', async () => {
  const both = await generated([create('z/z', MASKS), create('a/a', MASKS)]);
  const one = await generated([create('a/a', { ...MASKS, aspect_ratio: enumOf('1:1') })], both);

  assert.deepEqual(classes(one).AspectRatio.enum, ['16:9', '9:16']);
  assert.deepEqual(classes(one).AAAspectRatio.enum, ['1:1']);
});

test('a different shape of the same property gets its own name', async () => {
  const first = await generated([create('z/z', { aspect_ratio: enumOf('16:9') })]);
  const second = await generated([create('a/a', { aspect_ratio: enumOf('1:1') })], first);

  assert.deepEqual(classes(second).ZZAspectRatio.enum, ['16:9']);
  assert.deepEqual(classes(second).AAAspectRatio.enum, ['1:1']);
});

test('a class keeps its name when its page adds a value', async () => {
  const first = await generated([create('a/a', { aspect_ratio: enumOf('16:9') })]);
  const second = await generated([create('a/a', { aspect_ratio: enumOf('16:9', '1:1') })], first);

  assert.deepEqual(changes(first, second), ['+ AAAspectRatio.RATIO_1_1 (1:1) added']);
});

test('a class never has the name of a common Java class', async () => {
  const { client } = await generated([create('a/a', { character: mask, object: enumOf('x'), type: enumOf('y') })]);

  const names = Object.keys(client.components.schemas);
  assert.ok(!names.some((name) => ['Character', 'Object', 'Type'].includes(name)), names.join());
});

test('integer enums stay integers with a list of values; large integers are long', async () => {
  const { client } = await generated([create('a/a', { duration: { type: 'integer', enum: [5, 10], default: '5' }, seed: { type: 'integer', maximum: 4294967295 } })]);

  const { duration, seed } = client.components.schemas.AARequest.properties;
  assert.deepEqual(duration, { type: 'integer', 'x-values': ['5', '10'], default: 5 });
  assert.equal(seed.format, 'int64');
});

test('links to images are images, other links are text', async () => {
  const uri = { type: 'string', format: 'uri' };
  const { client } = await generated([create('a/a', { image_url: uri, video_url: uri, tail: { type: 'object', properties: { type: enumOf('image'), url: uri } } })]);

  const { AARequest, AATail } = client.components.schemas;
  assert.equal(AARequest.properties.image_url.format, 'uri');
  assert.equal(AARequest.properties.video_url.format, undefined);
  assert.equal(AATail.properties.url.format, 'uri');
});

test('a union of objects becomes one class, and a union without a common Java type an Object', async () => {
  const variant = (type, name) => ({ type: 'object', properties: { type: enumOf(type), [name]: { type: 'string' } }, required: ['type', name] });
  const { client } = await generated([create('a/a', {
    frame: { oneOf: [variant('image', 'url'), variant('generation', 'id'), { nullable: true }] },
    image_url: { anyOf: [{ type: 'string', format: 'uri' }, { type: 'array', items: { type: 'string' } }] },
  })]);

  const { AARequest, AAFrame, AAFrameType } = client.components.schemas;
  assert.deepEqual(AAFrame.required, ['type']);
  assert.deepEqual(Object.keys(AAFrame.properties), ['type', 'url', 'id']);
  assert.deepEqual(AAFrameType.enum, ['image', 'generation']);
  assert.deepEqual(AARequest.properties.image_url, { description: 'Type: string or array.' });
});

test('the response merges those of all operations', async () => {
  const other = structuredClone(RESPONSE);
  other.properties.status.enum.push('expired');
  other.properties.video = { anyOf: [RESPONSE.properties.video, { type: 'array', items: RESPONSE.properties.video }, { nullable: true }] };
  other.properties.seed = { type: 'integer' };
  other.required = ['id'];
  const { contract, client } = await generated([create('a/a', {}, { response: other }), retrieve()]);

  const response = contract.components.schemas.VideoGenerationResponse;
  assert.deepEqual(response.required, ['id']);
  assert.deepEqual(response.properties.status.enum, ['queued', 'completed', 'expired']);
  assert.deepEqual(response.properties.video.anyOf.map(({ type }) => type), ['object', 'array']);
  assert.deepEqual(Object.keys(client.components.schemas.VideoGenerationResponse.properties), ['id', 'status', 'video', 'seed']);
});

test('an enum of a response becomes text with its known values; requests and parameters keep enums', async () => {
  const mode = enumOf('a', 'b');
  const query = { name: 'mode', in: 'query', schema: { title: 'Mode', ...mode } };
  const response = { type: 'object', properties: { id: { type: 'string' }, mode: { ...mode, description: 'How.' }, modes: { type: 'array', items: mode } } };
  const sources = { ...EMPTY, supplement: [{ paths: { '/v2/modes': { get: { parameters: [query], responses: { 200: { description: 'Modes.', content: { 'application/json': { schema: { title: 'Modes', ...response } } } } } } } } }] };

  const { client } = await generated([create('a/a', { mode })], { sources });

  const { AARequest, Mode, Modes, VideoGenerationResponse } = client.components.schemas;
  assert.deepEqual(AARequest.properties.mode, { $ref: '#/components/schemas/Mode' });
  assert.deepEqual(Mode.enum, ['a', 'b']);
  assert.deepEqual(client.paths['/v2/modes'].get.parameters[0].schema, { $ref: '#/components/schemas/Mode' });
  assert.deepEqual(Modes.properties.mode, { type: 'string', description: 'How. Known values: `a`, `b`; the server may send others.' });
  assert.deepEqual(Modes.properties.modes.items, { type: 'string', description: 'Known values: `a`, `b`; the server may send others.' });
  assert.equal(VideoGenerationResponse.properties.status.enum, undefined);
});

test('constants are readable, start with a letter and are distinct', () => {
  assert.deepEqual(constants(['16:9', '9:16'], 'aspect_ratio'), ['RATIO_16_9', 'RATIO_9_16']);
  assert.deepEqual(constants(['720p', '4k', 'auto'], 'resolution'), ['RESOLUTION_720P', 'RESOLUTION_4K', 'AUTO']);
  assert.deepEqual(constants(['a-b', 'a_b', '', 'camelCase'], 'x'), ['A_B', 'A_B_2', 'EMPTY', 'CAMEL_CASE']);
});

const BASE = { prompt: { type: 'string', maxLength: 100 }, duration: { type: 'integer', minimum: 1, maximum: 10 }, mode: enumOf('a', 'b') };

for (const [what, properties, more, expected] of [
  ['a property added', { ...BASE, seed: { type: 'integer' } }, {}, '+ AARequest.seed added'],
  ['a required property added', { ...BASE, seed: { type: 'integer' } }, { required: ['seed'] }, '! AARequest.seed added, and required'],
  ['a property removed', { prompt: BASE.prompt, mode: BASE.mode }, {}, '! AARequest.duration removed'],
  ['a property made required', BASE, { required: ['prompt'] }, '! AARequest.prompt made required'],
  ['a type changed', { ...BASE, duration: { type: 'string' } }, {}, '! AARequest.duration changed from Integer to String'],
  ['a range narrowed', { ...BASE, duration: { type: 'integer', minimum: 2, maximum: 10 } }, {}, '! AARequest.duration: minimum 1 became 2'],
  ['a range widened', { ...BASE, duration: { type: 'integer', minimum: 1, maximum: 20 } }, {}, '* AARequest.duration: maximum 10 became 20'],
  ['a limit dropped', { ...BASE, prompt: { type: 'string' } }, {}, '* AARequest.prompt: maxLength 100 became none'],
  ['values added', { ...BASE, duration: { type: 'integer', minimum: 1, maximum: 10, enum: [5] } }, {}, '! AARequest.duration: values none became 5'],
  ['a constant removed', { ...BASE, mode: enumOf('a') }, {}, '! AAMode.B (b) removed'],
]) {
  test(`changes: ${what}`, async () => {
    const before = await generated([create('a/a', BASE)]);

    assert.deepEqual(changes(before, await generated([create('a/a', properties, more)], before)), [expected]);
  });
}

test('a page with other descriptions changes nothing', async () => {
  const before = await generated([create('a/a', BASE)]);
  const after = await generated([create('a/a', { ...BASE, prompt: { ...BASE.prompt, description: 'New description.' } })], before);

  assert.deepEqual(changes(before, after), []);
});

test('the checked-in names are complete', async () => {
  const { client } = await generate(load());

  assert.ok(client.components.schemas.KlingVideoV1StandardImageToVideoRequest.properties.camera_control);
});
