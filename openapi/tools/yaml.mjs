// Reads and writes YAML and JSON.
import { Document, parseDocument, Parser, visit } from 'yaml';
import { UserError } from './schemas.mjs';

/** What other readers of YAML may take for something else: line ends of YAML 1.1, byte order marks, lone surrogates, and `=`. */
const ODD = /[^\x20-\x7e\n\p{L}\p{M}\p{N}\p{P}\p{S}]|^=$/u;

/** The value of a text in JSON or YAML, which begins at this line of a file. */
export const valueOf = (text, line = 1) => (/^\s*\{/.test(text) ? valueOfJson(text, line) : valueOfYaml(text, line));

function valueOfJson(text, line) {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [{ linePos: [place], code }] = problemsOf(text).concat({ linePos: [{ line: 1 }], code: error.message });
    throw new UserError(`line ${line + place.line - 1}: invalid JSON: ${code}`);
  }
}

const problemsOf = (text) => (isTooDeep(text) ? [] : parseDocument(text).errors);

function valueOfYaml(text, line) {
  if (isTooDeep(text)) throw new UserError(`line ${line}: invalid YAML: nested too deep`);
  const yaml = parseDocument(text, { merge: true });
  const [error] = yaml.errors;
  if (error) throw new UserError(`line ${line + (error.linePos?.[0].line ?? 1) - 1}: invalid YAML: ${error.code}`);
  return yaml.toJS({ maxAliasCount: -1 });
}

/** Whether the recursion of the library would need most of the stack; on a full one, V8 ends the process where it compiles a regular expression. */
function isTooDeep(text) {
  let level = [...new Parser().parse(text)];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > 500) return true;
    level = level.flatMap(({ value, items = [] }) => [value, ...items.flatMap((item) => [item.key, item.value])]).filter((token) => token?.type);
  }
  return false;
}

/** As YAML that readers of YAML 1.1 and 1.2 understand alike; what is not a value of JSON is left out. */
export function yamlOf(document, comment, lineWidth = 100) {
  const yaml = new Document(JSON.parse(JSON.stringify(document)), { compat: 'yaml-1.1' });
  visit(yaml, {
    Scalar(key, node) {
      if (typeof node.value === 'string' && ODD.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  const text = yaml.toString({ lineWidth, singleQuote: true });
  // the library does not escape these, which are in double quotes now
  return `${comment}\n${text.replace(/[^\x20-\x7e\n\p{L}\p{M}\p{N}\p{P}\p{S}]/gu, escaped)}`;
}

/** As JSON that an editor shows as it is; what is not a value of JSON is left out. */
export const jsonOf = (document) => `${JSON.stringify(document, null, 2).replace(/[^\n\P{C}]|[\p{Zl}\p{Zp}]/gu, escaped)}\n`;

const escaped = (character) => [...Array(character.length).keys()].map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
