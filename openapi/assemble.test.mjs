import assert from 'node:assert/strict';
import test from 'node:test';
import openapiFormat from 'openapi-format';
import { assemble, documents, overlay } from './assemble.mjs';

const schemas = (parts) => ({
  request: parts[0].paths['/v2/video/generations'].post.requestBody.content['application/json'].schema,
  response: parts[1].paths['/v2/video/generations'].get.responses['200'].content['application/json'].schema,
});

test('what the vendor adds arrives by itself', async () => {
  const parts = await documents();
  schemas(parts).request.properties.camera_control.properties.config.properties.dolly = { type: 'number' };
  schemas(parts).response.properties.thumbnail = { type: 'string' };

  const contract = await openapiFormat.parseString(await assemble(parts, overlay()));

  const path = contract.paths['/v2/video/generations'];
  const request = path.post.requestBody.content['application/json'].schema;
  assert.deepEqual(request.properties.camera_control.properties.config.properties.dolly, { type: 'number' });
  assert.deepEqual(path.get.responses['200'].content['application/json'].schema.properties.thumbnail, { type: 'string' });
});

test('documents that disagree are refused, with the place', async () => {
  const parts = await documents();
  parts[1].info.version = '2.0.0';

  await assert.rejects(assemble(parts, overlay()), /disagree at \$\.info\.version/);
});

test('a correction of what is no longer there is refused', async () => {
  const parts = await documents();
  delete schemas(parts).request.properties.duration;

  await assert.rejects(assemble(parts, overlay()), /nothing matches .*properties\.duration/);
});
