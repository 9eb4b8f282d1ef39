/**
 * Encodes a mask as the Java client does: white where painted, black elsewhere, 8 bits RGB without soft edges. A canvas of
 * the image's size would take 4 bytes per pixel, 160 MB for 40 megapixels; here rows go into the compressor one by one.
 */
export async function encodeMask({data, width, height}, label, size) {
  const compressor = new CompressionStream('deflate');
  const written = new Response(compressor.readable).arrayBuffer();
  await writeRows(compressor.writable.getWriter(), {data, width, height}, label, size);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, size.width);
  header.setUint32(4, size.height);
  header.setUint8(8, 8); // bits per channel
  header.setUint8(9, 2); // RGB
  return new Blob(
    [
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      ...chunk('IHDR', new Uint8Array(header.buffer)), ...chunk('IDAT', new Uint8Array(await written)),
      ...chunk('IEND', new Uint8Array(0)),
    ],
    {type: 'image/png'});
}

/** A row equal to the one above it is all zeros with the filter "up", which compresses to nearly nothing. */
async function writeRows(writer, {data, width, height}, label, size) {
  const bytes = 1 + size.width * 3;
  const rows = Math.max(1, Math.floor((1 << 20) / bytes));
  const columns = Int32Array.from({length: size.width}, (_, x) => Math.floor((x + 0.5) * width / size.width));
  let above = -1;
  for (let y = 0; y < size.height; y += rows) {
    const block = new Uint8Array(bytes * Math.min(rows, size.height - y));
    for (let row = 0; row * bytes < block.length; row++) {
      const from = Math.floor((y + row + 0.5) * height / size.height);
      if (from === above) block[row * bytes] = 2;
      else paintRow(block.subarray(row * bytes + 1), data, from * width, columns, label);
      above = from;
    }
    await writer.write(block);
  }
  await writer.close();
}

function paintRow(row, data, start, columns, label) {
  for (let x = 0; x < columns.length; x++) {
    if (data[start + columns[x]] !== label) continue;
    row[x * 3] = row[x * 3 + 1] = row[x * 3 + 2] = 255;
  }
}

function chunk(type, content) {
  const body = new Uint8Array(4 + content.length);
  for (let i = 0; i < 4; i++) body[i] = type.charCodeAt(i);
  body.set(content, 4);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, content.length);
  const check = new DataView(new ArrayBuffer(4));
  check.setUint32(0, crc32(body));
  return [length.buffer, body, check.buffer];
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const crcTable = Int32Array.from({length: 256}, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});
