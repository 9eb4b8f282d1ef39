// The script of a generation: the statuses it passes through, how it ends, and the errors on the way. POST /mock/scripts takes a
// script as JSON; every property is optional:
//
//   states     [{"status": "queued", "seconds": 0.3}, ...]   one after the other; any status, known to the contract or not
//   end        {"status": "completed"}, or {"status": "error", "error": {"name": "...", "message": "..."}}; any terminal status
//              of the contract
//   latency    seconds before each response to its create and its polls
//   create     [{"error": "response lost"}, ...]             errors of its create, one after the other; then it succeeds
//   polls      [{"error": "truncated", "times": 2}, ...]     errors of its polls
//   downloads  [{"error": "rejected", "status": 404}, ...]   errors of the downloads of its video
//   cost       US dollars, instead of the price in the catalogue
//   charges    [{"after": 60, "usd": 0.28}, ...]             its entries in the ledger: seconds after its end (0), US dollars (its
//              cost); without this list, a completed generation has one entry and a failed one none
//
// Each error happens once, or as often as `times` says:
//
//   rejected       a response with the HTTP status `status`, 400 to 599, and with `retryAfter` as Retry-After, in whole seconds
//   request lost   the connection breaks before the create is accepted; nothing is created or logged
//   response lost  the connection breaks after the create was accepted and logged; the client gets no response
//   truncated      the connection breaks in the middle of the response
//   garbled        the HTML page of a gateway instead of JSON
//   delayed        the response comes after `seconds`; only for requests about the account, see account.mjs
import { readFileSync } from 'node:fs';

/** What each terminal status of the contract means, `completed` or `failed`. The list is in a generated file, one value a line. */
const MEANINGS = terminalValues(readFileSync(new URL('../openapi/mock.yaml', import.meta.url), 'utf8'));

function terminalValues(yaml) {
  const [, indent, block] = /^( *)x-terminal-values:\n((?:\1 +.*\n)+)/m.exec(yaml) ?? [];
  if (indent === undefined) throw new Error('openapi/mock.yaml has no x-terminal-values');
  let meaning;
  const values = block.trimEnd().split('\n').map((line) => line.trim()).map((line) => {
    if (line.endsWith(':')) meaning = line.slice(0, -1);
    return [line.replace(/^- /, ''), meaning];
  });
  return new Map(values.filter(([value]) => !value.endsWith(':')));
}

/** Whether a status means `completed`. */
export const isCompleted = (status) => MEANINGS.get(status) === 'completed';

/** The contract's example of a generation with this status. */
export function exampleOf(status) {
  const meaning = MEANINGS.get(status);
  if (meaning) return meaning === 'completed' ? 'completed' : 'error';
  return status === 'queued' ? 'queued' : 'generating';
}

/** The errors that each kind of request can have. */
const ERRORS = {
  create: ['rejected', 'request lost', 'response lost'],
  polls: ['rejected', 'truncated', 'garbled'],
  downloads: ['rejected', 'truncated'],
};
const PROPERTIES = ['states', 'end', 'latency', ...Object.keys(ERRORS), 'cost', 'charges'];

export const isAmount = (number) => typeof number === 'number' && number >= 0;
const isTime = isAmount;
const isText = (text) => typeof text === 'string' && text.trim() !== '';
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isAtLeast = (least, number) => Number.isInteger(number) && number >= least;

/** What is wrong with a script; undefined if nothing is. */
export function scriptViolation(json) {
  const violation = propertyViolation('a script', json, PROPERTIES);
  if (violation) return violation;
  const { states = [], end = { status: 'completed' }, latency = 0, cost = 0, charges = [] } = json;
  if (!Array.isArray(states)) return `states must be a list: ${JSON.stringify(states)}`;
  const invalid = states.find((state) => !isObject(state) || !isText(state.status) || !isTime(state.seconds));
  if (invalid !== undefined) return `a state must have a status and seconds: ${JSON.stringify(invalid)}`;
  if (!isObject(end) || !MEANINGS.has(end.status)) return `end must have the status ${terminal()}: ${JSON.stringify(end)}`;
  if (end.error !== undefined && !isObject(end.error)) return `the error of end must be an object: ${JSON.stringify(end.error)}`;
  if (!isTime(latency)) return `latency must be a number of seconds: ${JSON.stringify(latency)}`;
  if (!isAmount(cost)) return `cost must be US dollars: ${JSON.stringify(cost)}`;
  if (!Array.isArray(charges)) return `charges must be a list: ${JSON.stringify(charges)}`;
  const wrong = charges.find((charge) => !isObject(charge) || !isTime(charge.after ?? 0) || !isAmount(charge.usd ?? 0));
  if (wrong !== undefined) return `a charge has seconds in after and US dollars in usd: ${JSON.stringify(wrong)}`;
  return errorsViolation(json, ERRORS);
}

