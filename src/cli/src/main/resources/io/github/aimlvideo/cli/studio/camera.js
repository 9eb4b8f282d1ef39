import {button, h, labelOf, uniqueId} from './dom.js';

const TYPES = {
  none: ['No camera move', 'The model decides.'],
  simple: ['One axis', 'You choose the axis and the amount.'],
  down_back: ['Down and back', 'Descends and moves back; things move up and away.'],
  forward_up: ['Forward and up', 'Moves forward and tilts up.'],
  right_turn_forward: ['Right turn', 'Turns right and moves forward.'],
  left_turn_forward: ['Left turn', 'Turns left and moves forward.'],
};

/** What less and more of each axis does, from Kling's page; of pan and tilt from the Chinese one, as a camera usually turns. */
const AXES = {
  horizontal: ['left', 'right', 'moves horizontally'],
  vertical: ['down', 'up', 'moves vertically'],
  pan: ['left', 'right', 'turns in place'],
  tilt: ['down', 'up', 'turns in place'],
  roll: ['counterclockwise', 'clockwise', 'rolls'],
  zoom: ['nearer', 'wider', 'changes the focal length'],
};

const DISAGREEMENT = 'Kling’s pages disagree on pan and tilt: on the English one, pan turns down and up, and tilt left and right.';

/** Whether a schema is that of a camera: a type and a config of numbers. */
export function isCamera(schema) {
  const {type, config} = schema.properties ?? {};
  const axes = Object.values(config?.properties ?? {});
  return Boolean(type?.enum && axes.length && axes.every(axis => axis.type === 'number' || axis.type === 'integer'));
}

/** The control of a camera; `onPreview` gets its value, or null, whenever it changes. */
export function makeCamera(schema, {onChange, onPreview}) {
  const {type, config} = schema.properties;
  const group = uniqueId('camera');
  const values = ['none', ...type.enum];
  const radios = values.map(value => h('input', {type: 'radio', name: group, value, change: changed}));
  const cards = values.map((value, index) => {
    const [title, text] = TYPES[value] ?? [labelOf(value), ''];
    return h('label', {class: 'card', 'data-camera': value}, radios[index], h('strong', null, title), h('span', null, text));
  });
  const axes = new Map(Object.entries(config.properties).map(([name, axis]) => [name, makeAxis(name, axis, moved)]));
  const hint = h('p', {class: 'hint', role: 'status'});
  const remark = axes.has('pan') && axes.has('tilt') ? h('p', {class: 'help'}, DISAGREEMENT) : null;
  const sliders = h('div', {class: 'axes'}, hint, ...[...axes.values()].map(axis => axis.element), remark);
  let last; // the axis moved last

  function moved(name) {
    last = name;
    changed();
  }

  function chosen() {
    return radios.find(radio => radio.checked)?.value ?? 'none';
  }

  function get() {
    const value = chosen();
    if (value === 'none') return undefined;
    if (value !== 'simple') return {type: value};
    const amounts = [...axes].map(([name, axis]) => [name, axis.get()]).filter(([, amount]) => amount !== 0);
    return amounts.length ? {type: value, config: Object.fromEntries(amounts)} : {type: value};
  }

  function show() {
    sliders.hidden = chosen() !== 'simple';
    const moving = [...axes.keys()].filter(name => axes.get(name).get() !== 0);
    const keep = moving.includes(last) ? last : moving.at(-1);
    hint.className = moving.length > 1 ? 'hint warning' : 'hint';
    if (moving.length < 2) hint.textContent = moving.length ? 'Kling takes one axis for a video.' : 'Move one of the sliders.';
    else hint.replaceChildren(`Kling takes one axis for a video; ${moving.join(' and ')} are set. `, button(`Keep ${keep} only`, () => {
      axes.forEach((axis, name) => { if (name !== keep) axis.set(0); });
      changed();
      axes.get(keep).focus();
    }));
    onPreview?.(get() ?? null);
  }

  function changed() {
    show();
    onChange();
  }

  function set(value) {
    const known = values.includes(value?.type) ? value.type : 'none';
    radios.forEach(radio => { radio.checked = radio.value === known; });
    axes.forEach((axis, name) => axis.set(value?.config?.[name] ?? 0));
    show();
  }

  set();
  return {
    element: h('div', {class: 'camera'}, h('div', {class: 'cards', role: 'radiogroup', 'aria-label': 'Camera move'}, ...cards), sliders),
    get, set, preview: show, covers: /exactly one value/, // its hint says that
  };
}

function makeAxis(name, {minimum = -10, maximum = 10}, onMove) {
  const [less, more, text] = AXES[name] ?? ['less', 'more', ''];
  const id = uniqueId('axis');
  const moved = () => { show(); onMove(name); };
  const input = h('input', {type: 'range', id, min: minimum, max: maximum, step: 1, 'aria-describedby': `${id}-text`, input: moved});
  const output = h('output', {for: id});
  const get = () => Number(input.value);

  function show() {
    const amount = get();
    output.textContent = amount > 0 ? `+${amount}` : String(amount).replace('-', '−');
    const direction = amount === 0 ? 'no move' : `${Math.abs(amount)} ${amount < 0 ? less : more}`;
    input.setAttribute('aria-valuetext', direction);
    element.classList.toggle('moving', amount !== 0);
  }

  function set(value) {
    input.step = Number.isInteger(value) ? 1 : 'any'; // an imported 2.5 stays 2.5
    input.value = value;
    show();
  }

  const element = h('div', {class: 'axis', 'data-axis': name},
    h('label', {for: id}, labelOf(name)), output, input,
    h('span', {class: 'less'}, less), h('span', {class: 'what', id: `${id}-text`}, text), h('span', {class: 'more'}, more));
  set(0);
  return {element, get, set, focus: () => input.focus()};
}
