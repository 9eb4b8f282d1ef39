const SIDE = 96;

/**
 * What may be behind a painted area: the colours around it, spread into it. They are made small, the painted pixels left out;
 * each round gives the empty pixels beside known ones their average.
 */
export function surroundings(image, labels, label, {x0, y0, x1, y1}) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, {width: x1 - x0, height: y1 - y0, className: 'motion-hole'});
  const margin = Math.ceil(Math.max(x1 - x0, y1 - y0) / 16) + 2;
  const from = {
    x: Math.max(0, x0 - margin), y: Math.max(0, y0 - margin),
    right: Math.min(labels.width, x1 + margin), bottom: Math.min(labels.height, y1 + margin),
  };
  const width = from.right - from.x;
  const height = from.bottom - from.y;
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const small = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = small.getContext('2d', {willReadFrequently: true});
  context.drawImage(image, from.x, from.y, width, height, 0, 0, small.width, small.height);
  const pixels = context.getImageData(0, 0, small.width, small.height);
  const known = knownPixels(labels, label, from, small, width, height);
  spread(pixels.data, known, small.width, small.height);
  context.putImageData(pixels, 0, 0);
  draw(canvas, small, {x: from.x - x0, y: from.y - y0, width, height}, labels, label, {x0, y0});
  return canvas;
}

/** Those of the small image with no painted pixel beneath. */
function knownPixels(labels, label, from, small, width, height) {
  const known = new Uint8Array(small.width * small.height).fill(1);
  for (let y = 0; y < height; y++) {
    const start = (from.y + y) * labels.width + from.x;
    const row = Math.min(small.height - 1, Math.floor(y * small.height / height)) * small.width;
    for (let x = 0; x < width; x++) {
      if (labels.data[start + x] === label) known[row + Math.min(small.width - 1, Math.floor(x * small.width / width))] = 0;
    }
  }
  return known;
}

function spread(data, known, width, height) {
  const neighbours = i => [i % width ? i - 1 : -1, (i + 1) % width ? i + 1 : -1, i - width, i + width];
  let empty = [...known.keys()].filter(i => !known[i]);
  while (empty.length && empty.length < known.length) {
    const next = empty.filter(i => {
      const beside = neighbours(i).filter(other => other >= 0 && other < width * height && known[other] === 1);
      if (!beside.length) return true;
      for (let c = 0; c < 3; c++) data[i * 4 + c] = beside.reduce((sum, other) => sum + data[other * 4 + c], 0) / beside.length;
      known[i] = 2; // counts from the next round on
      return false;
    });
    if (next.length === empty.length) return;
    for (const i of empty) if (known[i] === 2) known[i] = 1;
    empty = next;
  }
}

/** Large and soft again, in the painted pixels alone. */
function draw(canvas, small, {x, y, width, height}, labels, label, {x0, y0}) {
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(small, x, y, width, height);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  const words = new Uint32Array(pixels.data.buffer);
  for (let row = 0, i = 0; row < canvas.height; row++) {
    const start = (y0 + row) * labels.width + x0;
    for (let column = 0; column < canvas.width; column++, i++) if (labels.data[start + column] !== label) words[i] = 0;
  }
  context.putImageData(pixels, 0, 0);
}