/** Names the first property that `what` does not have; undefined if there is none. */
export function propertyViolation(what, json, properties) {
  if (!isObject(json)) return `${what} must be a JSON object: ${JSON.stringify(json)}`;
  const unknown = Object.keys(json).find((name) => !properties.includes(name));
  return unknown && `unknown property ${unknown}; ${what} has ${properties.join(', ')}`;
}

/** What is wrong with the lists of errors; `kinds` has the errors that each list can have. */
export const errorsViolation = (json, kinds) => Object.keys(kinds).map((list) => errorViolation(list, json[list] ?? [], kinds[list])).find(Boolean);

function errorViolation(list, errors, kinds) {
  if (!Array.isArray(errors)) return `${list} must be a list of errors: ${JSON.stringify(errors)}`;
  for (const entry of errors) {
    const shown = JSON.stringify(entry);
    if (!isObject(entry) || !kinds.includes(entry.error)) return `unknown error in ${list}: ${shown}; use ${kinds.join(', ')}`;
    if (!isAtLeast(1, entry.times ?? 1)) return `times must be 1 or more: ${shown}`;
    if (entry.error === 'delayed' && !isTime(entry.seconds)) return `a delay must have seconds: ${shown}`;
    if (entry.error !== 'rejected') continue;
    if (!isAtLeast(400, entry.status) || entry.status > 599) return `status must be from 400 to 599: ${shown}`;
    if (!isAtLeast(0, entry.retryAfter ?? 0)) return `retryAfter must be whole seconds: ${shown}`;
  }
  return undefined;
}

/** What is wrong with the settings of a script without errors; undefined if nothing is. */
export function settingsViolation({ queued, generating, end }) {
  for (const [name, value] of Object.entries({ queued, generating })) {
    if (value === '' || !(Number(value) >= 0)) return `${name} must be a number of seconds: ${value}`;
  }
  return MEANINGS.has(end) ? undefined : `end must be ${terminal()}: ${end}`;
}

const terminal = () => [...MEANINGS.keys()].join(', ').replace(/, (\S+)$/, ' or $1');

/** A script without errors. */
export function scriptOf({ queued, generating, end }) {
  const states = Object.entries({ queued, generating }).map(([status, seconds]) => ({ status, seconds: Number(seconds) }));
  return new Script({ states, end: { status: end } });
}

/** Lists of errors that happen one after the other. */
export class Errors {
  constructor(json, names) {
    this.lists = Object.fromEntries(names.map((name) => [name, (json[name] ?? []).map((entry) => ({ times: 1, ...entry }))]));
  }

  /** Takes the next error out of a list; undefined if none is left. */
  next(name) {
    const [entry] = this.lists[name];
    if (entry && --entry.times === 0) this.lists[name].shift();
    return entry;
  }
}

export class Script {
  constructor(json) {
    this.json = json;
    this.states = json.states ?? [];
    this.end = json.end ?? { status: 'completed' };
    this.latency = (json.latency ?? 0) * 1000;
    this.errors = new Errors(json, Object.keys(ERRORS));
  }

  /** Takes the next error out of a list; undefined if none is left. */
  nextError(list) {
    return this.errors.next(list);
  }

  /** Seconds from its create to its end. */
  get duration() {
    return this.states.reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /** Its entries in the ledger: seconds after its end, and US dollars if they are not its cost. */
  get charges() {
    return (this.json.charges ?? (isCompleted(this.end.status) ? [{}] : [])).map(({ after = 0, usd }) => ({ after, usd }));
  }

  /** The status, and the error if it has one, of a generation that was created `age` seconds ago. */
  stateAt(age) {
    let until = 0;
    for (const { status, seconds } of this.states) {
      until += seconds;
      if (age < until) return { status };
    }
    return this.end;
  }
}
