const MAX = 120;

/** What a form has otherwise than the request that was loaded into it, in words. Masks become images that the studio has made. */
export function differences(loaded, held) {
  const names = new Set([...Object.keys(loaded), ...Object.keys(held)]);
  return [...names].filter(name => key(name, loaded) !== key(name, held)).map(name => difference(name, loaded[name], held[name]));
}

/** Equal for values that mean the same. */
function key(name, request) {
  return JSON.stringify({[name]: request[name] ?? undefined}, (property, value) => {
    if (typeof value === 'string' && /(^|_)mask$/.test(property)) return 'image';
    const isObject = value && typeof value === 'object' && !Array.isArray(value);
    return isObject ? Object.fromEntries(Object.entries(value).sort()) : value;
  });
}

function difference(name, was, is) {
  if (is === undefined) return `${name} is left out`;
  const change = `${JSON.stringify(was) ?? 'nothing'} became ${JSON.stringify(is)}`;
  return change.length > MAX ? `${name} has changed` : `${name} ${change}`;
}
