// Reads and writes YAML and JSON.
import { Document, parseDocument, visit } from 'yaml';
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

function problemsOf(text) {
  try {
    return parseDocument(text).errors;
  } catch {
    return []; // nested too deep for the parser
  }
}

function valueOfYaml(text, line) {
  let yaml;
  try {
    yaml = parseDocument(text, { merge: true });
  } catch {
    throw new UserError(`line ${line}: invalid YAML: nested too deep`);
  }
  const [error] = yaml.errors;
  if (error) throw new UserError(`line ${line + (error.linePos?.[0].line ?? 1) - 1}: invalid YAML: ${error.code}`);
  return yaml.toJS({ maxAliasCount: -1 });
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

const escaped = (character) => [...Array(character.length).keys()].map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
