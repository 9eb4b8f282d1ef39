const SIDE = 64;
const ROUNDS = 300;

/**
 * What may be behind a painted area: the colours around it, continued into it. They are made small, and the painted pixels
 * become the average of their neighbours until there are no edges.
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
  continueColors(pixels.data, known, small.width, small.height);
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

/** Over-relaxation, from left to right and top to bottom; it settles in far fewer rounds than plain averages. */
function continueColors(data, known, width, height) {
  const empty = [...known.keys()].filter(i => !known[i]);
  const colors = Float32Array.from(data);
  const around = empty.map(i =>
    [i % width ? i - 1 : i, (i + 1) % width ? i + 1 : i, i >= width ? i - width : i, i + width < width * height ? i + width : i]);
  start(colors, known, empty);
  for (let round = 0; round < ROUNDS; round++) {
    empty.forEach((i, n) => {
      const [a, b, c, d] = around[n];
      for (let k = 0; k < 3; k++) {
        const average = (colors[a * 4 + k] + colors[b * 4 + k] + colors[c * 4 + k] + colors[d * 4 + k]) / 4;
        colors[i * 4 + k] += 1.8 * (average - colors[i * 4 + k]);
      }
    });
  }
  data.set(Uint8ClampedArray.from(colors));
}

/** The average of what is known. */
function start(colors, known, empty) {
  const count = known.length - empty.length;
  for (let k = 0; k < 3 && count; k++) {
    const sum = known.reduce((all, isKnown, i) => all + isKnown * colors[i * 4 + k], 0);
    for (const i of empty) colors[i * 4 + k] = sum / count;
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
