import {cameraTransforms, moves} from './camera-preview.js';
import {STATIC, labelOf} from './drawing.js';
import {surroundings} from './surroundings.js';
import {offsets} from './trajectory.js';

const DURATION = 5000; // that of a video with masks
const GLIMPSE = 2500;
const reduced = matchMedia('(prefers-reduced-motion: reduce)');

/** Moves painted areas along their trajectories, and the frame as the camera would. */
export class Preview {
  #stage;
  #animations = [];
  #cutOuts = [];
  #timer;

  /** Calls back when it starts and stops. */
  constructor(stage, onChange) {
    this.#stage = stage;
    this.onChange = onChange;
  }

  get isPlaying() {
    return this.#animations.length > 0;
  }

  /** Returns whether there was anything to play. */
  play(drawing, control) {
    this.stop();
    const timing = {duration: DURATION, iterations: reduced.matches ? 1 : Infinity, fill: 'forwards'};
    const layers = drawing.layers.filter(layer =>
      layer !== STATIC && drawing.isPainted(layer) && drawing.trajectory(layer).length > 1);
    const cutOuts = layers.map(layer => this.#cutOut(drawing, layer));
    this.#cutOuts = [...cutOuts.map(({hole}) => hole), ...cutOuts.map(({piece}) => piece)];
    this.#stage.camera.append(...this.#cutOuts);
    this.#animations = cutOuts.map(({piece, keyframes}) => piece.animate(keyframes, timing));
    if (moves(control)) {
      const transforms = cameraTransforms(control, drawing.labels);
      this.#animations.push(this.#stage.camera.animate({transform: transforms}, {...timing, easing: 'ease-in-out'}));
    }
    const [first] = this.#animations;
    if (first && reduced.matches) first.onfinish = () => this.stop();
    this.#changed();
    return this.isPlaying;
  }

  /** Shows for a moment where the camera ends. */
  glimpse(drawing, control) {
    this.stop();
    this.#stage.camera.style.transform = cameraTransforms(control, drawing.labels)[1];
    this.#timer = setTimeout(() => this.stop(), GLIMPSE);
    this.#changed();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#animations.forEach(animation => animation.cancel());
    this.#animations = [];
    this.#cutOuts.forEach(canvas => canvas.remove());
    this.#cutOuts = [];
    this.#stage.camera.style.transform = '';
    this.#changed();
  }

  get isShown() {
    return this.isPlaying || this.#timer !== undefined;
  }

  #changed() {
    this.#stage.element.classList.toggle('is-playing', this.isPlaying);
    this.#stage.element.classList.toggle('is-previewing', this.isShown);
    this.onChange();
  }

  /** The painted part of the image, what is put in its place, and the way it goes. */
  #cutOut(drawing, layer) {
    const rect = drawing.labels.bounds(labelOf(layer));
    const piece = cut(this.#stage.image, drawing.labels, labelOf(layer), rect);
    const hole = surroundings(this.#stage.image, drawing.labels, labelOf(layer), rect);
    for (const canvas of [hole, piece]) Object.assign(canvas.style, {left: `${rect.x0}px`, top: `${rect.y0}px`});
    const points = drawing.trajectory(layer);
    const places = points.map(point => drawing.toLabels(point));
    const at = offsets(points);
    const keyframes = places.map(({x, y}, i) =>
      ({transform: `translate(${x - places[0].x}px, ${y - places[0].y}px)`, offset: at[i], easing: 'linear'}));
    return {piece, hole, keyframes};
  }
}

/** The pixels of the image under a label. */
function cut(image, labels, label, {x0, y0, x1, y1}) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, {width: x1 - x0, height: y1 - y0, className: 'motion-piece'});
  const context = canvas.getContext('2d');
  context.drawImage(image, -x0, -y0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  const words = new Uint32Array(pixels.data.buffer);
  for (let y = y0, i = 0; y < y1; y++) {
    for (let x = x0; x < x1; x++, i++) if (labels.data[y * labels.width + x] !== label) words[i] = 0;
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}
