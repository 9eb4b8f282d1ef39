import {api} from './api.js';
import {find, setText} from './dom.js';
import {keep, recall} from './tab.js';

const delay = milliseconds => new Promise(done => { setTimeout(done, Math.max(0, milliseconds)); });
const UNKNOWN_LIFE = 5000;
const QUOTE_LIFE = 60_000; // the balance changes by other programs too

/** The price, the balance and the button that creates a generation. */
export class Run {
  #ready; // {request, name, price} as checked and quoted
  #attempt = recall('attempt'); // {name, key} of a create whose response was lost
  #quotes = new Map(); // by what the price depends on
  #sending = false;
  #sent = recall('sent'); // the request that was created last
  #restUntil = 0; // a double click creates one generation

  /** `isCurrent(request)` tells whether the form still has that request; `unsent()` names what a create would send too. */
  constructor({hasKey, isCurrent, unsent, onCreated, onRefused}) {
    this.hasKey = hasKey;
    this.isCurrent = isCurrent;
    this.unsent = unsent;
    this.onCreated = onCreated;
    this.onRefused = onRefused;
    this.button = find('#generate');
    this.price = find('#price');
    this.message = find('#run-message');
    if (!hasKey) setText(this.message, 'Set AIML_API_KEY and restart the studio to generate.');
    this.button.addEventListener('click', () => this.#generate());
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

  blocked(text) {
    this.pending();
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
    const isRepeated = JSON.stringify(request) === this.#sent;
    this.#show(quote, isRepeated ? 'Generate again' : 'Generate');
    this.#ready = {request, name, price: quote.text};
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

  /** Generations that were refused before are sent along; they cost as much as they did then. */
  showUnsent() {
    const names = this.unsent();
    setText(find('#also'), names.length ? `Also sends ${names.join(', ')}, which ${names.length === 1 ? 'was' : 'were'} not sent yet; open it below to remove it.` : '');
  }

  async #generate() {
    if (!this.#ready || this.#sending || !this.isCurrent(this.#ready.request)) return;
    const {request, price} = this.#ready;
    const key = JSON.stringify(request);
    // the same name again, or a create that the server accepted would be paid for twice
    const name = this.#attempt?.key === key ? this.#attempt.name : this.#ready.name;
    this.#sending = true;
    keep('attempt', {name, key}); // should the page be loaded again before the response
    this.button.disabled = true;
    setText(this.message, `Starting ${name} …`);
    try {
      const {isNew} = await api.generate(name, request, price);
      const isRepeated = this.#attempt?.key === key;
      this.#attempt = undefined;
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
      keep('attempt', this.#attempt);
      this.#sending = false;
      if (this.#ready) this.button.disabled = !this.hasKey;
      if (document.activeElement === document.body) this.button.focus();
    }
  }

  #failed(error, name, key) {
    const mayBeSent = error.body.sent !== false || this.#attempt?.key === key; // now, or by the attempt before
    if (error.status === 0 || error.status >= 500 && mayBeSent) {
      this.#attempt = {name, key};
      setText(this.message, `${error.message} Unknown whether ${name} has started. Press the button again to repeat it: it starts only once.`);
    } else if (error.status === 409 && error.body.nextName) {
      this.#attempt = undefined;
      if (this.#ready) this.#ready.name = error.body.nextName;
      setText(this.message, `The name ${name} is taken by another request. Press the button again to use ${error.body.nextName}.`);
    } else {
      this.#attempt = undefined;
      this.#quotes.clear(); // the price may be the reason
      setText(this.message, error.message);
      this.onRefused();
    }
  }
}
