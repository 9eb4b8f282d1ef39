// Where the sources that people edit say what is at a place of the contract.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { stepsOf } from './schemas.mjs';
import { OPENAPI } from './sources.mjs';

/** A place in overlay.yaml or supplement/, such as `openapi/overlay.yaml:12`, for a JSON pointer; undefined if they do not mention it. */
export function placeOf(pointer) {
  const files = ['overlay.yaml', ...readdirSync(join(OPENAPI, 'supplement')).sort().map((name) => `supplement/${name}`)];
  const steps = stepsOf(pointer);
  for (const name of files) {
    const line = lineIn(readFileSync(join(OPENAPI, name), 'utf8'), steps);
    if (line) return `openapi/${name}:${line}`;
  }
  return undefined;
}

/** The line of a text that mentions this place, at the top or in the update of an action. */
function lineIn(text, steps) {
  const lineCounter = new LineCounter();
  const root = parseDocument(text, { lineCounter, merge: true });
  const updates = (root.get('actions')?.items ?? []).map((action) => [action.get('update'), afterTarget(action.get('target'), steps)]);
  const [offset] = [[root.contents, steps], ...updates].map(([node, rest]) => rest && offsetOf(node, rest)).filter(Number.isInteger);
  return offset === undefined ? undefined : lineCounter.linePos(offset).line;
}

/** The steps that remain after the target of an action; undefined if it leads elsewhere, or is more than names and wildcards. */
function afterTarget(target, steps) {
  const names = [...target.matchAll(/\.([\w-]+)|\[(?:'([^']*)'|(\*))\]/g)];
  if (`$${names.map(([text]) => text).join('')}` !== target) return undefined;
  const leads = names.length < steps.length && names.every(([, dotted, quoted, any], i) => any || (dotted ?? quoted) === steps[i]);
  return leads ? steps.slice(names.length) : undefined;
}

/** Where the last of the steps begins; undefined if the node does not have it. */
function offsetOf(node, [step, ...rest]) {
  if (isSeq(node)) return rest.length === 0 ? node.items[step]?.range?.[0] : offsetOf(node.items[step], rest);
  const pair = isMap(node) && node.items.find(({ key }) => String(key?.value ?? key) === step);
  if (!pair) return undefined;
  return rest.length === 0 ? pair.key.range[0] : offsetOf(pair.value, rest);
}
