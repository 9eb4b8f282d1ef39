import {ApiError, api} from './api.js';
import {button, debounce, find, h, setText} from './dom.js';
import {followEvents} from './events.js';
import {Generations} from './generations.js';
import {followInput} from './input.js';
import {Meaning} from './meaning.js';
import {Player} from './player.js';
import {RequestForm} from './request.js';
import {brushProblems, conflicts, imageProblems, merge, once} from './rules.js';
import {Run} from './run.js';

const TITLE = document.title;
const CONNECTION = {
  ok: '',
  gone: 'The studio has ended. Start it again with “aiml-video studio”; generations under way continue. What you painted stays here.',
  replaced: 'The studio was started again under a new address: open the one that it prints in the terminal. '
    + 'What you painted stays here until you close this tab.',
};

const [state, forms] = await Promise.all([api.state(), api.forms()]);
const startedHere = new Set();
let checking = new AbortController();
let opening = Promise.resolve(); // one request after the other
let undrafted; // a request that must not replace the draft, as JSON
let noticeTimer;

// What the request means, and what it costs

const soon = debounce(250, update);

/** What was checked and priced is no longer what the form says. */
function busy() {
  checking.abort();
  run.pending();
}

function changed() {
  busy();
  soon();
}

async function update() {
  if (request.isBusy) return; // the request calls again when it has all that was given and painted
  checking.abort();
  checking = new AbortController();
  const {signal} = checking;
  const body = request.get();
  if (JSON.stringify(body) !== undrafted) api.keepDraft(body);
  try {
    const checked = await api.check(body, request.name, signal);
    if (signal.aborted) return;
    const brush = brushProblems(request.brushProblems());
    const all = merge(checked.problems, [...brush, ...imageProblems(body.model, request.images)]);
    const own = conflicts(body, remedies);
    request.showProblems(merge(all, own));
    meaning.show({...checked, problems: merge(all, once(own))}, body);
    if (all.some(({level}) => level === 'error')) run.blocked('The price appears when the request is complete.', body);
    else await run.quote(body, checked.nextName, request.priceKey(body), signal);
  } catch (error) {
    if (error.name === 'AbortError') return;
    if (!(error instanceof ApiError)) throw error;
    meaning.fail(error);
    run.blocked('', body);
  }
}

const remedies = {
  camera: () => request.set({camera_control: undefined}),
  tail: () => request.set({tail_image_url: undefined}),
  duration: () => request.set({duration: 5}),
  masks: () => request.clearBrush(),
};

// What comes in

function notice(text, action) {
  clearTimeout(noticeTimer);
  find('#notice').hidden = !text;
  setText(find('#notice p'), text);
  find('#notice .action').replaceChildren(...(action ? [action] : []));
}

/**
 * Opens the request that `source()` gives in place of the present one, which can be had back. `isSaved`: the new one can be had
 * again without the page.
 */
function open(text, source, isSaved = true) {
  opening = opening.then(async () => {
    await request.painted();
    const before = request.get();
    const canUndo = request.isUnsent;
    const undo = button('Bring back what was here', () => open('', () => before, !canUndo));
    try {
      const lost = await request.load(await source(), {isSaved});
      notice(`${text} ${losses(lost)}`.trim(), canUndo && undo);
      if (!canUndo && !lost.length) noticeTimer = setTimeout(() => notice(''), 5000);
    } catch (error) {
      notice(error.message, JSON.stringify(request.get()) !== JSON.stringify(before) && undo);
    }
  });
  return opening;
}

const losses = lost => (lost.length ? `The form cannot hold all of the request: ${lost.join('; ')}.` : '');

/** Begins with the request that this tab had, or with the image of the command line. */
async function begin(draft = api.draft()) {
  const fresh = {model: request.model, ...(state.image && request.main && {[request.main.path]: api.valueOf(state.image)})};
  let problem;
  try {
    problem = losses(await request.load(draft ?? fresh, {isSaved: !draft || run.hasSent(draft)}));
  } catch (error) {
    problem = error.message;
  }
  undrafted = problem && JSON.stringify(request.get());
  notice(problem, problem && draft && button('Try again', () => { opening = opening.then(() => begin(draft)); }));
}

