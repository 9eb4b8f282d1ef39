/** Which mask covers each pixel: one byte per pixel, 0 for none. Pixel (x, y) has its centre at (x + 0.5, y + 0.5). */
export class Labels {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(width * height);
  }

  at(x, y) {
    return this.data[Math.floor(y) * this.width + Math.floor(x)];
  }

  contains(x, y) {
    return x >= 0 && y >= 0 && x < this.width && y < this.height;
  }

  /** Paints a round brush moved from one point to the other; returns the rectangles painted, small ones for a long line. */
  line(from, to, radius, label) {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const parts = Math.max(1, Math.ceil(length / Math.max(128, radius * 2)));
    const at = part => ({x: from.x + (to.x - from.x) * part / parts, y: from.y + (to.y - from.y) * part / parts});
    const rects = [];
    for (let part = 0; part < parts; part++) {
      rects.push(this.#capsule(at(part), at(part + 1), radius, label));
      if (radius < 1) this.#thinLine(at(part), at(part + 1), label); // else it misses the centres of some pixels
    }
    return rects.filter(rect => !isEmpty(rect));
  }

  #capsule(a, b, radius, label) {
    const rect = this.#clip(
      Math.min(a.x, b.x) - radius, Math.min(a.y, b.y) - radius, Math.max(a.x, b.x) + radius, Math.max(a.y, b.y) + radius);
    for (let y = rect.y0; y < rect.y1; y++) {
      const [left, right] = capsuleSpan(a, b, radius, y + 0.5);
      this.#span(y, left, right, label);
    }
    return rect;
  }

  #thinLine(a, b, label) {
    const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) * 2));
    for (let step = 0; step <= steps; step++) {
      const x = Math.floor(a.x + (b.x - a.x) * step / steps);
      const y = Math.floor(a.y + (b.y - a.y) * step / steps);
      if (this.contains(x, y)) this.data[y * this.width + x] = label;
    }
  }

  /** Paints the pixels with their centre inside the polygon; where it crosses itself, by the even-odd rule. */
  polygon(points, label) {
    const xs = points.map(point => point.x);
    const ys = points.map(point => point.y);
    const rect = this.#clip(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
    for (let y = rect.y0; y < rect.y1; y++) {
      const crossings = crossingsAt(points, y + 0.5);
      for (let i = 0; i + 1 < crossings.length; i += 2) this.#span(y, crossings[i], crossings[i + 1], label);
    }
    return rect;
  }

  /** Paints the connected area of one label around a pixel; null if it has the label already. */
  fill(x, y, label) {
    const {data, width, height} = this;
    const old = this.at(x, y);
    if (old === label) return null;
    const area = {x0: width, y0: height, x1: 0, y1: 0, pixels: 0};
    const stack = [Math.floor(x), Math.floor(y)];
    while (stack.length) {
      const row = stack.pop();
      const start = row * width;
      let left = stack.pop();
      if (data[start + left] !== old) continue;
      let right = left;
      while (left > 0 && data[start + left - 1] === old) left--;
      while (right < width && data[start + right] === old) right++;
      data.fill(label, start + left, start + right);
      grow(area, {x0: left, y0: row, x1: right, y1: row + 1});
      area.pixels += right - left;
      if (row > 0) this.#pushRuns(stack, left, right, row - 1, old);
      if (row + 1 < height) this.#pushRuns(stack, left, right, row + 1, old);
    }
    return area;
  }

  #pushRuns(stack, left, right, row, old) {
    const start = row * this.width;
    for (let x = left; x < right; x++) {
      const begins = this.data[start + x] === old && (x === left || this.data[start + x - 1] !== old);
      if (begins) stack.push(x, row);
    }
  }

  /** Replaces one label by another everywhere. */
  replace(old, label) {
    const {data} = this;
    for (let i = data.indexOf(old); i >= 0; i = data.indexOf(old, i + 1)) data[i] = label;
  }

  /** The smallest rectangle around a label, or null. */
  bounds(label) {
    const rect = {x0: this.width, y0: this.height, x1: 0, y1: 0};
    for (let y = 0; y < this.height; y++) {
      const row = this.data.subarray(y * this.width, (y + 1) * this.width);
      const first = row.indexOf(label);
      if (first >= 0) grow(rect, {x0: first, y0: y, x1: row.lastIndexOf(label) + 1, y1: y + 1});
    }
    return isEmpty(rect) ? null : rect;
  }

  /** From the first pixel whose centre is at or after left, to before the first at or after right. */
  #span(y, left, right, label) {
    const from = Math.max(0, Math.ceil(left - 0.5));
    const to = Math.min(this.width, Math.ceil(right - 0.5));
    if (from < to) this.data.fill(label, y * this.width + from, y * this.width + to);
  }

  #clip(x0, y0, x1, y1) {
    return {
      x0: Math.max(0, Math.floor(x0)), y0: Math.max(0, Math.floor(y0)),
      x1: Math.min(this.width, Math.ceil(x1) + 1), y1: Math.min(this.height, Math.ceil(y1) + 1),
    };
  }
}

/** Rectangles go from x0, y0 to before x1, y1. */
export const isEmpty = rect => rect.x0 >= rect.x1 || rect.y0 >= rect.y1;

export function grow(rect, other) {
  rect.x0 = Math.min(rect.x0, other.x0);
  rect.y0 = Math.min(rect.y0, other.y0);
  rect.x1 = Math.max(rect.x1, other.x1);
  rect.y1 = Math.max(rect.y1, other.y1);
}

/** Where a row crosses the area within the radius of a line: a convex area, so from its first to its last point. */
function capsuleSpan(a, b, radius, y) {
  let left = Infinity;
  let right = -Infinity;
  const include = x => {
    left = Math.min(left, x);
    right = Math.max(right, x);
  };
  for (const {x, y: middle} of [a, b]) {
    const square = radius * radius - (y - middle) * (y - middle);
    if (square < 0) continue;
    include(x - Math.sqrt(square));
    include(x + Math.sqrt(square));
  }
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length > 0) {
    const dx = (b.y - a.y) / length * radius;
    const dy = (a.x - b.x) / length * radius;
    const sides = [{x: a.x + dx, y: a.y + dy}, {x: b.x + dx, y: b.y + dy}, {x: b.x - dx, y: b.y - dy}, {x: a.x - dx, y: a.y - dy}];
    crossingsAt(sides, y).forEach(include);
  }
  return [left, right];
}

/** Sorted; a corner counts for the edge above it, so the number is even. */
function crossingsAt(points, y) {
  const crossings = [];
  for (let i = 0; i < points.length; i++) {
    const a = points[i];
    const b = points[(i + 1) % points.length];
    if ((a.y <= y) !== (b.y <= y)) crossings.push(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
  }
  return crossings.sort((one, other) => one - other);
}
