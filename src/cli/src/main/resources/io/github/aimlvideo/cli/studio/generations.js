import {api} from './api.js';
import {about, elapsed, find, h, setText} from './dom.js';

const WORDS = {
  NEW: 'Waiting to start', CREATING: 'Sending the request', RUNNING: 'Generating', COMPLETED: 'Downloading the video',
  SAVED: 'Ready', FAILED: 'Failed', UNKNOWN: 'Outcome unknown',
};
const UNDER_WAY = ['NEW', 'CREATING', 'RUNNING', 'COMPLETED'];

export const isUnderWay = ({state, suspended, unsent, searching}) => !suspended && !unsent && (searching || UNDER_WAY.includes(state));

export function statusOf({state, status, suspended, unsent, searching, id}) {
  if (unsent) return 'Not sent yet';
  if (suspended) return 'Not finished';
  if (searching) return 'Searching the vendor’s logs';
  if (state === 'CREATING' && id) return WORDS.RUNNING; // accepted, and not recorded yet
  if (state !== 'RUNNING' || !status || status === 'generating') return WORDS[state] ?? state;
  return status[0].toUpperCase() + status.slice(1).replaceAll('_', ' ');
}

/** How long it has taken so far, or took; `offset` is the server's clock less ours. */
export function timeOf(generation, offset, {short = false} = {}) {
  const {sentAt, endedAt, expectedSeconds, state} = generation;
  if (!sentAt) return '';
  if (!isUnderWay(generation)) return endedAt && state === 'SAVED' ? `took ${elapsed(endedAt - sentAt)}` : '';
  const time = elapsed(Date.now() + offset - sentAt);
  if (!expectedSeconds) return time;
  return short ? `${time} of ${about(expectedSeconds)}` : `${time}, usually ${about(expectedSeconds)}`;
}

/** The part that is done as far as one can say, below 1 until it has ended. */
export function progressOf({sentAt, expectedSeconds}, offset) {
  if (!sentAt || !expectedSeconds) return undefined;
  return Math.min(0.97, Math.max(0, (Date.now() + offset - sentAt) / 1000 / expectedSeconds));
}

/** The strip of the generations of this folder, newest first. */
export class Generations {
  all = new Map(); // by name
  offset = 0;
  #cards = new Map();
  #selected;

  constructor({onSelect, onEnded, onChange}) {
    this.onSelect = onSelect;
    this.onEnded = onEnded;
    this.onChange = onChange;
    this.list = find('#strip');
    this.section = find('#generations');
    this.list.addEventListener('keydown', event => this.#move(event));
    setInterval(() => this.#tick(), 1000);
  }

  update({now, stopped, warning, generations}) {
    this.offset = now - Date.now();
    const before = this.all;
    this.all = new Map(generations.map(generation => [generation.name, generation]));
    const isFirst = this.received !== true;
    this.received = true;
    const problems = [stopped, warning && `Warning: ${warning}`].filter(Boolean);
    find('#stopped').hidden = !problems.length;
    setText(find('#stopped'), problems.join(' · '));
    for (const generation of generations) this.#show(generation);
    for (const [name, card] of this.#cards) if (!this.all.has(name)) { card.item.remove(); this.#cards.delete(name); }
    this.section.classList.toggle('empty', !generations.length);
    if (!isFirst) this.#announce(before, generations);
    this.onChange(this.all.get(this.#selected), before.size !== this.all.size);
  }

  /** Shows a generation at once, before the studio reports it. */
  add(name, model) {
    if (this.all.has(name)) return;
    const added = {name, model, state: 'NEW', hasRequest: true};
    this.update({now: Date.now() + this.offset, generations: [...this.all.values(), added]});
  }

  #announce(before, generations) {
    for (const generation of generations) {
      const old = before.get(generation.name);
      if (old?.state === generation.state) continue;
      setText(find('#announce'), `${generation.name}: ${statusOf(generation)}`);
      if (old && isUnderWay(old) && !isUnderWay(generation)) this.onEnded(generation);
    }
  }

  #show(generation) {
    const {name} = generation;
    let card = this.#cards.get(name);
    if (!card) {
      card = this.#make(generation);
      this.#cards.set(name, card);
      this.list.prepend(card.item); // oldest first in the data, newest first in the strip
    }
    card.item.className = generation.state.toLowerCase();
    setText(card.status, statusOf(generation));
    setText(card.reason, generation.state === 'FAILED' ? generation.reason ?? '' : '');
    setText(card.cost, generation.cost ?? '');
    this.#showPoster(card, generation);
    this.#showTime(card, generation);
  }

  #make({name}) {
    const poster = h('div', {class: 'poster'});
    const status = h('b', {class: 'status'});
    const time = h('span', {class: 'time'});
    const cost = h('span', {class: 'cost'});
    const reason = h('span', {class: 'reason'});
    const bar = h('progress', {max: 1, 'aria-hidden': 'true', hidden: true});
    const open = h('button', {type: 'button', click: () => this.select(name, true)}, poster,
      h('span', {class: 'about'}, h('strong', null, name), status, h('span', {class: 'facts'}, time, cost), reason), bar);
    const item = h('li', {'data-generation': name}, open);
    return {item, open, poster, status, time, cost, reason, bar};
  }

  #showPoster(card, {name, hasRequest, hasVideo}) {
    const kind = hasRequest ? 'image' : hasVideo ? 'video' : '';
    if (card.poster.dataset.kind === kind || card.poster.dataset.kind === 'video') return;
    card.poster.dataset.kind = kind;
    const showVideo = () => {
      const {hasVideo: isThere} = this.all.get(name) ?? {};
      card.poster.dataset.kind = isThere ? 'video' : '';
      const video = () => h('video', {src: api.videoUrl(name), preload: 'metadata', muted: true, tabindex: -1});
      card.poster.replaceChildren(...(isThere ? [video()] : []));
    };
    const image = {src: api.posterUrl(name), alt: '', loading: 'lazy', decoding: 'async', error: showVideo};
    if (kind === 'image') card.poster.replaceChildren(h('img', image));
    else if (kind === 'video') showVideo();
  }

  #showTime(card, generation) {
    setText(card.time, timeOf(generation, this.offset, {short: true}));
    const progress = isUnderWay(generation) ? progressOf(generation, this.offset) : undefined;
    card.bar.hidden = progress === undefined;
    if (progress !== undefined) card.bar.value = progress;
  }

  #tick() {
    for (const [name, generation] of this.all) if (isUnderWay(generation)) this.#showTime(this.#cards.get(name), generation);
  }

  /** `isAsked`: by the user, and not because it has ended. */
  select(name, isAsked = false) {
    this.#selected = name;
    for (const [each, {open}] of this.#cards) {
      if (each === name) open.setAttribute('aria-current', 'true');
      else open.removeAttribute('aria-current');
    }
    this.onSelect(this.all.get(name), isAsked);
  }

  focus(name) {
    this.#cards.get(name)?.open.focus();
  }

  get selected() {
    return this.#selected;
  }

  #move(event) {
    const item = event.target.closest('li');
    const next = {ArrowRight: item?.nextElementSibling, ArrowLeft: item?.previousElementSibling}[event.key];
    if (!next) return;
    event.preventDefault();
    next.querySelector('button').focus();
  }
}
