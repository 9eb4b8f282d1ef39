/** Trajectories in pixels of the image; from the top left corner here, from the bottom left corner in a request. */

/** As a request has it: whole pixels, y upwards. */
export const toRequest = (points, height) => points.map(({x, y}) => ({x: Math.round(x), y: Math.round(height - y)}));

/** From a request. */
export const fromRequest = (points, height) => (points ?? []).map(({x, y}) => ({x, y: height - y}));

/** The nearest whole pixel in the image or on its edge. */
export const clip = ({x, y}, {width, height}) => ({
  x: Math.min(width, Math.max(0, Math.round(x))),
  y: Math.min(height, Math.max(0, Math.round(y))),
});

/**
 * Leaves out points of a drawn line, as Ramer, Douglas and Peucker do, with the smallest tolerance that leaves at most
 * maxPoints. Returns whole pixels inside the image, and the largest distance in pixels of the drawn line (as far as it is
 * inside the image) from the result.
 */
export function simplify(drawn, {maxPoints, size, tolerance = 0.01}) {
  const line = drawn.map(({x, y}) => ({x: Math.min(size.width, Math.max(0, x)), y: Math.min(size.height, Math.max(0, y))}));
  const weights = weigh(line);
  const sorted = Float64Array.from(weights).sort().reverse();
  const limit = Math.max(tolerance, sorted.length > maxPoints ? sorted[maxPoints] : 0);
  const kept = [];
  for (let i = 0; i < line.length; i++) if (weights[i] > limit) kept.push(i);
  const rounded = kept.map(i => clip(line[i], size));
  return {points: withoutRepeats(rounded), deviation: deviation(line, kept, rounded)};
}

/**
 * For each point the largest tolerance with which it is kept. A point is kept only if those are kept between which it is
 * the farthest, so its weight is at most theirs. The ends are always kept.
 */
function weigh(line) {
  const weights = new Float64Array(line.length);
  if (!line.length) return weights;
  weights[0] = weights[line.length - 1] = Infinity;
  const spans = [[0, line.length - 1, Infinity]];
  while (spans.length) {
    const [first, last, most] = spans.pop();
    let farthest = -1;
    let distance = 0;
    for (let i = first + 1; i < last; i++) {
      const d = distanceToSegment(line[i], line[first], line[last]);
      if (d > distance) [farthest, distance] = [i, d];
    }
    if (farthest < 0) continue;
    weights[farthest] = Math.min(most, distance);
    spans.push([first, farthest, weights[farthest]], [farthest, last, weights[farthest]]);
  }
  return weights;
}

function deviation(line, kept, rounded) {
  let most = 0;
  for (let k = 0; k + 1 < kept.length; k++) {
    for (let i = kept[k]; i <= kept[k + 1]; i++) {
      most = Math.max(most, distanceToSegment(line[i], rounded[k], rounded[k + 1]));
    }
  }
  return most;
}

export function distanceToSegment(point, a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  const part = square && Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / square));
  return Math.hypot(point.x - a.x - part * dx, point.y - a.y - part * dy);
}

const withoutRepeats = points => points.filter(({x, y}, i) => !i || x !== points[i - 1].x || y !== points[i - 1].y);

/** For each point the part of the whole length up to it, from 0 to 1. */
export function offsets(points) {
  const lengths = [0];
  for (let i = 1; i < points.length; i++) {
    lengths.push(lengths[i - 1] + Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y));
  }
  const all = lengths.at(-1);
  return lengths.map((length, i) => all ? length / all : i / Math.max(1, points.length - 1));
}
