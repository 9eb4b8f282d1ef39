// Whose code the tools and the mock fetch: the licences that the lock files name.
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT']);

/** Their package.json names it in the old form, a list, which is not in the lock file. */
const UNNAMED = {
  'compute-gcd': 'MIT',
  'compute-lcm': 'MIT',
  'validate.io-function': 'MIT',
  'validate.io-integer': 'MIT',
  'validate.io-integer-array': 'MIT',
  'validate.io-number': 'MIT',
};

/** "name version: licence" of each package of a lock file whose licence is not allowed. */
export function notAllowed(lock) {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license }]) => ({ name: path.replace(/^.*node_modules\//, ''), version, license }))
    .map(({ name, version, license }) => ({ name, version, licence: license ?? UNNAMED[name] }))
    .filter(({ licence }) => !allowed(licence))
    .map(({ name, version, licence }) => `${name} ${version}: ${licence ?? 'no licence'}`);
}

/** An SPDX expression: one of those joined by OR will do, all of those joined by AND have to. */
function allowed(expression = '') {
  const terms = expression.replace(/[()]/g, '');
  if (terms.includes(' OR ')) return !terms.includes(' AND ') && terms.split(' OR ').some((each) => ALLOWED.has(each));
  return terms.split(' AND ').every((each) => ALLOWED.has(each));
}
