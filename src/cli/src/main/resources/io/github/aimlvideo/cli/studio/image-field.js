import {ApiError, api} from './api.js';
import {button, h, sizeOf} from './dom.js';
import {MAX_IMAGE_BYTES} from './rules.js';

const TYPES = {'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WebP', 'image/gif': 'GIF', 'image/bmp': 'BMP'};

/** An image by file, drop, paste or URL. `main` is the image on the stage. */
export class ImageField {
  info; // of the image, if the studio has it
  ready = Promise.resolve(); // when what was given last is loaded
  #url; // or another value, of an image that the studio could not load
  #asked; // the URL that is being loaded
  #turn = 0; // a slow upload must not replace what came later
  #isLoading = false;

  constructor(path, {onChange, onBusy, onImage, imageHelp}) {
    const id = path.replace(/_urls?\b/, '').replace(/[_.]/g, '-');
    this.path = path;
    this.onChange = onChange;
    this.onBusy = onBusy;
    this.onImage = onImage;
    this.file = h('input', {type: 'file', id: `${id}-input`, accept: 'image/*', change: () => this.#chosen()});
    this.url = h('input', {type: 'url', id: `${id}-url`, placeholder: 'https://…', 'aria-label': 'URL of the image', autocomplete: 'off'});
    this.url.addEventListener('keydown', event => { if (event.key === 'Enter') { event.preventDefault(); this.takeUrl(); } });
    this.url.addEventListener('change', () => this.takeUrl());
    this.chooseText = h('span', null, 'Choose an image');
    this.thumb = h('img', {alt: '', decoding: 'async'}); // a large image must not hold up the page
    this.name = h('strong');
    this.facts = h('span');
    this.message = h('p', {class: 'message', role: 'status'});
    this.remove = button('Remove', () => { this.clear(); this.file.focus(); }, {class: 'quiet'});
    this.choose = h('label', {class: 'button'}, this.file, this.chooseText);
    this.urlRow = h('div', {class: 'url'}, this.url, button('Use URL', () => this.takeUrl()));
    this.convert = button('Convert to JPEG', () => this.#convert());
    this.element = h('div', {class: 'image-field'},
      h('div', {class: 'image-info'}, this.thumb, h('div', null, this.name, this.facts)),
      h('div', {class: 'row'}, this.choose, this.remove, this.convert), this.urlRow, this.message);
    this.help = imageHelp?.(path);
    this.#show();
  }

  get() {
    return this.info ? api.valueOf(this.info) : this.#url;
  }

  /** Until it is loaded, the request lacks what was given last. */
  isBusy() {
    return this.#isLoading;
  }

  set(value) {
    const info = api.image(value);
    if (info || !value) this.#use(info);
    else if (value !== this.#asked && (value !== this.#url || this.#isLoading)) {
      this.#use(undefined);
      this.takeUrl(value);
    }
  }

  clear() {
    this.#use(undefined);
    this.onChange();
  }

  #chosen() {
    const [file] = this.file.files;
    if (file) this.take(file, file.name);
    this.file.value = ''; // the same file can be chosen again after it changed
  }

  take(blob, name = 'image.png') {
    return this.#load(`Reading ${name} …`, () => api.upload(blob, name));
  }

  takeUrl(given = this.url.value) {
    const url = given.trim();
    if (!url || url === this.#asked || url === this.get() && !this.#isLoading) return undefined;
    this.url.value = url;
    if (!isWeb(url)) {
      this.#use(undefined, url); // the check says what it must be
      this.onChange();
      return undefined;
    }
    return this.#load('Loading the image …', () => api.uploadUrl(url), url);
  }

  /** `url`: kept if the studio cannot load it, as the vendor may be able to. */
  #load(text, load, url) {
    const turn = ++this.#turn;
    this.#asked = url;
    this.#isLoading = true;
    this.onBusy();
    this.#say(text);
    this.ready = load().catch(error => ({error})).then(loaded => {
      if (turn !== this.#turn) return;
      if (loaded.error) this.#fail(loaded.error, url);
      else this.#use(loaded);
      this.onChange();
    });
    return this.ready;
  }

  #fail({message}, url) {
    if (url) this.#use(undefined, url);
    else this.#use(this.info, this.#url);
    this.#say(url ? `${message} The URL is still used in the request.` : message);
  }

  #use(info, url) {
    this.#turn++;
    this.#isLoading = false;
    this.#asked = undefined;
    const isNew = info?.id !== this.info?.id || url !== this.#url;
    this.info = info;
    this.#url = url;
    this.#say('');
    this.#show();
    if (isNew) this.onImage?.(this);
  }

  #say(text) {
    this.message.textContent = text;
  }

  #show() {
    const {info} = this;
    const has = Boolean(info || this.#url);
    this.thumb.hidden = !info;
    if (info) this.thumb.src = api.imageUrl(info);
    this.name.textContent = info?.name ?? shown(this.#url ?? '');
    this.facts.textContent = info ? [TYPES[info.type] ?? info.type, info.width && `${info.width} × ${info.height} px`, sizeOf(info.bytes)].filter(Boolean).join(' · ') : '';
    this.chooseText.textContent = has ? 'Replace' : 'Choose an image';
    this.remove.hidden = !has;
    this.urlRow.hidden = Boolean(info) || isWeb(this.#url);
    this.convert.hidden = true;
    this.element.classList.toggle('filled', has);
    if (!has) this.url.value = '';
  }

  /** Offers what helps if the type or the number of bytes is the problem. */
  showProblems(problems) {
    const {info} = this;
    const helps = info && (!['image/jpeg', 'image/png'].includes(info.type) || info.bytes > MAX_IMAGE_BYTES);
    this.convert.hidden = !helps || !problems.some(problem => /accepts/.test(problem.message));
  }

  #convert() {
    const {info} = this;
    return this.#load('Converting …', async () => {
      const blob = await toJpeg(await api.imageBytes(info));
      return api.upload(blob, info.name.replace(/(\.\w+)?$/, '.jpg'));
    });
  }
}

const isWeb = url => /^https?:\/\/./i.test(url ?? '');

/** A data URI is long. */
const shown = url => (url.length <= 100 ? url : `${url.slice(0, 60)} … (${url.length.toLocaleString('en')} characters)`);

/** The same image as a JPEG of at most 10 MB, at the best quality that fits; white where it was transparent. */
async function toJpeg(bytes) {
  const bitmap = await createImageBitmap(bytes);
  const canvas = h('canvas', {width: bitmap.width, height: bitmap.height});
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  for (const quality of [0.95, 0.9, 0.8, 0.7, 0.5]) {
    const blob = await new Promise(done => { canvas.toBlob(done, 'image/jpeg', quality); });
    if (blob && blob.size <= MAX_IMAGE_BYTES) return blob;
  }
  throw new ApiError(400, 'The image is too large for a JPEG of 10 MB; make it smaller first.');
}
