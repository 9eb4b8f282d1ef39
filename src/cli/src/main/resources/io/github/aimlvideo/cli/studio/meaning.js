import {api} from './api.js';
import {find, h, setText} from './dom.js';

const LABELS = {error: 'To do', warning: 'Note'};

/** What the request means: its problems, and the request as JSON, as Java code and as a command. */
export class Meaning {
  #request;
  #name;

  constructor({onField}) {
    this.onField = onField;
    this.problems = find('#problems');
    this.tabs = [...document.querySelectorAll('[data-tab]')];
    this.tabs.forEach(tab => tab.addEventListener('click', () => this.#select(tab)));
    find('[role=tablist]').addEventListener('keydown', event => this.#move(event));
    this.copy = find('#copy');
    this.copy.addEventListener('click', () => this.#copy());
    this.zip = find('#download-zip');
    this.zip.addEventListener('click', () => this.#download());
    this.#select(this.tabs[0]);
  }

  show(checked, request) {
    this.#request = request;
    this.#name = checked.nextName;
    for (const name of ['json', 'java', 'command']) setText(find(`#${name}`), checked[name] ?? '');
    this.#showProblems(checked.problems);
    const hasError = checked.problems.some(({level}) => level === 'error');
    this.zip.disabled = hasError;
  }

  #showProblems(problems) {
    const key = JSON.stringify(problems);
    if (this.problems.dataset.key === key) return; // a live region would repeat them
    this.problems.dataset.key = key;
    const items = problems.map(({level, message, fields}) => h('li', {class: level},
      LABELS[level] ? h('b', null, LABELS[level]) : null, ' ',
      fields?.length ? h('button', {type: 'button', click: () => this.onField(fields[0])}, message) : message));
    this.problems.replaceChildren(...items);
  }

  fail(error) {
    this.#showProblems([{level: 'failure', message: error.message}]);
  }

  #select(tab, focus) {
    for (const each of this.tabs) {
      const isSelected = each === tab;
      each.setAttribute('aria-selected', String(isSelected));
      each.tabIndex = isSelected ? 0 : -1;
      find(`#${each.getAttribute('aria-controls')}`).hidden = !isSelected;
    }
    if (focus) tab.focus();
  }

  #move(event) {
    const by = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    const index = this.tabs.indexOf(event.target);
    if (!by || index < 0) return;
    event.preventDefault();
    this.#select(this.tabs[(index + by + this.tabs.length) % this.tabs.length], true);
  }

  async #copy() {
    const source = find('[role=tabpanel]:not([hidden]) pre');
    try {
      await navigator.clipboard.writeText(source.textContent);
      flash(this.copy, 'Copied');
    } catch { // without the permission: select the text, so that a key copies it
      getSelection().selectAllChildren(source);
      source.focus();
      flash(this.copy, 'Press Ctrl+C');
    }
  }

  async #download() {
    try {
      const blob = await api.archive(this.#request, this.#name);
      const link = h('a', {href: URL.createObjectURL(blob), download: `${this.#name}.zip`});
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (error) {
      flash(this.zip, error.message);
    }
  }
}

function flash(element, text) {
  element.dataset.label ??= element.textContent;
  element.textContent = text;
  setTimeout(() => { element.textContent = element.dataset.label; }, 2500);
}
