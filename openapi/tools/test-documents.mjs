// Documents as the vendor publishes them, reduced to what a test needs.
import { ADDRESS } from './vendor-documents.mjs';

export const RESPONSE = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    status: { type: 'string', enum: ['queued', 'completed'] },
    video: { type: 'object', nullable: true, properties: { url: { type: 'string', format: 'uri' } }, required: ['url'] },
  },
  required: ['id', 'status'],
};

/** A document with the create operation of a model, or of several; `schema` adds to its request, `document` to the whole. */
export function create(model, properties = {}, { path = ADDRESS, required = [], schema = {}, response = RESPONSE, document = {} } = {}) {
  return {
    openapi: '3.0.0',
    info: { title: 'Video', version: '1.0.0' },
    servers: [{ url: 'https://api.aimlapi.com' }],
    ...document,
    paths: {
      [path]: {
        post: {
          operationId: '_v2_video_generations',
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { type: 'object', properties: { model: { type: 'string', enum: [model].flat() }, ...properties }, required: ['model', ...required], title: [model].flat()[0], ...schema } } },
          },
          responses: { 200: { content: { 'application/json': { schema: response } } } },
        },
      },
    },
  };
}

export const retrieve = (response = RESPONSE) => ({
  openapi: '3.0.0',
  info: { title: 'Video', version: '1.0.0' },
  servers: [{ url: 'https://api.aimlapi.com' }],
  paths: {
    [ADDRESS]: {
      get: {
        operationId: '_v2_video_generations',
        parameters: [{ name: 'generation_id', required: true, in: 'query', schema: { type: 'string' } }],
        responses: { 200: { content: { 'application/json': { schema: response } } } },
      },
    },
  },
});

/** A document of OpenAPI 3.1 with the keywords that OpenAPI 3.0 does not have, some with another meaning, and examples that do not fit. */
export const modern = (model) =>
  create(model, {
    image: { type: 'string', contentEncoding: 'base64', contentMediaType: 'image/png', examples: ['AA=='] },
    mode: { const: 'fast', title: 'Mode' },
    kind: { anyOf: [{ const: 'a' }, { const: 'b' }, { type: 'null' }], default: null },
    seed: { type: ['integer', 'null'], exclusiveMinimum: 0, exclusiveMaximum: 100, default: null, examples: [-5] },
    size: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }], items: false, minItems: 2 },
    camera: { $ref: '#/$defs/Camera' },
    extra: { type: 'object', patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false, propertyNames: { pattern: '^x' } },
    tags: { type: 'array', items: true, contains: { type: 'string' }, minContains: 1, uniqueItems: true },
    strength: { type: 'number', minimum: 0, maximum: 1, example: 5 },
    word: { type: 'string', not: { const: 'no' } },
  }, {
    document: { openapi: '3.1.0', jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base', webhooks: {} },
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: {
        Camera: { type: 'object', properties: { speed: { $ref: '#/$defs/Speed', description: 'How fast.' } }, unevaluatedProperties: false },
        Speed: { type: 'string', enum: ['slow', 'quick'] },
      },
      if: { properties: { mode: { const: 'fast' } } },
      then: { properties: { fps: { type: 'integer' } }, required: ['fps'] },
      else: { properties: { fps: { type: 'number' } } },
      dependentRequired: { camera: ['size'] },
      unevaluatedProperties: false,
      examples: [{ model }, { model, mode: 'slow' }],
    },
  });

/** A documentation page in Markdown. */
export const page = (...documents) =>
  ['# A model', '', 'Words, and a sample:', '', '```python', 'print("{")', '```', '', '## How to call it']
    .concat(documents.flatMap((document) => {
      const [[path, item]] = Object.entries(document.paths);
      return ['', `## ${Object.keys(item)[0].toUpperCase()} ${path}`, '', '>', '', '```json', JSON.stringify(document), '```'];
    }))
    .concat(['', '## Full example', '', '```json', '{ "no": "schema" }', '```', ''])
    .join('\n');
