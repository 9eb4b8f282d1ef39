import {grow} from './brush.js';
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
  #dirty = new Map(); // by tile: the rectangle in it whose colours are out of date
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
    this.#dirty.clear();
    this.invalidate({x0: 0, y0: 0, x1: width, y1: height});
  }

  applyView(viewport, drawing) {
    const scale = viewport.scale * drawing.size.width / drawing.labels.width;
    this.frame.style.transform = `translate(${viewport.left}px, ${viewport.top}px) scale(${scale})`;
    this.element.classList.toggle('is-pixelated', scale * devicePixelRatio > 6);
  }

  /** Colours are brought up to date by refresh, tile by tile: a long line touches few of them. */
  invalidate({x0, y0, x1, y1}) {
    for (let top = Math.floor(y0 / TILE) * TILE; top < y1; top += TILE) {
      for (let left = Math.floor(x0 / TILE) * TILE; left < x1; left += TILE) {
        const part = {x0: Math.max(x0, left), y0: Math.max(y0, top), x1: Math.min(x1, left + TILE), y1: Math.min(y1, top + TILE)};
        const key = top * this.#labels.width + left;
        if (this.#dirty.has(key)) grow(this.#dirty.get(key), part);
        else this.#dirty.set(key, part);
      }
    }
  }

  refresh() {
    const context = this.paint.getContext('2d');
    for (const rect of this.#dirty.values()) {
      colorize(this.#labels, rect, this.#tile);
      context.putImageData(this.#tile, rect.x0, rect.y0, 0, 0, rect.x1 - rect.x0, rect.y1 - rect.y0);
    }
    this.#dirty.clear();
  }

  /** Where an event is, in CSS pixels of the stage. */
  at({clientX, clientY}) {
    const {left, top} = this.element.getBoundingClientRect();
    return {x: clientX - left - this.element.clientLeft, y: clientY - top - this.element.clientTop};
  }
}
