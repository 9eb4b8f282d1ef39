import {isEmpty} from './brush.js';

/** Steps that can be undone and redone, without a limit; each has the functions undo and redo. */
export class History {
  #done = [];
  #undone = [];

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  push(step) {
    this.#done.push(step);
    this.#undone = [];
  }

  undo() {
    const step = this.#done.pop();
    if (!step) return false;
    step.undo();
    this.#undone.push(step);
    return true;
  }

  redo() {
    const step = this.#undone.pop();
    if (!step) return false;
    step.redo();
    this.#done.push(step);
    return true;
  }
}

/**
 * What a stroke changed, as runs of pixels with the same old and the same new label. A step of the history keeps a few
 * hundred numbers where two copies of the labels would take megabytes.
 */
export class LabelDiff {
  #runs; // four numbers each: the index of the first pixel, the number of pixels, the old label, the new label

  constructor(runs, rect) {
    this.#runs = Uint32Array.from(runs);
    this.rect = rect;
  }

  static between(before, labels, rect) {
    const runs = [];
    if (isEmpty(rect)) return new LabelDiff(runs, rect);
    for (let y = rect.y0; y < rect.y1; y++) {
      const end = y * labels.width + rect.x1;
      for (let i = y * labels.width + rect.x0; i < end;) {
        const was = before[i];
        const is = labels.data[i];
        const start = i;
        do i++; while (i < end && before[i] === was && labels.data[i] === is);
        if (was !== is) runs.push(start, i - start, was, is);
      }
    }
    return new LabelDiff(runs, rect);
  }

  get isEmpty() {
    return this.#runs.length === 0;
  }

  get bytes() {
    return this.#runs.byteLength;
  }

  undo(labels) {
    this.forEach((start, length, was) => labels.data.fill(was, start, start + length));
  }

  redo(labels) {
    this.forEach((start, length, was, is) => labels.data.fill(is, start, start + length));
  }

  /** Calls with the first index, the number of pixels, the old label and the new one. */
  forEach(callback) {
    for (let i = 0; i < this.#runs.length; i += 4) {
      callback(this.#runs[i], this.#runs[i + 1], this.#runs[i + 2], this.#runs[i + 3]);
    }
  }
}
