import {api} from './api.js';
import {button, debounce, h} from './dom.js';

const HELP = 'Paint on the image what moves, then draw its trajectory. Paint what stays still with the static mask.';

/** The names of the properties of a motion brush in a schema, recognised by their shape; undefined if there is none. */
export function brushOf(schema) {
  const entries = Object.entries(schema.properties);
  const [dynamic, masks] = entries.find(([, property]) => isMasks(property)) ?? [];
  if (!dynamic || !schema.properties.static_mask) return undefined;
  const {minItems: minPoints = 2, maxItems: maxPoints = 77} = masks.items.properties.trajectories;
  return {names: ['static_mask', dynamic], limits: {maxMasks: masks.maxItems ?? 6, minPoints, maxPoints}};
}

function isMasks({type, items}) {
  const {mask, trajectories} = items?.properties ?? {};
  const point = trajectories?.items?.properties;
  return type === 'array' && mask?.type === 'string' && Boolean(point?.x && point?.y);
}

/** The control of the motion brush: what is painted in the editor, as masks that the studio has stored. */
export function makeMasks([staticName, dynamicName], editor, {onChange, onBusy}) {
  const uploads = new WeakMap(); // a mask is uploaded once: its Blob stays the same while it is unchanged
  const summary = h('p', {class: 'summary'});
  const todo = h('ul', {class: 'todo', 'aria-live': 'polite'});
  const clear = button('Clear the brush', () => removeAll(), {class: 'quiet'});
  let value = {};
  let failure = ''; // of the last upload: `value` lacks what was painted since
  let isBusy = false; // until what is painted is stored
  let turn = 0;

  const soon = debounce(300, store);
  const painted = () => { turn++; isBusy = true; onBusy(); soon(); };
  editor.addEventListener('change', painted);

  function removeAll() {
    return editor.load({staticMask: null, dynamicMasks: []});
  }

  /** All under one name: the same pixels are the same image, whichever mask they are. */
  function uploaded(blob) {
    if (!blob) return undefined;
    if (!uploads.has(blob)) {
      const info = api.upload(blob, 'mask.png');
      uploads.set(blob, info);
      info.catch(() => uploads.delete(blob));
    }
    return uploads.get(blob);
  }

  async function store() {
    const own = ++turn;
    try {
      const stored = await toRequest(await editor.toMasks());
      if (own !== turn) return;
      value = stored;
      failure = '';
    } catch (error) {
      if (own !== turn) return;
      failure = `The masks are not stored: ${error.message} The next change of the brush stores them again.`;
    }
    isBusy = false;
    show();
    onChange();
  }

  /** At once. */
  function storeNow() {
    painted();
    soon.cancel();
    return store();
  }

  async function toRequest({staticMask, dynamicMasks}) {
    const mask = await uploaded(staticMask);
    const moving = await Promise.all(dynamicMasks.map(async layer => {
      const info = await uploaded(layer.mask);
      return {...(info && {mask: api.valueOf(info)}), trajectories: layer.trajectory ?? []};
    }));
    return {...(mask && {[staticName]: api.valueOf(mask)}), ...(moving.length && {[dynamicName]: moving})};
  }

  const problems = () => [failure, ...editor.problems()].filter(Boolean);

  function show() {
    const moving = value[dynamicName] ?? [];
    const points = moving.reduce((sum, {trajectories}) => sum + trajectories.length, 0);
    const parts = [];
    if (value[staticName]) parts.push('a static mask');
    if (moving.length) parts.push(`${moving.length === 1 ? 'one moving mask' : `${moving.length} moving masks`} with ${points} points`);
    const text = parts.join(' and ');
    summary.textContent = text ? `${text[0].toUpperCase()}${text.slice(1)}.` : HELP;
    clear.hidden = !text;
    const texts = problems();
    if (todo.textContent !== texts.join('')) todo.replaceChildren(...texts.map(problem => h('li', null, problem)));
  }

  show();
  return {
    element: h('div', {class: 'masks'}, h('div', {class: 'row'}, summary, clear), todo),
    get: () => value,
    /** Only what the editor paints becomes a request; `load` brings `masksOf` an imported one into the editor. */
    set() {},
    async load(masks) {
      await editor.load(masks);
      await storeNow();
    },
    removeAll, store: storeNow,
    problems, isBusy: () => isBusy,
    stop: () => { soon.cancel(); turn++; editor.removeEventListener('change', painted); },
  };
}

/** The masks of a request, for the editor; fails if the studio cannot load one. */
export async function masksOf(request, [staticName, dynamicName]) {
  const staticMask = await imageOf(request[staticName]);
  const dynamicMasks = await Promise.all((request[dynamicName] ?? [])
    .map(async layer => ({mask: await imageOf(layer.mask), trajectory: layer.trajectories ?? []})));
  return {staticMask, dynamicMasks};
}

async function imageOf(value) {
  if (!value) return null;
  return api.image(value) ?? api.uploadUrl(value);
}
