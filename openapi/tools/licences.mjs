// Checks the licences of the npm packages of the tools and the mock, as their lock files name them.
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT']);

/** Packages whose package.json has the obsolete list of licences, which npm does not copy into the lock file. */
const NOT_IN_LOCK = {
  'compute-gcd': 'MIT',
  'compute-lcm': 'MIT',
  'validate.io-function': 'MIT',
  'validate.io-integer': 'MIT',
  'validate.io-integer-array': 'MIT',
  'validate.io-number': 'MIT',
};

/** The packages of a lock file whose licence is not allowed, as "name version: licence". */
export function notAllowed(lock) {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license }]) => ({ name: path.replace(/^.*node_modules\//, ''), version, license }))
    .map(({ name, version, license }) => ({ name, version, licence: license ?? NOT_IN_LOCK[name] }))
    .filter(({ licence }) => !allowed(licence))
    .map(({ name, version, licence }) => `${name} ${version}: ${licence ?? 'no licence'}`);
}

/** For an SPDX expression: OR needs one allowed licence, AND needs all. */
function allowed(expression = '') {
  const terms = expression.replace(/[()]/g, '');
  if (terms.includes(' OR ')) return !terms.includes(' AND ') && terms.split(' OR ').some((each) => ALLOWED.has(each));
  return terms.split(' AND ').every((each) => ALLOWED.has(each));
}
