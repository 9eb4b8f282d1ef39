import {fromRequest, toRequest} from './trajectory.js';
import {STATIC, labelOf} from './drawing.js';

let worker;
let jobs = 0;
const waiting = new Map();

/** Encodes in a worker: a mask of 40 megapixels takes about a second. */
function encode(labels, label, size) {
  if (!worker) {
    worker = new Worker(new URL('mask-worker.js', import.meta.url), {type: 'module'});
    worker.onmessage = ({data: {number, blob, error}}) => {
      const {resolve, reject} = waiting.get(number);
      waiting.delete(number);
      if (blob) resolve(blob);
      else reject(new Error(`cannot make the mask: ${error}`));
    };
    worker.onerror = event => {
      for (const {reject} of waiting.values()) reject(new Error(`cannot make masks: ${event.message ?? 'no worker'}`));
      waiting.clear();
      worker = undefined; // the next mask starts another
    };
  }
  const {data, width, height} = labels;
  return new Promise((resolve, reject) => {
    const number = ++jobs;
    waiting.set(number, {resolve, reject});
    worker.postMessage({number, labels: {data, width, height}, label, size});
  });
}

/** The masks of a drawing as files. A file stays the same object while its layer is unchanged. */
export class Masks {
  #drawing;
  #files = new Map(); // by layer: a promise of a Blob

  constructor(drawing) {
    this.#drawing = drawing;
    drawing.addEventListener('change', ({detail: layers}) => layers.forEach(layer => this.#files.delete(layer)));
  }

  async toRequest() {
    const drawing = this.#drawing;
    const [staticFile, ...files] = drawing.layers.map(layer => this.#file(layer));
    const dynamic = files.map((file, i) => ({file, points: drawing.trajectory(i + 1)}));
    const used = dynamic.filter(({file, points}) => file || points.length);
    const dynamicMasks = used.map(async ({file, points}) =>
      ({mask: await file, trajectory: toRequest(points, drawing.size.height)}));
    return {staticMask: await staticFile, dynamicMasks: await Promise.all(dynamicMasks)};
  }

  #file(layer) {
    const drawing = this.#drawing;
    if (!drawing.isPainted(layer)) return null;
    if (!this.#files.has(layer)) {
      const file = encode(drawing.labels, labelOf(layer), drawing.size);
      file.catch(() => this.#files.delete(layer));
      this.#files.set(layer, file);
    }
    return this.#files.get(layer);
  }

  /**
   * Shows the masks of a request, which are sent as they are until their layer changes. Returns how many pixels are in more
   * than one of them; they are shown in the first one.
   */
  async load({staticMask, dynamicMasks = []}) {
    const drawing = this.#drawing;
    const {width, height} = drawing.labels;
    const labels = new Uint8Array(width * height);
    const files = new Map();
    const trajectories = [];
    let overlapping = 0;
    const paint = async (layer, info) => {
      if (!info) return;
      const file = await download(info);
      files.set(layer, Promise.resolve(file));
      const painted = await paintedPixels(file, width, height);
      for (let i = 0; i < painted.length; i++) {
        if (!painted[i]) continue;
        if (labels[i]) overlapping++;
        else labels[i] = labelOf(layer);
      }
    };
    await paint(STATIC, staticMask);
    for (const [i, {mask, trajectory}] of dynamicMasks.slice(0, drawing.maxMasks).entries()) {
      await paint(i + 1, mask);
      trajectories[i + 1] = fromRequest(trajectory, drawing.size.height);
    }
    drawing.replaceAll(labels, trajectories);
    this.#files = new Map([...files].filter(([layer]) => drawing.isPainted(layer)));
    return overlapping;
  }
}

export async function download({id, name}) {
  const response = await fetch(`images/${id}`);
  if (!response.ok) throw new Error(`cannot load ${name ?? 'the image'}: status ${response.status}`);
  return response.blob();
}

/** White on black, or anything light on transparent. */
async function paintedPixels(file, width, height) {
  const bitmap = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', {willReadFrequently: true});
  context.imageSmoothingEnabled = false;
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const {data} = context.getImageData(0, 0, width, height);
  const painted = new Uint8Array(width * height);
  for (let i = 0; i < painted.length; i++) {
    const lightness = (data[i * 4] + data[i * 4 + 1] + data[i * 4 + 2]) / 3;
    painted[i] = lightness * data[i * 4 + 3] > 128 * 255 ? 1 : 0;
  }
  return painted;
}

/** What is missing, in the words of the page. */
export function problemsOf(drawing, {minPoints}) {
  const problems = [];
  for (const layer of drawing.layers.filter(layer => layer !== STATIC)) {
    const painted = drawing.isPainted(layer);
    const points = drawing.trajectory(layer).length;
    if (painted && !points) problems.push(`Mask ${layer} has no trajectory: draw where it goes.`);
    if (!painted && points) problems.push(`Mask ${layer} has a trajectory, but nothing is painted: paint what moves.`);
    if (points && points < minPoints) {
      problems.push(`The trajectory of mask ${layer} has ${points} point${points === 1 ? '' : 's'}: it needs at least ${minPoints}.`);
    }
  }
  return problems;
}
