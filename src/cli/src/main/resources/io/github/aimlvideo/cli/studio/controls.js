import {button, h, labelOf, uniqueId} from './dom.js';
import {ImageField} from './image-field.js';

/**
 * Controls by the shape of a schema. A control has `element`, `get()` (undefined if empty) and `set(value)`; `input`, if one
 * element has the label; `counter`, if something stands beside the label. A default is shown, but sent only if it was chosen.
 * `isBusy()` tells that what was given is not in the value yet, the promise `ready` when what was set is.
 */
export function makeControl(path, schema, context) {
  const name = path.split('.').filter(part => !/^\d+$/.test(part)).at(-1); // of the list, for its items
  const {type, enum: values} = schema;
  if (values?.length === 1) return constant(values[0]);
  if (values && type === 'integer' && values.length < 9) return segments(path, schema, context);
  if (values) return choice(schema, context);
  if (type === 'string' && schema.format === 'uri' && !/video|audio/.test(`${path} ${context.media}`)) return new ImageField(path, context);
  if (type === 'string') return text(name, schema, context);
  if (type === 'boolean') return toggle(schema, context);
  if (type === 'number' || type === 'integer') return number(name, schema, context);
  if (type === 'array' && schema.items) return list(path, schema, context);
  if (type === 'object' && schema.properties) return object(path, schema, context);
  return freeJson(context);
}

function constant(value) {
  return {element: null, get: () => value, set() {}, isConstant: true};
}

/** The default in the type of the schema: some contracts give that of an integer as a string. */
function defaultOf({default: value, type}) {
  const isNumeric = type === 'integer' || type === 'number';
  return isNumeric && typeof value === 'string' && value !== '' ? Number(value) : value;
}

function segments(path, schema, {onChange}) {
  const group = uniqueId('choice');
  const radios = schema.enum.map(value => h('input', {type: 'radio', name: group, value}));
  const initial = defaultOf(schema);
  let chosen = false;
  const show = value => radios.forEach(radio => { radio.checked = radio.value === String(value); });
  const unit = /duration/.test(path) ? ' s' : '';
  const element = h('div', {class: 'segments'},
    ...radios.map(radio => h('label', null, radio, h('span', null, radio.value + unit))));
  element.addEventListener('change', () => { chosen = true; onChange(); });
  show(initial);
  return {
    element,
    get: () => (chosen ? Number(radios.find(radio => radio.checked)?.value) : undefined),
    set(value) { chosen = value !== undefined; show(value ?? initial); },
  };
}

function choice(schema, {onChange, required}) {
  const initial = defaultOf(schema);
  const none = required && initial === undefined ? 'Choose ...' : initial === undefined ? 'Not set' : `${initial} (default)`;
  const input = h('select', {change: onChange}, h('option', {value: ''}, none),
    ...schema.enum.map((value, index) => h('option', {value: index}, String(value))));
  return {
    element: input, input,
    get: () => (input.value === '' ? undefined : schema.enum[input.value]),
    set(value) { input.value = value === undefined ? '' : String(schema.enum.indexOf(value)); },
  };
}

function text(name, schema, {onChange, limit}) {
  const isLong = /prompt|text|script|description/.test(name) || schema.maxLength > 200;
  const input = isLong ? h('textarea', {rows: name === 'prompt' ? 3 : 2}) : h('input', {type: schema.format === 'uri' ? 'url' : 'text'});
  const initial = defaultOf(schema);
  if (initial !== undefined) input.placeholder = String(initial);
  const maximum = schema.maxLength ?? limit;
  const counter = isLong ? h('span', {class: 'counter'}) : null;
  function count() {
    if (!counter) return;
    const length = [...input.value].length; // code points, as the model counts
    counter.classList.toggle('over', length > maximum);
    if (maximum) counter.textContent = `${length.toLocaleString('en')} of ${maximum.toLocaleString('en')}`;
    else counter.textContent = length ? `${length.toLocaleString('en')} characters` : '';
  }
  input.addEventListener('input', () => { count(); onChange(); });
  count();
  return {
    element: input, input, counter,
    get: () => input.value || undefined,
    set(value) { input.value = value ?? ''; count(); },
  };
}

function toggle(schema, {onChange}) {
  const initial = defaultOf(schema) === true;
  const input = h('input', {type: 'checkbox'});
  let chosen = false;
  input.checked = initial;
  input.addEventListener('change', () => { chosen = true; onChange(); });
  return {
    element: input, input, isToggle: true,
    get: () => (chosen ? input.checked : undefined),
    set(value) { chosen = value !== undefined; input.checked = value ?? initial; },
  };
}

