import {colorize} from './palette.js';
import {Vectors} from './vectors.js';

const TILE = 256;
const HELP = 'Motion brush. Arrow keys move the crosshair, with Shift in larger steps. Space paints or sets a point, '
  + 'hold it with the arrows for a line; Enter closes a polygon, Escape cancels. B brush, E eraser, F fill, P polygon, T trajectory, H hand; '
  + '1 to 6 and S choose the mask; brackets change the size; plus, minus and 0 zoom; Tab reaches the points of a trajectory.';

/** The image with its paint, and the vectors above it. */
export class Stage {
  element = document.createElement('div');
  frame = document.createElement('div'); // as large as the image; the view moves it
  camera = document.createElement('div'); // a preview of the camera moves it inside the frame
  image = document.createElement('canvas');
  paint = document.createElement('canvas');
  vectors = new Vectors();
  #labels;
  #dirty = new Set();
  #tile = new ImageData(TILE, TILE);

  constructor() {
    const {element, frame, camera, image, paint} = this;
    element.className = 'motion-stage';
    element.dataset.stage = '';
    element.tabIndex = 0;
    element.setAttribute('role', 'application');
    element.setAttribute('aria-label', HELP);
    frame.className = 'motion-frame';
    camera.className = 'motion-camera';
    paint.className = 'motion-paint';
    camera.append(image, paint);
    frame.append(camera);
    element.append(frame, this.vectors.element);
  }

  /** The bitmap has the size of the labels. */
  show(bitmap, drawing) {
    const {width, height} = drawing.labels;
    for (const canvas of [this.image, this.paint]) Object.assign(canvas, {width, height});
    this.image.getContext('2d').drawImage(bitmap, 0, 0);
    this.frame.style.width = `${width}px`;
    this.frame.style.height = `${height}px`;
    this.element.style.aspectRatio = `${width} / ${height}`;
    this.#labels = drawing.labels;
    this.invalidate({x0: 0, y0: 0, x1: width, y1: height});
  }

  applyView(viewport, drawing) {
    const scale = viewport.scale * drawing.size.width / drawing.labels.width;
    this.frame.style.transform = `translate(${viewport.left}px, ${viewport.top}px) scale(${scale})`;
    this.element.classList.toggle('is-pixelated', scale * devicePixelRatio > 6);
  }

  /** Colours are brought up to date by refresh, tile by tile: a long line touches few of them. */
  invalidate({x0, y0, x1, y1}) {
    const columns = Math.ceil(this.#labels.width / TILE);
    for (let row = Math.floor(y0 / TILE); row * TILE < y1; row++) {
      for (let column = Math.floor(x0 / TILE); column * TILE < x1; column++) this.#dirty.add(row * columns + column);
    }
  }

  refresh() {
    if (!this.#dirty.size) return;
    const context = this.paint.getContext('2d');
    const columns = Math.ceil(this.#labels.width / TILE);
    for (const tile of this.#dirty) {
      const x0 = tile % columns * TILE;
      const y0 = Math.floor(tile / columns) * TILE;
      const x1 = Math.min(this.#labels.width, x0 + TILE);
      const y1 = Math.min(this.#labels.height, y0 + TILE);
      colorize(this.#labels, {x0, y0, x1, y1}, this.#tile);
      context.putImageData(this.#tile, x0, y0, 0, 0, x1 - x0, y1 - y0);
    }
    this.#dirty.clear();
  }

  /** Where an event is, in CSS pixels of the stage. */
  at({clientX, clientY}) {
    const {left, top} = this.element.getBoundingClientRect();
    return {x: clientX - left - this.element.clientLeft, y: clientY - top - this.element.clientTop};
  }
}