function takeFile(file, target) {
  const [size, most] = [file.size, state.maxUploadBytes].map(bytes => `${Math.round(bytes / 1e6)} MB`);
  if (file.size > state.maxUploadBytes) return notice(`${file.name} has ${size}; the studio takes ${most}.`);
  if (/\.(zip|json)$/i.test(file.name)) return open(`${file.name} is open.`, () => api.import(file));
  return withField(target, field => field.take(file, file.name));
}

function withField(target, action) {
  const field = request.imageFieldAt(target);
  if (!field) return notice('This model takes no image.');
  if (!find('#notice .action').hasChildNodes()) notice(''); // what was here before can still be brought back
  return action(field);
}

// The parts

const meaning = new Meaning({onField: field => request.focus(field)});
const run = new Run({
  hasKey: state.hasKey,
  isCurrent: body => !request.isBusy && JSON.stringify(request.get()) === JSON.stringify(body),
  isThere: name => generations.all.has(name),
  onCreated(name, body) {
    startedHere.add(name);
    request.saved(body);
    generations.add(name, body.model);
    soon();
  },
  onRefused: changed,
});
const generations = new Generations({
  onSelect(generation, isAsked) {
    player.show(generation);
    if (isAsked) find('#player').scrollIntoView({block: 'nearest'}); // on a phone it is above the form
  },
  onChange(selected, isOther) {
    if (selected) player.show(selected);
    if (isOther) soon(); // the next name may be another
    run.showLost();
  },
  onEnded({name, state: ended, hasVideo}) {
    run.ended(name);
    if (document.hidden) document.title = `${name}: ${ended === 'SAVED' ? 'ready' : 'ended'} · ${TITLE}`;
    if (hasVideo && startedHere.has(name) && !generations.selected) generations.select(name);
  },
});
const player = new Player({
  offset: () => generations.offset,
  onUse: name => open(`The request of ${name} is in the form.`, () => api.request(name)),
  onClose(name) { generations.select(undefined); generations.focus(name); },
  onMessage: notice,
});
const request = new RequestForm(forms, {
  onChange: changed, onBusy: busy, onMessage: notice,
  onLeft(values) {
    const back = () => open('', () => ({...request.get(), ...values}), false);
    notice('What you painted has left with its image.', button('Bring back what was here', back));
  },
});

function showPlace() {
  const {host} = new URL(state.server);
  const server = host === 'api.aimlapi.com' ? '' : ` · server ${host}`;
  setText(find('#place'), `Videos are saved in ${state.folder}${server}`);
}

function showModels() {
  const names = Object.keys(forms);
  find('#model').append(...names.map(name => h('option', {value: name}, name)));
  find('#model-row').hidden = names.length < 2;
  find('#model').addEventListener('change', event => request.changeModel(event.target.value));
}

showPlace();
showModels();
find('#start-choose').addEventListener('click', () => request.main?.file.click());
find('#import-input').addEventListener('change', ({target}) => {
  const [file] = target.files;
  if (file) open(`${file.name} is open.`, () => api.import(file));
  target.value = '';
});
find('#notice .close').addEventListener('click', () => notice(''));
find('#form').addEventListener('submit', event => event.preventDefault());
addEventListener('beforeunload', event => { if (request.isUnsent) event.preventDefault(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) document.title = TITLE; });
followInput({
  onFile: takeFile,
  onUrl: (url, target) => withField(target, field => field.takeUrl(url)),
  onSeveral: name => notice(`Several files came; the studio took ${name}.`),
});
followEvents({
  onGenerations: data => generations.update(data),
  onConnection(connection) {
    setText(find('#connection'), CONNECTION[connection]);
    find('#connection').hidden = connection === 'ok';
    if (connection === 'ok') changed();
  },
});
opening = begin();
