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

/** A documentation page in Markdown. */
export const page = (...documents) =>
  ['# A model', '', 'Words, and a sample:', '', '```python', 'print("{")', '```', '', '## How to call it']
    .concat(documents.flatMap((document) => {
      const [[path, item]] = Object.entries(document.paths);
      return ['', `## ${Object.keys(item)[0].toUpperCase()} ${path}`, '', '>', '', '```json', JSON.stringify(document), '```'];
    }))
    .concat(['', '## Full example', '', '```json', '{ "no": "schema" }', '```', ''])
    .join('\n');
