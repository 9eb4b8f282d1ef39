/** Pointer events of the stage: mouse, pen and touch. One finger uses the tool, two pan and zoom. */
export class Gestures {
  #editor;
  #stage;
  #pointers = new Map(); // of the fingers or the button that are down: their last place in the stage
  #type; // of the first one
  #mode = null; // 'tool', 'pan' or 'pinch'
  #moves = [];

  constructor(editor, stage) {
    this.#editor = editor;
    this.#stage = stage;
    const {element} = stage;
    element.addEventListener('pointerdown', event => this.#down(event));
    element.addEventListener('pointermove', event => this.#move(event));
    element.addEventListener('pointerup', event => this.#up(event));
    element.addEventListener('pointercancel', event => this.#lost(event));
    element.addEventListener('mousedown', event => event.button === 1 && event.preventDefault()); // no automatic scrolling
    element.addEventListener('pointerleave', () => editor.hover(null));
    element.addEventListener('contextmenu', event => event.pointerType === 'touch' && event.preventDefault());
    element.addEventListener('wheel', event => this.#wheel(event), {passive: false});
  }

  get isBusy() {
    return this.#pointers.size > 0;
  }

  #down(event) {
    const editor = this.#editor;
    if (!editor.drawing || event.button > 1 && event.buttons !== 32) return; // 32: the eraser of a pen
    event.preventDefault();
    const isSecondFinger = event.pointerType === 'touch' && this.#type === 'touch' && this.#pointers.size < 2;
    if (this.#pointers.size && !isSecondFinger) return; // such as the palm of a hand that holds a pen
    this.#type = event.pointerType;
    editor.point();
    this.#stage.element.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.#stage.at(event));
    if (this.#pointers.size === 2) this.#pinch();
    else this.#single(event);
  }

  #single(event) {
    const editor = this.#editor;
    const handle = event.target.closest('[data-point]');
    (handle ?? this.#stage.element).focus({preventScroll: true, focusVisible: false});
    const pans = event.button === 1 || editor.pansWithPointer;
    this.#mode = pans || !editor.canDraw(true) ? 'pan' : 'tool';
    this.#stage.element.classList.toggle('is-panning', this.#mode === 'pan');
    if (this.#mode === 'tool') editor.activeTool.start({...this.#point(event), handle: handle ? +handle.dataset.point : undefined});
    editor.redraw();
  }

  /** The second finger takes back what the first has begun. */
  #pinch() {
    if (this.#mode === 'tool') this.#editor.activeTool.cancel();
    this.#moves = [];
    this.#mode = 'pinch';
  }

  #move(event) {
    const editor = this.#editor;
    if (!editor.drawing) return;
    if (event.pointerType !== 'touch') editor.hover(this.#stage.at(event));
    const before = this.#pointers.get(event.pointerId);
    if (!this.#mode && !this.#pointers.size) editor.activeTool?.hover?.(this.#point(event));
    if (!before) return;
    const now = this.#stage.at(event);
    if (this.#mode === 'pinch') this.#moveFinger(event.pointerId, now);
    else if (this.#mode === 'pan') editor.pan(now.x - before.x, now.y - before.y);
    else if (this.#mode === 'tool') this.#queue(event);
    this.#pointers.set(event.pointerId, now);
  }

  /** A mouse may report a thousand places a second; they are used once per frame. */
  #queue(event) {
    const events = event.getCoalescedEvents?.() ?? [];
    this.#moves.push(...(events.length ? events : [event]).map(one => this.#point(one)));
    this.#editor.redraw();
  }

  flush() {
    const moves = this.#moves;
    this.#moves = [];
    if (this.#mode === 'tool') moves.forEach(point => this.#editor.activeTool.move(point));
  }

  #moveFinger(id, now) {
    const other = [...this.#pointers].find(([pointer]) => pointer !== id)?.[1];
    const before = this.#pointers.get(id);
    if (!other) return;
    const distance = (a, b) => Math.max(8, Math.hypot(a.x - b.x, a.y - b.y));
    const middle = {x: (now.x + other.x) / 2, y: (now.y + other.y) / 2};
    this.#editor.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    this.#editor.zoom(distance(now, other) / distance(before, other), middle);
  }

  #up(event) {
    if (!this.#pointers.has(event.pointerId)) return;
    this.flush();
    if (this.#mode === 'tool') this.#editor.activeTool.end();
    this.#release(event);
  }

  #lost(event) {
    if (!this.#pointers.has(event.pointerId)) return;
    if (this.#mode === 'tool') this.#editor.activeTool.cancel();
    this.#release(event);
  }

  /** After a pinch, the finger that stays does nothing until it leaves too. */
  #release(event) {
    this.#pointers.delete(event.pointerId);
    this.#moves = [];
    if (this.#pointers.size) this.#mode = 'pinch';
    else this.#mode = null;
    this.#stage.element.classList.remove('is-panning');
    this.#editor.redraw();
  }

  /** Forgets what is under way, such as a stroke when the tool changes. */
  cancel() {
    if (this.#mode === 'tool') this.#editor.activeTool?.cancel();
    this.#mode = this.#pointers.size ? 'pinch' : null;
    this.#moves = [];
  }

  #wheel(event) {
    if (!this.#editor.drawing) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const delta = Math.max(-200, Math.min(200, event.deltaY * lines));
    this.#editor.zoom(Math.exp(-delta * (event.ctrlKey ? 0.01 : 0.002)), this.#stage.at(event));
  }

  #point(event) {
    const pen = event.pointerType === 'pen';
    return {
      ...this.#editor.viewport.toImage(this.#stage.at(event)),
      ...(pen && event.pressure > 0 && {pressure: event.pressure}),
      ...(event.pointerType === 'touch' && {touch: true}),
      ...(pen && event.buttons === 32 && {erases: true}),
    };
  }
}
