import {clip} from './trajectory.js';

const TOOLS = {b: 'brush', e: 'eraser', f: 'fill', p: 'polygon', t: 'trajectory', h: 'hand'};
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

/** Everything by keys: a crosshair instead of the pointer, Space instead of its button. */
export class Keyboard {
  cross = null; // in pixels of the image; null while the pointer is used
  isSpaceDown = false;
  #isSpaceUsed = false;
  #isDrawing = false;
  #editor;
  #stage;

  constructor(editor, root, stage) {
    this.#editor = editor;
    this.#stage = stage;
    root.addEventListener('keydown', event => this.#down(event));
    root.addEventListener('keyup', event => event.key === ' ' && this.#releaseSpace());
    stage.addEventListener('focus', () => stage.matches(':focus-visible') && !editor.isPointing && this.#showCross());
    stage.addEventListener('blur', () => this.#leave());
  }

  /** The pointer takes over; Space held with it pans. */
  yield() {
    if (this.isSpaceDown) this.#isSpaceUsed = true;
    this.#finishLine();
    this.cross = null;
  }

  #down(event) {
    const editor = this.#editor;
    if (!editor.drawing || event.altKey) return;
    const handled = event.ctrlKey || event.metaKey ? this.#history(event) : this.#plain(event);
    if (handled) event.preventDefault();
  }

  #history({key, shiftKey}) {
    const letter = key.toLowerCase();
    if (letter === 'z') this.#editor.step(shiftKey ? 'redo' : 'undo');
    else if (letter === 'y') this.#editor.step('redo');
    else return false;
    return true;
  }

  #plain(event) {
    const point = event.target.closest('[data-point]');
    if (point && this.#pointKey(event, Number(point.dataset.point))) return true;
    if (event.target === this.#stage && this.#stageKey(event)) return true;
    return this.#shortcut(event.key);
  }

  #shortcut(key) {
    const editor = this.#editor;
    const letter = key.toLowerCase();
    const at = this.cross && editor.viewport.toStage(this.cross);
    if (TOOLS[letter]) editor.selectTool(TOOLS[letter]);
    else if (letter === 's') editor.selectLayer(0);
    else if (/^[1-9]$/.test(key) && Number(key) <= editor.drawing.maxMasks) editor.selectLayer(Number(key));
    else if (key === '[') editor.setBrushSize(Math.min(editor.brushSize - 1, editor.brushSize / 1.2));
    else if (key === ']') editor.setBrushSize(Math.max(editor.brushSize + 1, editor.brushSize * 1.2));
    else if (key === '+' || key === '=') editor.zoom(1.4, at ?? undefined);
    else if (key === '-') editor.zoom(1 / 1.4, at ?? undefined);
    else if (key === '0') editor.fit();
    else if (key === 'Escape') return editor.escape();
    else return false;
    return true;
  }

  #pointKey(event, i) {
    const editor = this.#editor;
    const points = editor.drawing.trajectory(editor.layer);
    if (ARROWS[event.key]) {
      editor.setTrajectory(points.with(i, this.#moved(points[i], event)));
      editor.viewport.reveal(editor.drawing.trajectory(editor.layer)[i]);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      editor.setTrajectory(points.toSpliced(i, 1));
      editor.focusPoint(Math.min(i, points.length - 2));
    } else {
      return false;
    }
    return true;
  }

  #stageKey(event) {
    const editor = this.#editor;
    const tool = editor.activeTool;
    if (ARROWS[event.key] || event.key === ' ' || event.key === 'Enter') editor.interrupt();
    if (ARROWS[event.key]) this.#moveCross(event);
    else if (event.key === ' ') this.#pressSpace(event);
    else if (event.key === 'Enter') tool?.finish?.();
    else if (event.key === 'Delete' || event.key === 'Backspace') return editor.canDraw(true) && (tool?.back?.() ?? false);
    else return false;
    return true;
  }

  #moveCross(event) {
    const editor = this.#editor;
    if (editor.tool === 'hand') {
      const [dx, dy] = ARROWS[event.key];
      editor.pan(-dx * 40, -dy * 40);
      return;
    }
    if (!this.cross) this.#showCross();
    const line = this.isSpaceDown && !this.#isSpaceUsed && editor.activeTool && editor.canDraw(true);
    if (line && !this.#isDrawing) {
      this.#isDrawing = true;
      editor.activeTool.start(this.#point());
    }
    this.cross = this.#moved(this.cross, event);
    editor.viewport.reveal(this.cross);
    if (this.#isDrawing) editor.activeTool.move(this.#point());
    else editor.activeTool?.hover?.(this.#point());
    editor.changeView();
  }

  /** Steps are 4 pixels of the screen, but at least one of the image; with Shift ten times as many. */
  #moved({x, y}, {key, shiftKey}) {
    const step = Math.max(1, Math.round(4 / this.#editor.scale)) * (shiftKey ? 10 : 1);
    const [dx, dy] = ARROWS[key];
    return clip({x: x + dx * step, y: y + dy * step}, this.#editor.drawing.size);
  }

  #pressSpace({repeat}) {
    if (repeat) return;
    this.isSpaceDown = true;
    this.#isSpaceUsed = !this.cross; // shows where it would paint first
    if (!this.cross) this.#showCross();
  }

  #releaseSpace() {
    const editor = this.#editor;
    const dab = this.isSpaceDown && !this.#isSpaceUsed && !this.#isDrawing;
    this.isSpaceDown = false;
    this.#finishLine();
    if (!dab || !this.cross || !editor.activeTool || !editor.canDraw(true)) return;
    editor.activeTool.start(this.#point());
    editor.activeTool.end();
    editor.redraw();
  }

  #finishLine() {
    if (this.#isDrawing) this.#editor.activeTool?.end();
    this.#isDrawing = false;
  }

  #showCross() {
    const {viewport, drawing, pointer} = this.#editor;
    if (!drawing) return;
    const {width, height} = this.#stage.getBoundingClientRect();
    this.cross = clip(viewport.toImage(pointer ?? {x: width / 2, y: height / 2}), drawing.size);
    this.#editor.hover(null);
  }

  #leave() {
    this.isSpaceDown = false;
    this.#finishLine();
    this.cross = null;
    this.#editor.redraw();
  }

  /** Inside a pixel even at the right and bottom edge of the image. */
  #point() {
    const {width, height} = this.#editor.drawing.size;
    return {x: Math.min(this.cross.x, width - 0.5), y: Math.min(this.cross.y, height - 0.5)};
  }
}
