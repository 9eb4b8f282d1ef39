import {icon} from './icons.js';
import {colors} from './palette.js';

const TOOLS = [
  ['brush', 'Brush', 'B'], ['eraser', 'Eraser', 'E'], ['fill', 'Fill', 'F'], ['polygon', 'Polygon', 'P'],
  ['trajectory', 'Trajectory', 'T'], ['hand', 'Move the view', 'H'],
];
const ACTIONS = [
  ['undo', 'Undo', 'Ctrl+Z', editor => editor.step('undo')],
  ['redo', 'Redo', 'Ctrl+Shift+Z', editor => editor.step('redo')],
  ['clear', 'Clear this mask', '', editor => editor.drawing.clear(editor.layer)],
  ['zoom-out', 'Zoom out', '-', editor => editor.zoom(1 / 1.4)],
  ['fit', 'Show the whole image', '0', editor => editor.fit()],
  ['zoom-in', 'Zoom in', '+', editor => editor.zoom(1.4)],
];

const make = (name, className, ...children) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
};

function group(label, ...children) {
  const element = make('div', 'motion-group', ...children);
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
  return element;
}

function button(key, value, label, shortcut, onClick, ...children) {
  const element = make('button', 'motion-button', ...children);
  element.type = 'button';
  element.dataset[key] = value;
  element.title = shortcut ? `${label} (${shortcut})` : label;
  element.setAttribute('aria-label', label);
  element.onclick = onClick;
  return element;
}

/** Tools, masks and actions of an editor. */
export class Toolbar {
  element = make('div', 'motion-toolbar');
  #editor;
  #tools;
  #layers;
  #actions;
  #size = document.createElement('input');
  #sizeText = document.createElement('output');
  #play;

  constructor(editor) {
    this.#editor = editor;
    this.#tools = TOOLS.map(([tool, label, key]) => button('tool', tool, label, key, () => editor.selectTool(tool), icon(tool)));
    this.#layers = Array.from({length: editor.limits.maxMasks + 1}, (_, layer) => this.#layer(layer));
    this.#actions = ACTIONS.map(([action, label, key, act]) =>
      button('action', action, label, key, () => act(editor), icon(action)));
    this.#play = button('action', 'play', 'Play', '', () => editor.togglePlay(), icon('play'), make('span', '', 'Play'));
    this.#play.removeAttribute('aria-label');
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', 'Motion brush');
    const [undo, redo, clear, ...zoom] = this.#actions;
    this.element.append(
      group('Tools', ...this.#tools), group('Steps', undo, redo), group('Masks', ...this.#layers), clear, this.#sizeControl(),
      group('View', ...zoom), this.#play);
  }

  #layer(layer) {
    const name = layer ? `Mask ${layer}` : 'Static mask';
    const value = layer ? String(layer) : 'static';
    const text = make('span', '', layer ? String(layer) : 'Static');
    const element = button('layer', value, name, layer ? value : 'S', () => this.#editor.selectLayer(layer), make('i', 'motion-swatch'), text);
    element.style.setProperty('--layer', colors[layer]);
    return element;
  }

  /** The slider goes by the logarithm: small brushes differ as much as large ones. */
  #sizeControl() {
    Object.assign(this.#size, {type: 'range', min: 0, max: 100, step: 1, title: 'Brush size ([ and ])'});
    this.#size.dataset.brushSize = '';
    this.#size.setAttribute('aria-label', 'Brush size in pixels of the image');
    this.#size.oninput = () => this.#editor.setBrushSize(this.#editor.largestBrush ** (this.#size.value / 100));
    return make('span', 'motion-size', this.#size, this.#sizeText);
  }

  update() {
    const editor = this.#editor;
    const {drawing} = editor;
    const draws = editor.canDraw(false);
    this.element.hidden = !drawing;
    if (!drawing) return;
    for (const element of this.#tools) {
      element.setAttribute('aria-pressed', String(element.dataset.tool === editor.tool));
      element.disabled = !draws && element.dataset.tool !== 'hand';
    }
    this.#layers.forEach((element, layer) => this.#updateLayer(element, layer, draws));
    const enabled = {undo: draws && drawing.canUndo, redo: draws && drawing.canRedo, clear: draws && this.#isUsed(editor.layer)};
    for (const element of this.#actions) element.disabled = !(enabled[element.dataset.action] ?? true);
    this.#size.disabled = !draws;
    this.#size.value = Math.round(100 * Math.log(editor.brushSize) / Math.log(editor.largestBrush));
    this.#sizeText.value = `${editor.brushSize} px`;
    this.#size.setAttribute('aria-valuetext', `${editor.brushSize} pixels`);
    this.#updatePlay(editor.preview.isPlaying ? 'Stop' : 'Play');
  }

  #isUsed(layer) {
    const {drawing} = this.#editor;
    return drawing.isPainted(layer) || drawing.trajectory(layer).length > 0;
  }

  #updateLayer(element, layer, draws) {
    const {drawing} = this.#editor;
    const painted = drawing.isPainted(layer);
    const points = drawing.trajectory(layer).length;
    const name = layer ? `Mask ${layer}` : 'Static mask: what stays still';
    const state = [painted && 'painted', points && `trajectory of ${points} point${points === 1 ? '' : 's'}`].filter(Boolean).join(', ');
    element.setAttribute('aria-pressed', String(layer === this.#editor.layer));
    element.setAttribute('aria-label', `${name}: ${state || 'empty'}`);
    element.title = `${name}: ${state || 'empty'} (${layer || 'S'})`;
    element.toggleAttribute('data-painted', painted);
    element.toggleAttribute('data-trajectory', points > 0);
    element.disabled = !draws;
  }

  #updatePlay(text) {
    const label = this.#play.lastChild;
    if (label.textContent === text) return;
    label.textContent = text;
    this.#play.firstChild.replaceWith(icon(text.toLowerCase()));
    this.#play.title = text;
  }
}
