import {api} from './api.js';
import {button, find, h, setText} from './dom.js';
import {isUnderWay, progressOf, statusOf, timeOf} from './generations.js';

const USE = 'Put this request into the form and onto the stage';
const SEARCHING = 'The response was lost. The studio searches the vendor’s logs for the request, which can take 6 minutes.';

/** One generation beside the image: its video, or why there is none. */
export class Player {
  #shown; // the name
  #key; // of what is painted, so that a video plays on through updates

  constructor({offset, onUse, onClose, onMessage}) {
    this.offset = offset;
    this.onUse = onUse;
    this.onClose = onClose;
    this.onMessage = onMessage;
    this.section = find('#player');
    this.media = find('.media', this.section);
    this.details = find('.details', this.section);
    this.actions = find('.actions', this.section);
    find('.close', this.section).addEventListener('click', () => this.close());
    this.section.addEventListener('keydown', event => { if (event.key === 'Escape') this.close(); });
    setInterval(() => this.#tick(), 1000);
  }

  show(generation) {
    this.generation = generation;
    if (!generation) return this.close();
    this.#shown = generation.name;
    this.section.hidden = false;
    document.body.classList.add('playing');
    this.section.className = generation.state.toLowerCase();
    const key = JSON.stringify(generation);
    if (key === this.#key) return undefined;
    this.#key = key;
    setText(find('h2', this.section), generation.name);
    setText(find('.status', this.section), statusOf(generation));
    this.#showMedia(generation);
    this.#showDetails(generation);
    this.#showActions(generation);
    return this.#tick();
  }

  close() {
    if (this.section.hidden) return;
    this.section.hidden = true;
    document.body.classList.remove('playing');
    this.media.replaceChildren();
    delete this.media.dataset.kind;
    this.#key = undefined;
    const name = this.#shown;
    this.#shown = undefined;
    this.onClose(name);
  }

  #showMedia({name, hasVideo, hasRequest}) {
    const kind = `${name} ${hasVideo ? 'video' : hasRequest ? 'image' : ''}`;
    if (this.media.dataset.kind === kind) return;
    this.media.dataset.kind = kind;
    if (hasVideo) {
      const video = h('video', {controls: true, loop: true, playsinline: true, preload: 'auto', 'aria-label': `Video ${name}`});
      if (hasRequest) video.poster = api.posterUrl(name);
      video.src = api.videoUrl(name);
      this.media.replaceChildren(video);
      if (!matchMedia('(prefers-reduced-motion: reduce)').matches) video.play().catch(() => {}); // if it may not start by itself
    } else if (hasRequest) {
      const image = {src: api.posterUrl(name), alt: '', decoding: 'async', error: event => event.target.remove()};
      this.media.replaceChildren(h('img', image));
    } else {
      this.media.replaceChildren();
    }
  }

  #showDetails({reason, cost, id, otherId, model, searching}) {
    const rows = [['Cost', cost], ['Model', model], ['Generation ID', id], ['Also bought', otherId]].filter(([, value]) => value);
    find('.reason', this.section).textContent = searching ? SEARCHING : reason ?? '';
    this.details.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', null, name), h('dd', null, value)]));
  }

  #showActions({name, state, attempts, suspended, unsent, searching, hasVideo, hasRequest}) {
    const list = [];
    if (hasVideo) list.push(h('a', {class: 'button', href: `${api.videoUrl(name)}?download`, download: `${name}.mp4`}, 'Download'));
    if (hasRequest) list.push(button('Use again', event => this.#act(event, () => this.onUse(name)), {title: USE}));
    if (suspended && state !== 'NEW') list.push(button('Resume', event => this.#act(event, () => api.resume(name))));
    if (unsent) list.push(this.#offer('Send', price => api.retry(name, attempts, price)));
    if (state === 'NEW') list.push(button('Remove', event => this.#act(event, () => api.remove(name)), {title: 'Forget this request, which was not sent'}));
    if (state === 'FAILED') list.push(this.#offer('Retry', price => api.retry(name, attempts, price)));
    if (state === 'UNKNOWN' && !searching) list.push(button('Create again …', () => this.#confirm(name, attempts)));
    this.actions.replaceChildren(...list);
  }

  /** A button that buys: it names the price, and waits for it. */
  #offer(verb, buy, attributes) {
    let price;
    const offer = button(`${verb} …`, event => this.#act(event, () => buy(price)), {...attributes, disabled: true});
    const show = ({known, text, explanation}) => {
      price = text;
      setText(offer, known ? `${verb} for ${text}` : `${verb} (price unknown)`);
      offer.title = explanation;
      offer.disabled = false;
    };
    api.quoteOf(this.#shown).then(show, error => this.onMessage(error.message));
    return offer;
  }

  #confirm(name, attempts) {
    const yes = this.#offer('Create again', price => api.resubmit(name, attempts, price), {class: 'danger'});
    const no = button('Keep as it is', () => { this.#showActions(this.generation); this.actions.querySelector('button')?.focus(); });
    this.actions.replaceChildren(h('p', null, 'The first request may have been accepted. If it was, a second one is charged as well.'), yes, no);
    no.focus();
  }

  async #act(event, action) {
    const pressed = event.target;
    pressed.disabled = true;
    try {
      await action();
    } catch (error) {
      this.onMessage(error.message);
      if (error.status === 409 && !this.section.hidden) this.#showActions(this.generation); // the price may be the reason
    } finally {
      pressed.disabled = false;
    }
  }

  #tick() {
    if (this.section.hidden || !this.generation) return;
    const bar = find('progress', this.section);
    const offset = this.offset();
    setText(find('.time', this.section), timeOf(this.generation, offset));
    const progress = progressOf(this.generation, offset);
    bar.hidden = !isUnderWay(this.generation);
    if (progress === undefined) bar.removeAttribute('value');
    else bar.value = progress;
  }
}