function number(name, schema, {onChange}) {
  const {minimum, maximum, type} = schema;
  const initial = defaultOf(schema);
  const input = h('input', {type: 'text', class: 'amount', inputmode: type === 'integer' ? 'numeric' : 'decimal'});
  input.placeholder = initial === undefined ? 'default' : String(initial);
  const get = () => numberIn(input.value);
  if (minimum === undefined || maximum === undefined || maximum - minimum > 1000) {
    input.addEventListener('input', onChange);
    return {element: input, input, get, set(value) { input.value = value ?? ''; }};
  }
  const step = type === 'integer' ? 1 : maximum - minimum <= 2 ? 0.05 : 0.1;
  const slider = h('input', {type: 'range', min: minimum, max: maximum, step, 'aria-label': labelOf(name)});
  const clear = button('Clear', () => { show(undefined); input.focus(); onChange(); }, {class: 'quiet'});
  function show(value) {
    input.value = value ?? '';
    follow();
  }
  function follow() {
    const value = get();
    slider.value = typeof value === 'number' ? value : initial ?? (minimum + maximum) / 2;
    slider.classList.toggle('unset', get() === undefined);
    clear.hidden = get() === undefined;
  }
  slider.addEventListener('input', () => { show(slider.value); onChange(); });
  input.addEventListener('input', () => { follow(); onChange(); });
  follow();
  return {element: h('div', {class: 'number'}, slider, input, clear), input, get, set: show};
}

/** What is no number stays a text: the check says so, and nothing else is sent in its place. */
function numberIn(text) {
  if (text.trim() === '') return undefined;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : text;
}

function list(path, schema, context) {
  const {minItems = 0, maxItems = Infinity} = schema;
  const items = [];
  const rows = h('ol', {class: 'items'});
  const add = button(`Add ${labelOf(path.split('.').at(-1)).toLowerCase().replace(/s$/, '')}`, () => { append(); context.onChange(); });
  function append(value) {
    const control = makeControl(`${path}.${items.length}`, schema.items, {...context, required: false});
    const row = h('li', null, control.element, button('Remove', () => {
      items.splice(items.indexOf(control), 1);
      row.remove();
      update();
      add.focus();
      context.onChange();
    }, {class: 'quiet'}));
    control.input?.setAttribute('aria-label', `${labelOf(path)} ${items.length + 1}`);
    if (value !== undefined) control.set(value);
    items.push(control);
    rows.append(row);
    update();
  }
  const update = () => { add.hidden = items.length >= maxItems; };
  function set(values) {
    items.length = 0;
    rows.replaceChildren();
    for (const value of Array.isArray(values) ? values : []) append(value);
    while (context.required && items.length < minItems) append();
  }
  set();
  return {
    element: h('div', {class: 'list'}, rows, add), set,
    isBusy: () => items.some(control => control.isBusy?.()),
    get ready() { return Promise.all(items.map(({ready}) => ready)); },
    get() {
      const values = items.map(control => control.get()).filter(value => value !== undefined);
      return values.length ? values : undefined;
    },
  };
}

function object(path, schema, context) {
  const media = schema.properties.type?.enum?.[0]; // of a part such as {type: "video", url}
  const parts = Object.entries(schema.properties).map(([name, property]) => {
    const required = (schema.required ?? []).includes(name);
    return [name, context.makeField(`${path}.${name}`, property, {...context, required, media})];
  });
  return {
    element: h('div', {class: 'object'}, ...parts.map(([, control]) => control.wrapper)),
    isBusy: () => parts.some(([, control]) => control.isBusy?.()),
    get ready() { return Promise.all(parts.map(([, {ready}]) => ready)); },
    get() {
      const values = parts.filter(([, control]) => control.get() !== undefined);
      if (values.every(([, control]) => control.isConstant)) return undefined; // constants alone say nothing
      return Object.fromEntries(values.map(([name, control]) => [name, control.get()]));
    },
    set(value) { parts.forEach(([name, control]) => control.set(value?.[name])); },
  };
}

function freeJson({onChange}) {
  const input = h('textarea', {rows: 2, spellcheck: 'false', class: 'code', placeholder: 'JSON, for example {"key": "value"}'});
  function get() {
    if (!input.value.trim()) return undefined;
    try {
      return JSON.parse(input.value);
    } catch {
      return input.value; // an unquoted text is meant as a string
    }
  }
  input.addEventListener('input', onChange);
  const textOf = value => (typeof value === 'string' ? value : JSON.stringify(value, null, 2) ?? '');
  return {element: input, input, get, set(value) { input.value = textOf(value); }};
}
