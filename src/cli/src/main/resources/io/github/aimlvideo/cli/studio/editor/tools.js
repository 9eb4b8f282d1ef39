import {STATIC, labelOf} from './drawing.js';
import {clip, distanceToSegment, simplify} from './trajectory.js';

/**
 * The tools get points in pixels of the image, from a pointer or from the keyboard's crosshair: start, any number of moves,
 * end or cancel; hover without a button. A point may have `pressure` (a pen, 0 to 1), `erases` (the other end of a pen), `touch`
 * and `handle` (the number of the trajectory's point that was hit).
 */
class Paint {
  constructor(editor, erases) {
    this.editor = editor;
    this.erases = erases;
  }

  start(point) {
    this.editor.drawing.begin();
    this.label = this.erases || point.erases ? 0 : labelOf(this.editor.layer);
    this.last = point;
    this.move(point);
  }

  move(point) {
    const radius = this.editor.brushSize / 2 * (point.pressure === undefined ? 1 : 0.6 + 0.8 * point.pressure);
    this.editor.drawing.line(this.last, point, radius, this.label);
    this.last = point;
  }

  end() {
    this.editor.drawing.commit();
  }

  cancel() {
    this.editor.drawing.cancel();
  }
}

/** Acts where the pointer is let go. */
class Click {
  constructor(editor) {
    this.editor = editor;
  }

  start(point) {
    this.last = point;
  }

  move(point) {
    this.last = point;
  }

  cancel() {}
}

class Fill extends Click {
  end() {
    const {drawing, layer, say} = this.editor;
    const {width, height} = drawing.size;
    const inside = this.last.x >= 0 && this.last.y >= 0 && this.last.x < width && this.last.y < height;
    if (!inside) return;
    if (drawing.isBlank) {
      say('Nothing encloses this area. Draw an outline with the brush first, then fill inside or outside of it.');
      return;
    }
    const part = drawing.fill(this.last, layer);
    if (!part) say('This area is painted already.');
    else if (part < 0.5) say('Filled.');
    else say(`Filled ${Math.round(part * 100)} % of the image. If that was too much, undo and close the outline.`);
  }
}

class Polygon extends Click {
  points = [];

  hover(point) {
    this.next = clip(point, this.editor.drawing.size);
    if (this.points.length) this.editor.changeView();
  }

  move(point) {
    super.move(point);
    this.hover(point);
  }

  end() {
    const point = this.last;
    const near = (other, pixels) => other && Math.hypot(point.x - other.x, point.y - other.y) * this.editor.scale < pixels;
    const closes = near(this.points[0], 10) || near(this.points.at(-1), 3); // the second is a double click
    if (closes && this.points.length > 2) this.finish();
    else if (!near(this.points.at(-1), 1)) this.points.push(clip(point, this.editor.drawing.size));
    this.editor.changeView();
  }

  finish() {
    const {drawing, layer, say} = this.editor;
    if (!this.points.length) return;
    if (this.points.length < 3) {
      say('A polygon needs at least 3 points.');
      return;
    }
    drawing.polygon(this.points, layer);
    this.discard();
  }

  back() {
    if (!this.points.pop()) return false;
    this.editor.changeView();
    return true;
  }

  discard() {
    const had = this.points.length > 0;
    this.points = [];
    this.editor.changeView();
    return had;
  }
}

/** Drag: a new trajectory, freehand. Click: one more point, or one between two if the line is hit. Points can be dragged. */
class Trajectory {
  line = null; // while drawn freehand
  moved = null; // the points while one of them is dragged

  constructor(editor) {
    this.editor = editor;
  }

  get points() {
    return this.editor.drawing.trajectory(this.editor.layer);
  }

  start(point) {
    this.from = point;
    const reach = point.touch ? 22 : 8;
    const near = this.points.findLastIndex(({x, y}) => Math.hypot(x - point.x, y - point.y) * this.editor.scale < reach);
    this.handle = point.handle ?? (near < 0 ? undefined : near);
  }

  move(point) {
    const {drawing, scale} = this.editor;
    const far = Math.hypot(point.x - this.from.x, point.y - this.from.y) * scale > 4;
    if (!this.line && !this.moved && !far) return;
    if (this.handle !== undefined) this.moved = this.points.with(this.handle, clip(point, drawing.size));
    else (this.line ??= [this.from]).push(point);
    this.editor.changeView();
  }

  end() {
    const {line, moved} = this;
    this.cancel();
    if (moved) this.editor.setTrajectory(moved);
    else if (line) this.#finish(line);
    else if (this.handle === undefined) this.#add(clip(this.from, this.editor.drawing.size));
    else this.#press();
  }

  /** Twice within half a second removes the point. */
  #press() {
    const {handle} = this;
    const now = performance.now();
    const again = this.pressed?.handle === handle && now - this.pressed.at < 500;
    this.pressed = again ? null : {handle, at: now};
    if (again) this.editor.setTrajectory(this.points.toSpliced(handle, 1));
  }

  #finish(line) {
    const {drawing, limits, scale, say} = this.editor;
    const tolerance = Math.min(1.5, 0.75 / scale);
    const {points, deviation} = simplify(line, {maxPoints: limits.maxPoints, size: drawing.size, tolerance});
    if (points.length < limits.minPoints) return;
    this.editor.setTrajectory(points);
    const off = deviation > 3 ? ` Your line has more turns than that: it is up to ${Math.round(deviation)} pixels of the image away.` : '';
    say(`Trajectory with ${points.length} points.${off}`);
  }

  #add(point) {
    const {limits, scale, say} = this.editor;
    const {points} = this;
    if (points.length >= limits.maxPoints) {
      say(`A trajectory has at most ${limits.maxPoints} points.`);
      return;
    }
    const hit = points.findIndex((to, i) => i && distanceToSegment(point, points[i - 1], to) * scale < 6);
    const repeated = points.some(({x, y}) => x === point.x && y === point.y);
    if (!repeated) this.editor.setTrajectory(points.toSpliced(hit > 0 ? hit : points.length, 0, point));
  }

  back() {
    if (!this.points.length) return false;
    this.editor.setTrajectory(this.points.slice(0, -1));
    return true;
  }

  finish() {
    const {points} = this;
    if (points.length) this.editor.say(`Trajectory with ${points.length} point${points.length === 1 ? '' : 's'}.`);
  }

  cancel() {
    this.line = this.moved = null;
    this.editor.changeView();
  }
}

/** What to do with a tool, said when it is chosen. */
export const hints = {
  brush: 'Paint what this mask covers.',
  eraser: 'Removes paint of any mask.',
  fill: 'Click into an area that paint encloses.',
  polygon: 'Click the corners. Enter or the first corner closes it, Escape cancels.',
  trajectory: 'Drag the line along which it moves, or click point by point. Points can be dragged; a double click removes one.',
  hand: 'Drag the view. Two fingers or the wheel zoom.',
};

export const makeTools = editor => ({
  brush: new Paint(editor, false),
  eraser: new Paint(editor, true),
  fill: new Fill(editor),
  polygon: new Polygon(editor),
  trajectory: new Trajectory(editor),
  hand: null,
});

/** A layer that can have a trajectory: the given one, or the first dynamic one. */
export const movingLayer = layer => layer === STATIC ? 1 : layer;
