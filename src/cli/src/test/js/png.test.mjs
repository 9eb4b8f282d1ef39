import assert from 'node:assert/strict';
import {test} from 'node:test';
import {crc32, inflateSync} from 'node:zlib';
import {Labels} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/brush.js';
import {encodeMask} from '../../main/resources/io/github/aimlvideo/cli/studio/editor/png.js';

/** The pixels of an 8 bit RGB PNG with the filters none and up, as lines of 0 and 1. */
async function decode(blob) {
  const bytes = Buffer.from(await blob.arrayBuffer());
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  const chunks = {};
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.subarray(at + 4, at + 8).toString();
    if (crc32) assert.equal(bytes.readUInt32BE(at + 8 + length), crc32(bytes.subarray(at + 4, at + 8 + length)));
    chunks[type] = bytes.subarray(at + 8, at + 8 + length);
    at += 12 + length;
  }
  const [width, height] = [chunks.IHDR.readUInt32BE(0), chunks.IHDR.readUInt32BE(4)];
  const raw = inflateSync(chunks.IDAT);
  const rows = [];
  for (let y = 0; y < height; y++) {
    const row = raw.subarray(y * (1 + width * 3), (y + 1) * (1 + width * 3));
    const pixels = [...row.subarray(1)].map((byte, i) => row[0] === 2 ? byte + rows[y - 1][i] & 255 : byte);
    rows.push(pixels);
  }
  return {width, height, rows: rows.map(row => row.filter((_, i) => i % 3 === 0).map(byte => byte === 255 ? 1 : 0).join('')), bytes: bytes.length};
}

test('a mask of a small image is exact to the pixel', async () => {
  const labels = new Labels(6, 4);
  labels.data.set([0, 2, 2, 0, 1, 1, 0, 2, 2, 0, 1, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2]);

  const mask = await decode(await encodeMask(labels, 2, {width: 6, height: 4}));

  assert.deepEqual(mask.rows, ['011000', '011000', '000000', '100001']);
});

test('a mask of a large image has its size', async () => {
  const labels = new Labels(3, 2);
  labels.data.set([0, 1, 0, 1, 0, 0]);

  const mask = await decode(await encodeMask(labels, 1, {width: 6, height: 5}));

  assert.deepEqual([mask.width, mask.height], [6, 5]);
  assert.deepEqual(mask.rows, ['001100', '001100', '110000', '110000', '110000']);
});
