import {Labels, grow} from './brush.js';
import {History, LabelDiff} from './history.js';

export const STATIC = 0;

/** Layer 0 is the static mask, 1 and up the dynamic ones. */
export const labelOf = layer => layer + 1;

/**
 * The masks and trajectories of one image, with their history; no part of the page. A pixel belongs to one mask at most.
 * Labels have the image's size up to maxPixels, a smaller one with the same ratio above; points are pixels of the image.
 * Emits `pixels` (detail: the rectangle), `trajectory` and, after each finished step, `change` (detail: the layers).
 */
export class Drawing extends EventTarget {
  #before; // the labels when the step began
  #touched; // the rectangle since
  #history = new History();
  #trajectories;
  #counts;

  constructor({width, height}, {maxMasks = 6, maxPixels = 4e6} = {}) {
    super();
    const scale = Math.min(1, Math.sqrt(maxPixels / (width * height)));
    this.size = {width, height};
    this.maxMasks = maxMasks;
    this.labels = new Labels(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    this.#trajectories = Array.from({length: maxMasks + 1}, () => []);
    this.#counts = new Array(maxMasks + 2).fill(0);
    this.#counts[0] = this.labels.data.length;
  }

  get layers() {
    return Array.from({length: this.maxMasks + 1}, (_, layer) => layer);
  }

  get isEmpty() {
    return this.layers.every(layer => !this.isPainted(layer) && !this.trajectory(layer).length);
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  isPainted(layer) {
    return this.#counts[labelOf(layer)] > 0;
  }

  trajectory(layer) {
    return this.#trajectories[layer];
  }

  toLabels({x, y}) {
    return {x: x * this.labels.width / this.size.width, y: y * this.labels.height / this.size.height};
  }

  /** Steps: begin, then any painting, then commit or cancel. */
  begin() {
    this.cancel();
    this.#before ??= new Uint8Array(this.labels.data.length);
    this.#before.set(this.labels.data);
    this.#touched = {x0: this.labels.width, y0: this.labels.height, x1: 0, y1: 0};
  }

  /** The radius in pixels of the image. Paints nothing if the step was cancelled meanwhile. */
  line(from, to, radius, label) {
    if (!this.#touched) return;
    const scale = this.labels.width / this.size.width;
    this.labels.line(this.toLabels(from), this.toLabels(to), radius * scale, label).forEach(rect => this.#touch(rect));
  }

  polygon(points, layer) {
    this.begin();
    this.#touch(this.labels.polygon(points.map(point => this.toLabels(point)), labelOf(layer)));
    return this.commit();
  }

  /** Returns the part of the image that was filled, 0 if it had the label already. */
  fill(point, layer) {
    const {x, y} = this.toLabels(point);
    if (!this.labels.contains(x, y)) return 0;
    this.begin();
    const area = this.labels.fill(x, y, labelOf(layer));
    if (area) this.#touch(area);
    this.commit();
    return area ? area.pixels / this.labels.data.length : 0;
  }

  /** Whether no paint divides the image, so that a fill would cover it all. */
  get isBlank() {
    return this.#counts.includes(this.labels.data.length);
  }

  /** Removes paint and trajectory of a layer, as one step. */
  clear(layer) {
    const before = this.trajectory(layer);
    this.begin();
    const rect = this.labels.bounds(labelOf(layer));
    if (rect) {
      this.labels.replace(labelOf(layer), 0);
      this.#touch(rect);
    }
    return this.commit({layer, before, after: []});
  }

  setTrajectory(layer, points) {
    return this.#step(null, {layer, before: this.trajectory(layer), after: points});
  }

  /** Replaces everything, as one step: labels of the same size, and the trajectories by layer. */
  replaceAll(labels, trajectories) {
    this.begin();
    this.labels.data.set(labels);
    this.#touch({x0: 0, y0: 0, x1: this.labels.width, y1: this.labels.height});
    const changes = this.layers.map(layer => ({layer, before: this.trajectory(layer), after: trajectories[layer] ?? []}));
    return this.commit(...changes);
  }

  commit(...trajectories) {
    const rect = this.#touched;
    this.#touched = null;
    return this.#step(rect && LabelDiff.between(this.#before, this.labels, rect), ...trajectories);
  }

  cancel() {
    if (!this.#touched) return;
    const rect = this.#touched;
    this.#touched = null;
    LabelDiff.between(this.#before, this.labels, rect).undo(this.labels);
    this.#emit('pixels', rect);
  }

  undo() {
    this.cancel();
    return this.#history.undo();
  }

  redo() {
    this.cancel();
    return this.#history.redo();
  }

  #touch(rect) {
    grow(this.#touched, rect);
    this.#emit('pixels', rect);
  }

  /** Records a step that has been drawn already; false if it changed nothing. */
  #step(diff, ...given) {
    const trajectories = given.filter(({before, after}) => before.length || after.length);
    if ((!diff || diff.isEmpty) && !trajectories.length) return false;
    const redo = () => this.#apply(diff, 'redo', trajectories, 'after');
    this.#history.push({redo, undo: () => this.#apply(diff, 'undo', trajectories, 'before')});
    redo();
    return true;
  }

  #apply(diff, direction, trajectories, state) {
    const layers = new Set(trajectories.map(({layer}) => layer));
    for (const change of trajectories) this.#trajectories[change.layer] = change[state];
    if (trajectories.length) this.#emit('trajectory');
    if (diff && !diff.isEmpty) {
      diff[direction](this.labels);
      const sign = direction === 'redo' ? 1 : -1;
      diff.forEach((start, length, was, is) => {
        this.#counts[was] -= sign * length;
        this.#counts[is] += sign * length;
        layers.add(was - 1).add(is - 1);
      });
      this.#emit('pixels', diff.rect);
    }
    layers.delete(-1);
    this.#emit('change', [...layers]);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }
}
