/** Makes an element; a function is a listener, true an empty attribute, null and false none. */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (key === 'value') element.value = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export const find = (selector, root = document) => root.querySelector(selector);

/** A button that does something in the page and never submits. */
export const button = (text, click, attributes) => h('button', {type: 'button', ...attributes, click}, text);

/** Replaces a text only if it changes, or a live region would repeat it. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

let ids = 0;
export const uniqueId = prefix => `${prefix}-${++ids}`;

const SPECIAL = {cfg: 'CFG', url: 'URL', urls: 'URLs', id: 'ID', fps: 'FPS'};

/** The name of a parameter as a label: `tail_image_url` is "Tail image". */
export function labelOf(name) {
  const words = name.replace(/_urls?$/, match => (match === '_urls' ? 's' : '')).split('_');
  const text = words.map(word => SPECIAL[word] ?? word).join(' ');
  return text[0].toUpperCase() + text.slice(1);
}

export function sizeOf(bytes) {
  const exact = `${bytes.toLocaleString('en')} bytes`;
  return bytes < 1e6 ? exact : `${(bytes / 1e6).toLocaleString('en', {maximumSignificantDigits: 3})} MB (${exact})`;
}

/** Time that has passed, to the second: "48 s", "2 min 05 s". */
export function elapsed(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** An expected time, rounded as a person would say it: "about 40 s", "about 2 min". */
export function about(seconds) {
  if (seconds < 55) return `about ${Math.max(5, Math.round(seconds / 5) * 5)} s`;
  return `about ${Math.max(1, Math.round(seconds / 60))} min`;
}

export function debounce(milliseconds, action) {
  let timer;
  const call = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = undefined; action(); }, milliseconds);
  };
  call.cancel = () => { clearTimeout(timer); timer = undefined; };
  return call;
}
