import {makeControl} from './controls.js';
import {h, labelOf, uniqueId} from './dom.js';

/**
 * A form from the schema of a request. `custom` is a list of `{names, make, title, help}`: `make(schemas, context)` returns one
 * control for these properties, whose value is an object by name. `limits` has maximum lengths beyond the contract.
 */
export function makeForm(schema, container, {custom = [], onChange, onBusy, onImage, imageHelp, limits = {}}) {
  const fields = new Map(); // by property; several names can have one control
  const parts = []; // {names, control} in the order of the form
  const contextOf = name => ({onChange, onBusy, onImage, imageHelp, makeField, limit: limits[name], required: (schema.required ?? []).includes(name)});

  for (const [name, property] of Object.entries(schema.properties)) {
    if (name === 'model' || fields.has(name)) continue;
    const special = custom.find(({names}) => names.includes(name));
    const names = special?.names ?? [name];
    const control = special
      ? makeCustom(special, schema, contextOf(name))
      : makeField(name, property, contextOf(name));
    names.forEach(each => fields.set(each, control));
    parts.push({names, control, isCustom: Boolean(special)});
  }
  container.replaceChildren(...parts.map(({control}) => control.wrapper));

  return {
    fields,
    /** Whether something that was given is not in the request yet; `ready` when what was set is. */
    isBusy: () => parts.some(({control}) => control.isBusy?.()),
    get ready() { return Promise.all(parts.map(({control}) => control.ready)); },
    /** The request without its model; empty values are absent. */
    get() {
      const values = new Map();
      for (const {names: [name], control, isCustom} of parts) {
        const value = control.get();
        for (const [key, part] of isCustom ? Object.entries(value) : [[name, value]]) values.set(key, part);
      }
      const inOrder = Object.keys(schema.properties).map(name => [name, values.get(name)]);
      return Object.fromEntries(inOrder.filter(([, value]) => value !== undefined));
    },
    set(request) {
      parts.forEach(part => fill(part, request));
    },
    /** Sets these values and leaves the others. */
    change(values) {
      parts.filter(({names}) => names.some(name => name in values)).forEach(part => fill(part, values));
    },
    /** Shows each problem beside its fields; what is missing is no error before something was entered. */
    showProblems(problems) {
      for (const {names, control} of parts) {
        const own = problems.filter(problem => problem.fields?.some(field => names.includes(topOf(field))));
        showNotes(control, own);
        control.showProblems?.(own);
      }
    },
    focus(field) {
      const control = fields.get(topOf(field));
      if (!control) return;
      control.wrapper.scrollIntoView({block: 'nearest'});
      control.wrapper.querySelector('input:not([type=range]), textarea, select, button, input')?.focus({preventScroll: true});
    },
  };
}

function fill({names, control, isCustom}, values) {
  control.set(isCustom ? Object.fromEntries(names.map(name => [name, values[name]])) : values[names[0]]);
}

export const topOf = field => field.split(/[.[]/)[0];

/** A control with its label, description and a place for problems. */
function makeField(path, schema, context) {
  const control = makeControl(path, schema, context);
  if (!control.element) return Object.assign(control, {wrapper: ''});
  const name = path.split('.').at(-1);
  return wrap(control, {path, title: labelOf(name), help: control.help ?? schema.description, required: context.required});
}

/** A description may name values in backticks. */
const withCode = text => text.split('`').map((part, index) => (index % 2 ? h('code', null, part) : part));

function makeCustom({names, make, title, help}, schema, context) {
  const control = make(names.map(name => schema.properties[name]), context);
  return wrap(control, {path: names[0], also: names.slice(1), title, help});
}

function wrap(control, {path, also = [], title, help, required}) {
  const id = uniqueId('field');
  const {input} = control;
  if (input) input.id ||= id;
  const titleId = `${id}-title`;
  const label = h(input ? 'label' : 'span', {id: titleId, for: input?.id}, title);
  const name = h('code', null, [path, ...also].map(each => each.split('.').at(-1)).join(', '));
  const mark = required ? h('small', null, 'required') : null;
  const head = h('div', {class: 'head'}, control.isToggle ? control.element : null, label, mark, name, control.counter);
  const text = help ? h('p', {class: 'help', id: `${id}-help`}, ...withCode(help)) : null;
  const notes = h('div', {class: 'notes', id: `${id}-notes`});
  const described = [text?.id, notes.id].filter(Boolean).join(' ');
  control.notes = notes;
  control.wrapper = h('div', {class: 'field', 'data-field': path, role: input ? null : 'group', 'aria-labelledby': input ? null : titleId},
    head, control.isToggle ? null : control.element, text, notes);
  (input ?? control.wrapper).setAttribute('aria-describedby', described);
  if (required && input) input.setAttribute('aria-required', 'true');
  return control;
}

function showNotes(control, problems) {
  const {notes, input} = control;
  const value = control.get();
  const isEmpty = value === undefined || typeof value === 'object' && Object.values(value).every(part => part === undefined);
  const shown = problems.filter(({level, message, isShown}) => !isShown && !(isEmpty && level === 'error') && !control.covers?.test(message));
  const key = JSON.stringify(shown.map(({level, message, actions = []}) => [level, message, ...actions.map(action => action.textContent)]));
  if (notes.dataset.key !== key) { // or a live region would repeat it, and a focused button would go
    notes.dataset.key = key;
    notes.replaceChildren(...shown.map(({level, message, actions = []}) => h('p', {class: level}, message, ...actions)));
  }
  input?.setAttribute('aria-invalid', String(shown.some(({level}) => level === 'error')));
}
