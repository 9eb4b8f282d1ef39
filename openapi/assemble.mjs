// The contract: documented/*.json and supplement/*.yaml merged into one document, then corrected by overlay.yaml. Run, it
// prints it.
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import openapiFormat from 'openapi-format';

/** The documents, merged and with the overlay applied, as YAML. */
export async function assemble(documents, overlay) {
  const merged = documents.reduce((all, one) => merge(all, one), {});
  const overlaySet = await openapiFormat.parseString(overlay);
  const { data, resultData } = await openapiFormat.openapiOverlay(merged, { overlaySet });
  for (const action of resultData.unusedActions) throw new Error(`overlay.yaml: nothing matches ${action.target}`);
  // other YAML readers take an unquoted time stamp for a date: hence the quotes of YAML 1.1
  const yaml = await openapiFormat.stringify(data, { format: 'yaml', lineWidth: 100, yamlCompat: 'yaml-1.1' });
  return `# Made by scripts/regenerate from documented/, supplement/ and overlay.yaml; do not edit.\n${yaml}`;
}

/** Adds what `source` has to `target`; two documents that disagree are an error, not a choice. */
function merge(target, source, path = '$') {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (present === undefined) target[key] = value;
    else if (isObject(present) && isObject(value)) merge(present, value, `${path}.${key}`);
    else if (JSON.stringify(present) !== JSON.stringify(value)) throw new Error(`two documents disagree at ${path}.${key}`);
  }
  return target;
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The documents of documented/, as the vendor publishes them, and of supplement/, which we wrote. */
export async function documents() {
  const files = ['documented/', 'supplement/'].flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url)).sort().map((name) => folder + name));
  return Promise.all(files.map(async (file) => {
    try {
      return await openapiFormat.parseString(readFileSync(new URL(file, import.meta.url), 'utf8'));
    } catch (error) {
      throw new Error(`${file}: ${error.message}`);
    }
  }));
}

export const overlay = () => readFileSync(new URL('overlay.yaml', import.meta.url), 'utf8');

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.stdout.write(await assemble(await documents(), overlay()));
  } catch (error) {
    console.error(`regenerate: ${error.message}`);
    process.exitCode = 1;
  }
}
