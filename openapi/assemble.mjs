// The contract: documented/*.json merged into one document, then corrected by overlay.yaml. Run, it prints it.
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import openapiFormat from 'openapi-format';

/** The documents, merged and with the overlay applied, as YAML. */
export async function assemble(documents, overlay) {
  const documented = documents.reduce((all, one) => merge(all, one), {});
  const overlaySet = await openapiFormat.parseString(overlay);
  const { data, resultData } = await openapiFormat.openapiOverlay(documented, { overlaySet });
  for (const action of resultData.unusedActions) throw new Error(`overlay.yaml: nothing matches ${action.target}`);
  // other YAML readers take an unquoted time stamp for a date: hence the quotes of YAML 1.1
  const yaml = await openapiFormat.stringify(data, { format: 'yaml', lineWidth: 100, yamlCompat: 'yaml-1.1' });
  return `# Made by scripts/regenerate from documented/ and overlay.yaml; do not edit.\n${yaml}`;
}

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

/** The documents of documented/, in the order of their names. */
export function documented() {
  const folder = new URL('documented/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  return names.map((name) => {
    try {
      return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    } catch (error) {
      throw new Error(`documented/${name}: ${error.message}`);
    }
  });
}

export const overlay = () => readFileSync(new URL('overlay.yaml', import.meta.url), 'utf8');

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.stdout.write(await assemble(documented(), overlay()));
  } catch (error) {
    console.error(`regenerate: ${error.message}`);
    process.exitCode = 1;
  }
}
