import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HARMLESS } from './hostile-documents.mjs';
import { create, modern, page, RESPONSE, retrieve } from './test-documents.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLACE = mkdtempSync(join(tmpdir(), 'aiml-video-try-test-'));
after(() => rmSync(PLACE, { recursive: true }));

const text = { type: 'string' };
const link = { type: 'string', format: 'uri' };
const model = (name) => ({ type: 'string', enum: [name] });
const without = { properties: undefined, required: undefined, type: undefined };

/** What has been seen in published schemas, and what Prism, the generator or javac cannot handle as it is. */
const FILES = {
  'errors.json': create('t/errors', {
    a: { type: 'int' },
    b: { nullable: true, enum: ['x', null, 'x'] },
    c: { type: 'string', pattern: '(' },
    d: { nullable: true, oneOf: [text, { type: 'integer' }] },
    e: { type: 'integer', enum: ['5', '10'], default: '5' },
    f: { type: 'object', required: [] },
    g: { type: ['string', 'null'] },
    h: { type: 'number', exclusiveMinimum: 0 },
    i: { const: 'z' },
    j: { type: 'array' },
    k: { enum: [1, 2] },
    l: {},
    m: { nullable: true },
  }),
  'variants.json': create('t/variants', {}, {
    schema: {
      ...without,
      oneOf: [
        { type: 'object', properties: { model: model('t/variants'), prompt: text, image_url: link }, required: ['model', 'image_url'] },
        { type: 'object', properties: { model: model('t/variants'), prompt: text, video_url: link }, required: ['model', 'video_url'] },
      ],
    },
  }),
  'either.json': create('t/either', { prompt: text }, { schema: { anyOf: [{ required: ['prompt'] }, { required: ['image_url'], properties: { image_url: text } }] } }),
  'composed.json': create('t/composed', {}, {
    schema: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: 'object', properties: { seed: { type: 'integer', maximum: 4294967295 } }, required: ['seed'] }] },
    document: { components: { schemas: { Base: { type: 'object', properties: { prompt: { type: 'string', minLength: 10 } } } } } },
  }),
  'keywords.json': create('9lives/class', {
    class: text,
    default: { type: 'integer' },
    '2d': { type: 'boolean' },
    getClass: text,
    prompt: { type: 'string', description: 'Ends */ a comment. {@code x} <b> & \\u0041 "quoted"\nand a line' },
    type: { type: 'string', enum: ['*/', '"', 'new', 'class', '1', '-1', 'a b', 'A B', 'ünï'] },
  }),
  'alike.json': create('t/alike', { 'a-b': text, a_b: { type: 'integer' }, aB: { type: 'boolean' } }),
  'deep.json': create('t/deep', {
    shots: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          frames: { type: 'array', items: { anyOf: [{ type: 'object', properties: { url: link }, required: ['url'] }, text] } },
          options: { type: 'object', additionalProperties: { type: 'integer' } },
          nested: { type: 'object', properties: {} },
        },
      },
    },
    matrix: { type: 'array', items: { type: 'array', items: { type: 'number' } } },
    elements: { type: 'array', minItems: 2, items: { type: 'string', enum: ['a', 'b'] } },
  }),
  'three.json': create(['t/one', 't/two', 't/three'], { prompt: text }),
  'responses.json': create('t/responses', {}, {
    response: { oneOf: [RESPONSE, { type: 'object', properties: { id: text, video: { type: 'array', items: text }, error: { oneOf: [text, { type: 'object', properties: { detail: { type: 'array', items: {} } } }] } } }] },
  }),
  'recursive.json': create('t/recursive', { tree: { $ref: '#/components/schemas/Tree' } }, {
    document: { components: { schemas: { Tree: { type: 'object', properties: { name: text, child: { $ref: '#/components/schemas/Tree' } } } } } },
  }),
  'style.json': create('t/style', {
    style: { type: 'string', enum: ['写实', '动漫'], title: 'Aspect Ratio' },
    提示: text,
    size: { type: 'string', pattern: '^\\d+x\\d+$' },
    image_url: { oneOf: [link, text] },
  }, { required: ['size'] }),
  'modern.json': modern('t/modern'),
  'page.md': page(create('t/page', { image_url: text }), retrieve()),
  'legacy.json': create('t/legacy', { prompt: text }, { path: '/v2/generate/video/minimax/generation', response: undefined }),
  'fetch.json': retrieve(),
  'chat.json': create('t/chat', {}, { path: '/v1/chat/completions' }),
};

test('each file is imported or named with the reason, and the total comes last', () => {
  const files = Object.entries({ ...FILES, ...HARMLESS }).map(([name, content]) => {
    writeFileSync(join(PLACE, name), typeof content === 'string' ? content : JSON.stringify(content));
    return join(PLACE, name);
  });

  const { status, stdout, stderr } = spawnSync('bash', [join(ROOT, 'scripts/regenerate'), '--try', ...files], { encoding: 'utf8' });

  const lines = stdout.replaceAll(`${PLACE}/`, '').trim().split('\n');
  const total = lines.pop();
  const hostile = lines.splice(Object.keys(FILES).length);
  assert.deepEqual(lines, [
    'ok t/errors properties=14',
    'ok t/variants properties=4',
    'ok t/either properties=3',
    'ok t/composed properties=3',
    'ok 9lives/class properties=7',
    'ok t/alike properties=4',
    'ok t/deep properties=4',
    'ok t/one t/two t/three properties=2,2,2',
    'ok t/responses properties=1',
    'ok t/recursive properties=2',
    'ok t/style properties=5',
    'ok t/modern properties=12',
    'ok t/page properties=2',
    'ok t/legacy properties=2, published at /v2/generate/video/minimax/generation',
    'ok fetch.json properties=0, only the retrieve operation',
    'failed chat.json: $.paths: no operation that creates or retrieves a video',
  ], stderr);
  for (const line of hostile) assert.match(line, /^ok .+ properties=\d+$/);
  assert.equal(hostile.length, Object.keys(HARMLESS).length);
  assert.equal(total, `${15 + hostile.length} of ${16 + hostile.length} ok`);
  assert.equal(status, 1);
});
