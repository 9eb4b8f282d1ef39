// What becomes of a generation: the states it passes through, how it ends, and what goes wrong on the way. A script, as
// POST /mock/lives takes it; every property may be left out:
//
//   states        [{"status": "queued", "seconds": 0.3}, ...]      one after the other; any word will do
//   end           {"status": "completed"}, or {"status": "error", "error": {"name": "...", "message": "..."}}
//   create        faults, each [{"fault": ..., "times": 1}, ...]: status, lost, answer lost
//   looks         status, cut, garbled
//   downloads     status, cut
//   answersAfter  seconds until each answer of the API to it
//
// The fault "status" has the properties status (400 to 599) and retryAfter (whole seconds) of its own.

/** What can go wrong, and where. */
const FAULTS = { create: ['status', 'lost', 'answer lost'], looks: ['status', 'cut', 'garbled'], downloads: ['status', 'cut'] };
const PROPERTIES = ['states', 'end', 'create', 'looks', 'downloads', 'answersAfter'];

const isTime = (seconds) => typeof seconds === 'number' && seconds >= 0;
const isText = (text) => typeof text === 'string' && text.trim() !== '';
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names what is wrong with a script, if anything is. */
export function faultOfScript(script) {
  if (!isObject(script)) return 'a life must be an object';
  const unknown = Object.keys(script).find((name) => !PROPERTIES.includes(name));
  if (unknown) return `a life has no ${unknown}: it has ${PROPERTIES.join(', ')}`;
  const { states = [], end = { status: 'completed' }, answersAfter = 0 } = script;
  if (!Array.isArray(states)) return 'states must be a list';
  for (const state of states) {
    if (!isObject(state) || !isText(state.status) || !isTime(state.seconds)) return `a state must have a status and seconds: ${JSON.stringify(state)}`;
  }
  if (!isObject(end) || !['completed', 'error'].includes(end.status)) return `the end must have the status completed or error: ${JSON.stringify(end)}`;
  if (end.error !== undefined && !isObject(end.error)) return `the error of the end must be an object: ${JSON.stringify(end.error)}`;
  if (!isTime(answersAfter)) return `answersAfter must be a number of seconds: ${JSON.stringify(answersAfter)}`;
  return Object.keys(FAULTS).map((place) => wrongFault(place, script[place] ?? [])).find(Boolean);
}

function wrongFault(place, faults) {
  if (!Array.isArray(faults)) return `${place} must be a list of faults`;
  for (const fault of faults) {
    const said = JSON.stringify(fault);
    if (!isObject(fault) || !FAULTS[place].includes(fault.fault)) return `a fault in ${place} must be one of ${FAULTS[place].join(', ')}: ${said}`;
    if (!(Number.isInteger(fault.times ?? 1) && (fault.times ?? 1) > 0)) return `the times of a fault must be 1 or more: ${said}`;
    if (fault.fault !== 'status') continue;
    if (!(Number.isInteger(fault.status) && fault.status >= 400 && fault.status <= 599)) return `the status of a fault must be from 400 to 599: ${said}`;
    if (!(Number.isInteger(fault.retryAfter ?? 0) && (fault.retryAfter ?? 0) >= 0)) return `retryAfter must be whole seconds: ${said}`;
  }
  return null;
}

/** Names what is wrong with the settings of a plain life, if anything is. */
export function faultOf({ queued, generating, end }) {
  for (const [name, value] of Object.entries({ queued, generating })) {
    if (value === '' || !(Number(value) >= 0)) return `${name} must be a number of seconds: ${value}`;
  }
  return ['completed', 'error'].includes(end) ? null : `the end must be completed or error: ${end}`;
}

/** A life without faults, from settings. */
export function plainLife({ queued, generating, end }) {
  const states = Object.entries({ queued, generating }).map(([status, seconds]) => ({ status, seconds: Number(seconds) }));
  return new Life({ states, end: { status: end } });
}

export class Life {
  constructor(script) {
    this.script = script;
    this.states = script.states ?? [];
    this.end = script.end ?? { status: 'completed' };
    this.delay = (script.answersAfter ?? 0) * 1000;
    this.faults = Object.fromEntries(Object.keys(FAULTS).map((place) => [place, (script[place] ?? []).map((fault) => ({ times: 1, ...fault }))]));
  }

  /** The fault that comes next in that place, once less from now on. */
  nextFault(place) {
    const [fault] = this.faults[place];
    if (fault && --fault.times === 0) this.faults[place].shift();
    return fault;
  }

  /** Its status, and its error if it has one, so many seconds after the create. */
  at(age) {
    let until = 0;
    for (const { status, seconds } of this.states) {
      until += seconds;
      if (age < until) return { status };
    }
    return this.end;
  }
}
