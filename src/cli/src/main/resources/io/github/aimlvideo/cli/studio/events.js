import {api} from './api.js';

const HIDDEN_INTERVAL = 20_000; // while the tab is hidden it holds no connection: a browser has six for a server

/**
 * The state of all generations as the studio reports it. `onGenerations(data)`; `onConnection(state)` with `ok`, `gone` (nothing
 * responds) or `replaced` (a studio responds, but under another token).
 */
export function followEvents({onGenerations, onConnection}) {
  let source;
  let timer;
  let state = 'ok';

  function report(next) {
    if (next !== state) onConnection(next);
    state = next;
  }

  function close() {
    source?.close();
    source = undefined;
    clearTimeout(timer);
  }

  function open() {
    close();
    source = new EventSource('events');
    source.addEventListener('generations', event => {
      report('ok');
      onGenerations(JSON.parse(event.data));
      if (document.hidden) later(HIDDEN_INTERVAL);
    });
    source.addEventListener('error', lost);
  }

  function later(milliseconds) {
    close();
    timer = setTimeout(open, milliseconds);
  }

  async function lost() {
    close();
    try {
      await api.state();
      timer = setTimeout(open, 500); // the connection alone was lost
    } catch (error) {
      report(error.status === 404 ? 'replaced' : 'gone');
      timer = setTimeout(lost, 2000);
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (state !== 'ok') return;
    if (document.hidden) later(5000);
    else open();
  });
  open();
}
