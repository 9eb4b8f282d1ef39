// Prints the contract: documented/*.json merged into one document, then corrected by overlay.yaml.
import { readdirSync, readFileSync } from 'node:fs';
import openapiFormat from 'openapi-format';

const here = new URL('.', import.meta.url);

/** Adds what `source` has to `target`; two documents that disagree are an error, not a choice. */
function merge(target, source, path = '$') {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (present === undefined) target[key] = value;
    else if (isObject(present) && isObject(value)) merge(present, value, `${path}.${key}`);
    else if (JSON.stringify(present) !== JSON.stringify(value)) throw new Error(`documented/ disagrees at ${path}.${key}`);
  }
  return target;
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const documented = readdirSync(new URL('documented/', here))
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(`documented/${name}`, here), 'utf8')))
  .reduce((all, one) => merge(all, one), {});
const overlaySet = await openapiFormat.parseString(readFileSync(new URL('overlay.yaml', here), 'utf8'));

const { data, resultData } = await openapiFormat.openapiOverlay(documented, { overlaySet });
for (const action of resultData.unusedActions) throw new Error(`overlay.yaml: nothing matches ${action.target}`);
process.stdout.write('# Made by scripts/regenerate from documented/ and overlay.yaml; do not edit.\n');
process.stdout.write(await openapiFormat.stringify(data, { format: 'yaml', lineWidth: 100, yamlCompat: 'yaml-1.1' }));
