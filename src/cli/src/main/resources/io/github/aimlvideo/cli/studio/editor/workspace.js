import {Gestures} from './gestures.js';
import {Keyboard} from './keyboard.js';
import {colors} from './palette.js';
import {Preview} from './preview.js';
import {Stage} from './stage.js';
import {Toolbar} from './toolbar.js';
import {hints, makeTools, movingLayer} from './tools.js';
import {Viewport} from './viewport.js';

/** The stage with its toolbar: which tool, mask and view there are now. Tools, gestures, keyboard and toolbar act on it. */
export class Workspace {
  drawing = null; // while there is no image
  viewport = new Viewport();
  tool = 'brush';
  layer = 1;
  brushSize = 20; // in pixels of the image
  pointer = null; // in pixels of the stage, while it is over it
  #stage = new Stage();
  preview = new Preview(this.#stage, () => this.showState());
  #tools = makeTools(this);
  #gestures = new Gestures(this, this.#stage);
  #keyboard;
  #toolbar;
  #element = document.createElement('div');
  #note = document.createElement('p');
  #status = document.createElement('p');
  #disabled = null;
  #frame = 0;
  #isViewChanged = true;

  constructor(container, limits, {play, stop}) {
    this.limits = limits;
    this.say = text => { this.#status.textContent = text; };
    this.togglePlay = () => this.preview.isPlaying ? stop() : play();
    this.#toolbar = new Toolbar(this);
    this.#element.className = 'motion-editor';
    this.#note.className = 'motion-note';
    this.#status.className = 'motion-status';
    this.#status.setAttribute('role', 'status');
    this.#element.append(this.#toolbar.element, this.#note, this.#stage.element, this.#status);
    this.#keyboard = new Keyboard(this, this.#element, this.#stage.element);
    container.append(this.#element);
    new ResizeObserver(() => this.#resize()).observe(this.#stage.element);
    this.showState();
  }

  open(drawing, bitmap) {
    this.preview.stop();
    if (drawing !== this.drawing) this.#start(drawing);
    this.#stage.show(bitmap, drawing);
    this.showState();
    this.viewport.resize({image: drawing.size});
    this.#resize();
  }

  #start(drawing) {
    this.#gestures.cancel();
    this.#tools.polygon.discard();
    this.drawing = drawing;
    this.brushSize = Math.max(1, Math.round(Math.max(drawing.size.width, drawing.size.height) / 24));
    this.layer = 1;
    this.viewport.isFitted = true;
    drawing.addEventListener('trajectory', () => this.changeView());
    drawing.addEventListener('pixels', ({detail}) => {
      if (drawing === this.drawing) this.#stage.invalidate(detail);
      this.redraw();
    });
  }

  close() {
    this.preview.stop();
    this.#gestures.cancel();
    this.drawing = null;
    this.say('');
    this.showState();
  }

  disable(reason) {
    this.#disabled = reason;
    this.#note.textContent = reason ?? '';
    if (reason) {
      this.#gestures.cancel();
      this.#tools.polygon.discard();
    }
    this.showState();
  }

  get activeTool() {
    return this.#tools[this.tool];
  }

  /** Pixels of the screen for one of the image. */
  get scale() {
    return this.viewport.scale;
  }

  get largestBrush() {
    return Math.max(20, Math.round(Math.max(this.drawing.size.width, this.drawing.size.height) / 3));
  }

  get isPointing() {
    return this.#gestures.isBusy;
  }

  get pansWithPointer() {
    return this.tool === 'hand' || this.#keyboard.isSpaceDown;
  }

  canDraw(aloud) {
    if (this.#disabled && aloud) this.say(this.#disabled);
    return Boolean(this.drawing) && !this.#disabled;
  }

  point() {
    this.#keyboard.yield();
    this.interrupt();
  }

  /** Painting ends a preview: what moves cannot be painted on. */
  interrupt() {
    if (this.preview.isShown) this.preview.stop();
  }

  selectTool(tool) {
    if (tool !== 'hand' && !this.canDraw(true)) return;
    this.#gestures.cancel();
    if (tool !== 'polygon') this.#tools.polygon.discard();
    this.tool = tool;
    if (tool === 'trajectory') this.layer = movingLayer(this.layer);
    this.say(hints[tool]);
    this.showState();
  }

  selectLayer(layer) {
    if (!this.canDraw(true)) return;
    this.#gestures.cancel();
    const leaves = !layer && this.tool === 'trajectory';
    if (leaves) this.tool = 'brush';
    this.say(leaves ? 'The static mask has no trajectory: it marks what stays still.' : '');
    this.layer = layer;
    this.showState();
  }

  setBrushSize(size) {
    this.brushSize = Math.max(1, Math.min(this.largestBrush, Math.round(size)));
    this.showState();
  }

  setTrajectory(points) {
    this.drawing.setTrajectory(this.layer, points);
  }

  focusPoint(i) {
    this.#draw();
    if (i < 0) this.#stage.element.focus({preventScroll: true});
    else this.#stage.vectors.focusHandle(i);
  }

  /** While a polygon is drawn, undo takes back its last point. */
  step(direction) {
    if (!this.canDraw(true)) return;
    this.#gestures.cancel();
    if (direction === 'undo' && this.#tools.polygon.back()) return;
    if (!this.drawing[direction]()) this.say(`Nothing to ${direction}.`);
  }

  escape() {
    if (this.preview.isShown) this.preview.stop();
    else if (this.isPointing) this.#gestures.cancel();
    else return this.#tools.polygon.discard();
    return true;
  }

  zoom(factor, at) {
    this.viewport.zoom(factor, at);
    this.changeView();
  }

  pan(dx, dy) {
    this.viewport.pan(dx, dy);
    this.changeView();
  }

  fit() {
    this.viewport.fit();
    this.changeView();
  }

  hover(at) {
    this.pointer = at;
    this.redraw();
  }

  #resize() {
    const {clientWidth: width, clientHeight: height} = this.#stage.element;
    if (width && height) this.viewport.resize({stage: {width, height}});
    this.changeView();
  }

  showState() {
    this.#element.hidden = !this.drawing;
    this.#note.hidden = !this.#disabled;
    this.#stage.element.dataset.tool = this.tool;
    this.#stage.element.classList.toggle('is-disabled', Boolean(this.#disabled));
    this.#toolbar.update();
    this.changeView();
  }

  /** The vectors are drawn again too; redraw shows what was painted, and the cursor. */
  changeView() {
    this.#isViewChanged = true;
    this.redraw();
  }

  redraw() {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    if (this.drawing) {
      this.#gestures.flush();
      this.#stage.refresh();
      if (this.#isViewChanged) {
        this.#stage.applyView(this.viewport, this.drawing);
        this.#drawVectors();
      }
      this.#drawCursor();
    }
    this.#isViewChanged = false;
    cancelAnimationFrame(this.#frame); // what was flushed has asked for another one
    this.#frame = 0;
  }

  #drawVectors() {
    const {vectors} = this.#stage;
    const {drawing, layer, viewport} = this;
    const {line, moved} = this.#tools.trajectory;
    const trajectories = drawing.layers.map(each => each === layer && (line ?? moved) || drawing.trajectory(each));
    vectors.showTrajectories(trajectories, layer, this.tool === 'trajectory' && !line && !this.#disabled, viewport);
    const {points, next} = this.#tools.polygon;
    vectors.showPolygon(points, next, colors[layer], viewport);
  }

  #drawCursor() {
    const {vectors} = this.#stage;
    const {tool, viewport} = this;
    const cross = this.#keyboard.cross && viewport.toStage(this.#keyboard.cross);
    const paints = (tool === 'brush' || tool === 'eraser') && !this.#disabled;
    vectors.showCursor(paints ? cross ?? this.pointer : null, this.brushSize / 2 * viewport.scale);
    vectors.showCross(cross);
  }
}
