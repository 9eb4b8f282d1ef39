/** What this tab keeps when its page is loaded again; nothing where the browser stores nothing. */
const key = name => `${name} of ${location.pathname}`;

export function keep(name, value) {
  try {
    sessionStorage.setItem(key(name), JSON.stringify(value ?? null));
  } catch {
    // then a page that is loaded again begins empty
  }
}

export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(key(name)));
  } catch {
    return null;
  }
}
