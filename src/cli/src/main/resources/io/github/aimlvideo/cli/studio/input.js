import {find} from './dom.js';

const isText = target => target.matches?.('input, textarea') ?? false;

/** Files and URLs dropped anywhere on the page or pasted; `target` is the element at which that happened. */
export function followInput({onFile, onUrl, onSeveral}) {
  const overlay = find('#drop');
  let isOwn = false; // dragged from this page
  let depth = 0; // dragenter and dragleave come for each element on the way

  function carries({dataTransfer: {types}, target}) {
    if (isOwn) return false;
    return types.includes('Files') || types.includes('text/uri-list') && !isText(target); // a text field takes a link as text
  }

  function show(by) {
    depth = Math.max(0, depth + by);
    overlay.hidden = depth === 0;
  }

  function take(data, target) {
    const [file] = data.files;
    if (!file) return onUrl(data.getData('text/uri-list').split(/\r?\n/).find(line => line && !line.startsWith('#')), target);
    onFile(file, target);
    return data.files.length > 1 && onSeveral(file.name);
  }

  addEventListener('dragstart', () => { isOwn = true; });
  addEventListener('dragend', () => { isOwn = false; });
  addEventListener('dragenter', event => { if (carries(event)) show(1); });
  addEventListener('dragleave', event => { if (carries(event)) show(-1); });
  addEventListener('dragover', event => {
    if (!carries(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  addEventListener('drop', event => {
    show(-depth);
    if (!carries(event)) return;
    event.preventDefault();
    take(event.dataTransfer, event.target);
  });

  addEventListener('paste', event => {
    const {clipboardData: data, target} = event;
    const text = data.getData('text/plain').trim();
    const isTyping = isText(target);
    if (data.files.length && !(isTyping && text)) {
      event.preventDefault();
      onFile(data.files[0], target);
    } else if (!isTyping && /^https?:\/\/\S+$/i.test(text)) {
      event.preventDefault();
      onUrl(text, target);
    }
  });
}
