'use strict';
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const cards = () => [...document.querySelectorAll('article')];
  const before = history.state ?? {}; // of the page before it was reloaded
  const search = find('[type=search]');
  let paused = before.paused ?? false;

  // Filter

  const status = () => find('[name=status]:checked').value;
  const isShown = card => !card.hidden && (status() === 'all' || card.classList.contains(status()));
  const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  let texts; // of all cards, made when they are searched first

  function filter() {
    const words = plain(search.value).split(/\s+/).filter(word => word);
    if (words.length) texts ??= new Map(cards().map(card => [card, plain(card.textContent)]));
    texts?.forEach((text, card) => { card.hidden = !words.every(word => text.includes(word)); });
    const all = cards();
    const shown = all.filter(isShown).length;
    const output = shown === all.length ? '' : shown.toLocaleString('en') + ' shown';
    if (find('output').textContent !== output) find('output').textContent = output;
    save();
  }

  function save(place) {
    history.replaceState({status: status(), text: search.value, paused, ...place}, '');
  }

  search.hidden = false;
  search.value = before.text ?? '';
  search.oninput = filter;
  const checked = find(`[value="${before.status ?? 'all'}"]`);
  if (checked) checked.checked = true;
  find('fieldset').onchange = filter;
  find('.reasons')?.addEventListener('click', event => {
    const reason = event.target.closest('a');
    if (!reason) return;
    event.preventDefault();
    find(`[value=${reason.parentElement.className}]`).checked = true;
    search.value = reason.textContent;
    filter();
  });

  // One row, large

  let current;

  function show(card) {
    const dialog = find('dialog');
    const link = find('.media', card);
    const [image, video] = find('.stage').children;
    const given = find('img:not([hidden])', link);
    const open = find('.about a');
    current = card;
    close(video);
    video.preload = 'none';
    video.hidden = !link.matches('.video');
    image.hidden = !video.hidden || !given;
    image.src = image.hidden ? '' : given.src;
    open.hidden = link.getAttribute('href').startsWith('#');
    open.href = link.href;
    open.textContent = video.hidden ? 'Open the image' : 'Open the video';
    find('.text').className = 'text ' + card.className;
    find('.text').replaceChildren(...[...card.children].slice(1).map(part => part.cloneNode(true)));
    if (!dialog.open) dialog.showModal();
    if (video.hidden) return;
    video.src = link.href;
    video.play().catch(() => { video.preload = 'metadata'; }); // if it may not start by itself
  }

  function close(video) {
    if (!video.src) return;
    video.removeAttribute('src');
    video.load(); // frees the player
  }

  function step(by) {
    const list = cards().filter(isShown);
    show(list[(list.indexOf(current) + by + list.length) % list.length]);
  }

  document.addEventListener('click', event => {
    const link = event.target.closest('.media');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.parentElement);
  });

  // A video without an image shows its first frame while it is in view

  const frames = new IntersectionObserver(entries => {
    for (const {target, isIntersecting} of entries) {
      const shown = find('video', target);
      if (isIntersecting && !shown) {
        target.prepend(Object.assign(document.createElement('video'), {muted: true, preload: 'metadata', src: target.href}));
      } else if (!isIntersecting && shown) {
        close(shown);
        shown.remove();
      }
    }
  }, {rootMargin: '25%'});

  document.addEventListener('error', event => {
    const image = event.target;
    if (!image.matches?.('.media > img')) return;
    image.hidden = true;
    if (image.parentElement.matches('.video')) frames.observe(image.parentElement);
  }, true);

  // While the batch runs, the page is written anew every few seconds

  let touched = 0; // when the user did something

  function isBusy() {
    return paused || document.hidden || find('dialog').open || performance.now() - touched < 2000
      || getSelection().type === 'Range';
  }

  function reload() {
    const top = cards().find(card => isShown(card) && card.getBoundingClientRect().bottom > 0);
    const active = document.activeElement;
    save({
      card: scrollY && top?.id, offset: top?.getBoundingClientRect().top,
      focus: [active.closest('article')?.id, active.matches('[type=search]') ? '[type=search]' : active.localName],
    });
    history.scrollRestoration = 'manual';
    location.reload();
  }

  function live(element) {
    const written = new Date(document.lastModified);
    const isOld = Date.now() - written > 120_000;
    const time = written.toLocaleTimeString([], {timeStyle: 'medium'});
    find('span', element).textContent = isOld ? `Not updated since ${time}; the batch may have stopped` : `Running, updated ${time}`;
    const button = find('button', element);
    button.hidden = false;
    const label = () => { button.textContent = paused ? 'Resume updates' : 'Pause updates'; };
    label();
    button.onclick = () => { paused = !paused; label(); save(); };
    const wait = Math.max(isOld ? 30_000 : 3000, 10 * performance.now()); // a large page less often
    for (const type of ['keydown', 'pointerdown', 'scroll']) {
      addEventListener(type, () => { touched = performance.now(); }, {capture: true, passive: true});
    }
    setInterval(() => { if (performance.now() > wait && !isBusy()) reload(); }, 500);
  }

  // only now, or the browser would undo where the page was scrolled to
  addEventListener('load', () => setTimeout(() => { history.scrollRestoration = 'auto'; }));

  document.addEventListener('DOMContentLoaded', () => {
    if (before.text || status() !== 'all') filter();
    save();
    const card = before.card && document.getElementById(before.card);
    if (card) scrollBy(0, card.getBoundingClientRect().top - before.offset);
    if (before.focus) {
      const [id, selector] = before.focus;
      const root = id ? document.getElementById(id) : document;
      if (root) find(selector === 'input' ? ':checked' : selector, root)?.focus({preventScroll: true});
      search.setSelectionRange(search.value.length, search.value.length);
    }
    document.querySelectorAll('.media.video:not(:has(img))').forEach(link => frames.observe(link));
    const dialog = find('dialog');
    dialog.addEventListener('click', event => {
      const by = event.target.closest('button')?.value;
      if (by === '0' || event.target === dialog) dialog.close();
      else if (by) step(Number(by));
    });
    dialog.onclose = () => {
      close(find('video', dialog));
      find('.media', current).focus();
    };
    if (find('.live')) live(find('.live'));
  });
})();
