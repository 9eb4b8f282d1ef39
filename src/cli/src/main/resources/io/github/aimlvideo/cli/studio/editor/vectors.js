import {colors, textColors} from './palette.js';

const svg = (name, attributes = {}, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  set(element, attributes);
  element.append(...children);
  return element;
};
const set = (element, attributes) => Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
/** Pixels of the design on this screen: the page's text is larger on 4K. */
const unit = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
const path = points => points.map(({x, y}) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

/** Trajectories, the polygon being drawn, the brush's outline and the keyboard's crosshair; in pixels of the stage. */
export class Vectors {
  element = svg('svg', {class: 'motion-vectors'});
  #ways = svg('g');
  #polygon = svg('g', {class: 'motion-polygon'});
  #handles = svg('g');
  #cursor = svg('g', {class: 'motion-cursor', visibility: 'hidden'}, svg('circle'), svg('circle'));
  #cross = svg('g', {class: 'motion-cross', visibility: 'hidden'}, svg('path', {d: 'M-14 0H-4M4 0H14M0-14V-4M0 4V14'}), svg('path', {d: 'M-14 0H-4M4 0H14M0-14V-4M0 4V14'}));

  constructor() {
    this.element.append(this.#ways, this.#polygon, this.#handles, this.#cursor, this.#cross);
  }

  /** Trajectories by layer, in pixels of the image; handles for the active layer if its points can be moved. */
  showTrajectories(trajectories, active, hasHandles, viewport) {
    this.#ways.replaceChildren(...trajectories.flatMap((points, layer) =>
      points.length ? [way(points.map(point => viewport.toStage(point)), layer, layer === active)] : []));
    const points = hasHandles ? trajectories[active] : [];
    while (this.#handles.childElementCount > points.length) this.#handles.lastChild.remove();
    points.forEach((point, i) => this.#handle(i, points, colors[active], viewport.toStage(point)));
  }

  /** Kept as long as its number exists, so that it keeps the focus while it moves. */
  #handle(i, points, color, {x, y}) {
    const isNew = !this.#handles.children[i];
    if (isNew) this.#handles.append(svg('circle', {r: 6 * unit(), tabindex: 0, role: 'button', 'data-point': i}));
    const label = `Point ${i + 1} of ${points.length}, ${points[i].x} from the left, ${points[i].y} from the top`;
    set(this.#handles.children[i], {cx: x, cy: y, fill: color, 'aria-label': `${label}. Arrow keys move it, Delete removes it.`});
  }

  focusHandle(i) {
    this.#handles.children[i]?.focus({preventScroll: true});
  }

  /** The corners set so far, and the pointer, in pixels of the image. */
  showPolygon(points, next, color, viewport) {
    if (!points.length) {
      this.#polygon.replaceChildren();
      return;
    }
    const corners = points.map(point => viewport.toStage(point));
    const outline = path(next ? [...corners, viewport.toStage(next)] : corners);
    this.#polygon.replaceChildren(
      svg('polygon', {points: outline, fill: color, 'fill-opacity': 0.35}), svg('polyline', {points: outline, class: 'motion-halo'}),
      svg('polyline', {points: outline, stroke: color}), ...corners.map(({x, y}) => svg('circle', {cx: x, cy: y, r: 4 * unit(), fill: color})));
  }

  showCursor(at, radius) {
    set(this.#cursor, {visibility: at ? 'visible' : 'hidden'});
    if (!at) return;
    set(this.#cursor, {transform: `translate(${at.x} ${at.y})`});
    [...this.#cursor.children].forEach(circle => circle.setAttribute('r', Math.max(2.5, radius)));
  }

  showCross(at) {
    set(this.#cross, {visibility: at ? 'visible' : 'hidden'});
    if (at) set(this.#cross, {transform: `translate(${at.x} ${at.y})`});
  }
}

/** A line with an arrow at its end and the number of its mask at its start. */
function way(points, layer, isActive) {
  const color = colors[layer];
  const line = path(points);
  const [start] = points;
  const group = svg('g', {class: isActive ? 'motion-way is-active' : 'motion-way'});
  if (points.length > 1) {
    group.append(svg('polyline', {points: line, class: 'motion-halo'}), svg('polyline', {points: line, stroke: color}), arrow(points, color));
  }
  const number = svg('text', {y: -16, fill: textColors[layer]});
  number.append(layer);
  const badge = svg('g', {transform: `translate(${start.x} ${start.y}) scale(${unit()})`});
  badge.append(svg('circle', {r: 4, fill: color}), svg('circle', {cy: -20, r: 9, fill: color}), number);
  group.append(badge);
  return group;
}

/** Points along the last few pixels, as the last two points may be one pixel apart. */
function arrow(points, color) {
  const end = points.at(-1);
  const from = points.findLast(({x, y}) => Math.hypot(end.x - x, end.y - y) > 10) ?? points[0];
  const angle = Math.atan2(end.y - from.y, end.x - from.x) * 180 / Math.PI;
  return svg('path', {
    d: 'M4 0L-10-7L-6 0L-10 7Z', fill: color, class: 'motion-arrow', transform: `translate(${end.x} ${end.y}) rotate(${angle}) scale(${unit()})`,
  });
}
