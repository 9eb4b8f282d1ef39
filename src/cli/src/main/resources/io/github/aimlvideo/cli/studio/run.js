import {api} from './api.js';
import {find, setText} from './dom.js';
import {keep, recall} from './tab.js';

const delay = milliseconds => new Promise(done => { setTimeout(done, Math.max(0, milliseconds)); });
const UNKNOWN_LIFE = 5000;
const QUOTE_LIFE = 60_000; // the balance changes by other programs too

/** The price, the balance and the button that creates a generation. */
export class Run {
  #ready; // {request, name, price} as checked and quoted
  #key; // the request that was checked last, as JSON
  #attempts = recall('attempts') ?? {}; // by request, the names of creates whose response was lost
  #quotes = new Map(); // by what the price depends on
  #sending = false;
  #sent = recall('sent'); // the request that was created last
  #restUntil = 0; // a double click creates one generation

  /** `isCurrent(request)` tells whether the form still has that request, `isThere(name)` whether there is such a generation. */
  constructor({hasKey, isCurrent, isThere, onCreated, onRefused}) {
    this.hasKey = hasKey;
    this.isCurrent = isCurrent;
    this.isThere = isThere;
    this.onCreated = onCreated;
    this.onRefused = onRefused;
    this.button = find('#generate');
    this.price = find('#price');
    this.message = find('#run-message');
    if (!hasKey) setText(this.message, 'Set AIML_API_KEY and restart the studio to generate.');
    this.button.addEventListener('click', () => this.#generate());
  }

  /** Whether this request was created last. */
  hasSent(request) {
    return JSON.stringify(request) === this.#sent;
  }

  /** The request has changed; the button waits until it is checked. */
  pending() {
    this.#ready = undefined;
    this.button.disabled = true;
  }

  /** A generation has ended: the strip says more than the message that it has started. */
  ended(name) {
    if (this.message.textContent.startsWith(`${name} `)) setText(this.message, '');
  }

  blocked(text, request) {
    this.pending();
    this.#key = JSON.stringify(request);
    this.showLost();
    setText(this.button, 'Generate');
    setText(this.price, text);
  }

  /** Asks for the price; `priceKey` is the part of the request on which it depends. */
  async quote(request, name, priceKey, signal) {
    let quote;
    try {
      quote = await this.#quoteOf(request, priceKey, signal);
    } catch (error) {
      if (error.name === 'AbortError') return;
      quote = {known: false, text: 'price unknown', explanation: error.message};
    }
    await delay(this.#restUntil - Date.now());
    if (signal.aborted) return;
    this.#show(quote, this.hasSent(request) ? 'Generate again' : 'Generate');
    this.#ready = {request, name, price: quote.text};
    this.#key = JSON.stringify(request);
    this.showLost();
    this.button.disabled = !this.hasKey || this.#sending;
  }

  async #quoteOf(request, priceKey, signal) {
    const known = this.#quotes.get(priceKey);
    if (known && Date.now() - known.at < (known.quote.known ? QUOTE_LIFE : UNKNOWN_LIFE)) return known.quote;
    const slow = setTimeout(() => { if (!signal.aborted) setText(this.price, 'Asking for the price …'); }, 500);
    const quote = await api.quote(request, signal).finally(() => clearTimeout(slow));
    this.#quotes.set(priceKey, {quote, at: Date.now()});
    return quote;
  }

  #show({known, text, explanation, balance, suffices}, verb) {
    setText(this.button, known ? `${verb} for ${text}` : `${verb} (price unknown)`);
    const parts = [explanation];
    if (balance) parts.push(suffices === false ? `your balance of ${balance} is below that` : `balance ${balance}`);
    setText(this.price, parts.filter(Boolean).join(' · '));
    this.price.classList.toggle('warning', suffices === false);
  }

  /** The creates whose response was lost, once a request was checked. */
  showLost() {
    const attempts = this.#key === undefined ? [] : Object.entries(this.#attempts);
    setText(find('#lost'), attempts.map(([key, name]) => this.#outcome(name, key === this.#key)).join(' '));
  }

  #outcome(name, isPresent) {
    if (isPresent) return `Unknown whether ${name} has started. Press the button to repeat it: it starts only once.`;
    if (this.isThere(name)) return `${name} has started, with another request than this one.`;
    return `Unknown whether ${name} has started, with another request than this one; if it has, it appears below.`;
  }

  async #generate() {
    if (!this.#ready || this.#sending || !this.isCurrent(this.#ready.request)) return;
    const {request, price} = this.#ready;
    const key = JSON.stringify(request);
    // the same name again, or a create that the server accepted would be paid for twice
    const name = this.#attempts[key] ?? this.#ready.name;
    this.#sending = true;
    keep('attempts', {...this.#attempts, [key]: name}); // should the page be loaded again before the response
    this.button.disabled = true;
    setText(this.message, `Starting ${name} …`);
    try {
      const {isNew} = await api.generate(name, request, price);
      const isRepeated = key in this.#attempts;
      this.#forget(each => each === key || this.isThere(this.#attempts[each]));
      this.#sent = key;
      keep('sent', key);
      this.#restUntil = Date.now() + 1500;
      this.#quotes.clear();
      this.pending();
      const text = isNew || isRepeated ? `${name} has started.` : `${name} was started before, perhaps in another tab; nothing was sent again.`;
      setText(this.message, text);
      this.onCreated(name, request);
    } catch (error) {
      this.#failed(error, name, key);
    } finally {
      keep('attempts', this.#attempts);
      this.#sending = false;
      this.showLost();
      if (this.#ready) this.button.disabled = !this.hasKey;
      if (document.activeElement === document.body) this.button.focus();
    }
  }

  #failed(error, name, key) {
    const mayBeSent = error.body.sent !== false || key in this.#attempts; // now, or by the attempt before
    if (error.status === 0 || error.status >= 500 && mayBeSent) {
      this.#attempts[key] = name;
      setText(this.message, error.message);
    } else if (error.status === 409 && error.body.nextName) {
      this.#forget(each => each === key);
      if (this.#ready) this.#ready.name = error.body.nextName;
      setText(this.message, `The name ${name} is taken by another request. Press the button again to use ${error.body.nextName}.`);
    } else {
      this.#forget(each => each === key);
      this.#quotes.clear(); // the price may be the reason
      setText(this.message, error.message);
      this.onRefused();
    }
  }

  #forget(isOver) {
    this.#attempts = Object.fromEntries(Object.entries(this.#attempts).filter(([key]) => !isOver(key)));
  }
}
