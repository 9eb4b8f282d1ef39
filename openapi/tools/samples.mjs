// Documents for the tests, as the vendor publishes them, with one thing in each that matters.
import { ADDRESS } from './published.mjs';

export const ANSWER = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    status: { type: 'string', enum: ['queued', 'completed'] },
    video: { type: 'object', nullable: true, properties: { url: { type: 'string', format: 'uri' } }, required: ['url'] },
  },
  required: ['id', 'status'],
};

/** A create operation of a model; `schema` adds to its request, `more` to the operation. */
export function create(model, properties = {}, { path = ADDRESS, required = [], schema = {}, answer = ANSWER, document = {} } = {}) {
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
          responses: { 200: { content: { 'application/json': { schema: answer } } } },
        },
      },
    },
  };
}

export const retrieve = (answer = ANSWER) => ({
  openapi: '3.0.0',
  info: { title: 'Video', version: '1.0.0' },
  servers: [{ url: 'https://api.aimlapi.com' }],
  paths: {
    [ADDRESS]: {
      get: {
        operationId: '_v2_video_generations',
        parameters: [{ name: 'generation_id', required: true, in: 'query', schema: { type: 'string' } }],
        responses: { 200: { content: { 'application/json': { schema: answer } } } },
      },
    },
  },
});

/** A documentation page, as it is exported. */
export const page = (...documents) =>
  ['# A model', '', 'Words, and a sample:', '', '```python', 'print("{")', '```', '', '## How to call it']
    .concat(documents.flatMap((document) => {
      const [[path, item]] = Object.entries(document.paths);
      return ['', `## ${Object.keys(item)[0].toUpperCase()} ${path}`, '', '>', '', '```json', JSON.stringify(document), '```'];
    }))
    .concat(['', '## Full example', '', '```json', '{ "no": "schema" }', '```', ''])
    .join('\n');
