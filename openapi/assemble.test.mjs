import assert from 'node:assert/strict';
import test from 'node:test';
import openapiFormat from 'openapi-format';
import { assemble, documented, overlay } from './assemble.mjs';

const schemas = (documents) => ({
  request: documents[0].paths['/v2/video/generations'].post.requestBody.content['application/json'].schema,
  response: documents[1].paths['/v2/video/generations'].get.responses['200'].content['application/json'].schema,
});

test('what the vendor adds arrives by itself', async () => {
  const documents = documented();
  schemas(documents).request.properties.camera_control.properties.config.properties.dolly = { type: 'number' };
  schemas(documents).response.properties.thumbnail = { type: 'string' };

  const contract = await openapiFormat.parseString(await assemble(documents, overlay()));

  const path = contract.paths['/v2/video/generations'];
  const request = path.post.requestBody.content['application/json'].schema;
  assert.deepEqual(request.properties.camera_control.properties.config.properties.dolly, { type: 'number' });
  assert.deepEqual(path.get.responses['200'].content['application/json'].schema.properties.thumbnail, { type: 'string' });
});

test('documents that disagree are refused, with the place', async () => {
  const documents = documented();
  documents[1].info.version = '2.0.0';

  await assert.rejects(assemble(documents, overlay()), /disagrees at \$\.info\.version/);
});

test('a correction of what is no longer there is refused', async () => {
  const documents = documented();
  delete schemas(documents).request.properties.duration;

  await assert.rejects(assemble(documents, overlay()), /nothing matches .*properties\.duration/);
});
