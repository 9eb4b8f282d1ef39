import assert from 'node:assert/strict';
import test from 'node:test';
import { formsViewOf } from './forms-view.mjs';
import { generate, generatedFiles } from './generate.mjs';
import { HARMLESS } from './hostile-documents.mjs';
import { walk } from './schemas.mjs';
import { imported, load } from './sources.mjs';
import { create, modern, retrieve } from './test-documents.mjs';

/** The contract with documents added, and the forms of all models. */
async function generated(documents = []) {
  const sources = load();
  const before = await generate(sources);
  const files = Object.entries(documents).map(([name, document]) => ({ name, text: typeof document === 'string' ? document : JSON.stringify(document) }));
  const { contract, client, names } = await generate(imported(sources, files, () => {}).sources, before.contract);
  return { contract, models: JSON.parse(generatedFiles({ contract, client, names }).get('forms.json')).models };
}

const form = async (properties, options) => (await generated([create('a/a', properties, options)])).models['a/a'];

const DOCUMENTS = { ...HARMLESS, 'modern.json': modern('modern/model'), 'plain.json': create('plain/model', { prompt: { type: 'string' } }), 'retrieve.json': retrieve() };

test('the form of each model has every property of its request, in the order of the contract, and no reference', async () => {
  const { contract, models } = await generated(DOCUMENTS);
  const requests = Object.values(contract.components.schemas).filter(({ properties }) => properties?.model?.enum);

  assert.deepEqual(Object.keys(models).sort(), requests.map(({ properties }) => properties.model.enum[0]).sort());
  assert.ok(requests.length > 5, String(requests.length));
  for (const { properties: { model, ...properties } } of requests) {
    compareProperties(models[model.enum[0]], properties, model.enum[0]);
    walk(models[model.enum[0]], (schema) => assert.deepEqual(Object.keys(schema).filter((key) => /^(\$ref|allOf|x-.*)$/.test(key)), []));
  }
});

/** Compares the names of properties, as far as objects are nested without a union. */
function compareProperties(form, properties, place) {
  assert.deepEqual(Object.keys(form.properties), Object.keys(properties), place);
  for (const [name, schema] of Object.entries(properties)) {
    const [inner, own] = schema.type === 'array' ? [form.properties[name].items, schema.items] : [form.properties[name], schema];
    if (own?.properties && !own.oneOf && !own.anyOf) compareProperties(inner, own.properties, `${place}.${name}`);
  }
}

test('limits, values and defaults are those of the contract', async () => {
  const { properties, required } = await form({
    first_frame: { type: 'string', format: 'uri' },
    seconds: { type: 'integer', enum: [5, 10], default: 5, description: 'How long.' },
    ratio: { type: 'string', enum: ['16:9', '1:1'], default: '1:1' },
    scale: { type: 'number', minimum: 0, maximum: 1, default: 0.5 },
    prompt: { type: 'string', minLength: 1, maxLength: 2500 },
    tags: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3 },
    loop: { type: 'boolean', default: false },
  }, { required: ['prompt', 'first_frame'] });

  assert.deepEqual(properties, {
    first_frame: { type: 'string', format: 'uri' },
    seconds: { type: 'integer', enum: [5, 10], default: 5, description: 'How long.' },
    ratio: { type: 'string', enum: ['16:9', '1:1'], default: '1:1' },
    scale: { type: 'number', minimum: 0, maximum: 1, default: 0.5 },
    prompt: { type: 'string', minLength: 1, maxLength: 2500 },
    tags: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3 },
    loop: { type: 'boolean', default: false },
  });
  assert.deepEqual(required, ['first_frame', 'prompt']);
});

test('a property has its name in JSON, and what is required too', async () => {
  const names = ['class', 'a-b', 'a_b', '提示', 'constructor', '$ref', 'x-json-name'];
  const { properties, required } = await form({ camera: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'integer' }])), required: names } });

  assert.deepEqual(Object.keys(properties.camera.properties), names);
  assert.deepEqual(properties.camera.required, names);
  assert.equal(required, undefined);
});

test('only the model of the request itself is left out', async () => {
  const { properties, required } = await form({ camera: { type: 'object', properties: { model: { type: 'string' } }, required: ['model'] } }, { required: ['camera'] });

  assert.deepEqual(properties.camera, { type: 'object', required: ['model'], properties: { model: { type: 'string' } } });
  assert.deepEqual(required, ['camera']);
});

test('a schema that two properties share is in both, with the words of each', () => {
  const request = {
    'x-implements': ['Request'],
    type: 'object',
    properties: {
      model: { 'x-values': ['a/a', 'a/b'] },
      from: { allOf: [{ $ref: '#/components/schemas/Point' }], description: 'Where it begins.' },
      to: { $ref: '#/components/schemas/Point' },
    },
  };
  const Point = { type: 'object', description: 'A point.', properties: { x: { type: 'integer' } } };

  const { models } = formsViewOf({ components: { schemas: { Point, Request: request } } });

  assert.deepEqual(models['a/a'].properties, { from: { ...Point, description: 'Where it begins.' }, to: Point });
  assert.deepEqual(models['a/b'], models['a/a']);
});
