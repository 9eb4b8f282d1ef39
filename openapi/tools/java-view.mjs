// client.yaml: the client's view with each name and value as the templates print it. A page chooses names, values and descriptions;
// here, and nowhere else, they become Java. The generator escapes for HTML, which does not keep `\u0022` from ending a literal.
import { visible } from './output.mjs';
import { isObject, own, UserError } from './schemas.mjs';

/** What becomes text of a comment, and what becomes text of a literal; anything else is a word of OpenAPI or a name that we chose. */
const COMMENTS = ['description', 'summary', 'title', 'version'];
const LITERALS = ['literal', 'x-default', 'x-json-name', 'x-values'];
const PLAIN = /^[\w $./:#{},-]*$/;

/** The document that the generator reads. */
export const javaViewOf = (view) => new JavaView(view).object(view);

class JavaView {
  constructor({ components }) {
    this.schemas = components.schemas;
  }

  object(value) {
    const entries = Object.entries(this.typed(value));
    return Object.fromEntries(entries.map(([key, part]) => [plain(key), key === 'properties' ? this.properties(part) : this.value(part, key)]));
  }

  /** The keys are names of Java; that of JSON is beside them. The generator ignores what is beside a reference. */
  properties(schemas) {
    return Object.fromEntries(Object.entries(schemas).map(([key, schema]) => {
      const { 'x-json-name': name = key, ...type } = schema.$ref ? { allOf: [schema] } : schema;
      return [plain(key), this.object({ ...type, 'x-json-name': name })];
    }));
  }

  value(value, key) {
    if (Array.isArray(value)) return value.map((part) => this.value(part, key));
    if (isObject(value)) return this.object(value);
    if (typeof value !== 'string') return value;
    if (COMMENTS.includes(key)) return commentText(value);
    return LITERALS.includes(key) ? literalText(value) : plain(value);
  }

  /** With the values of an enum and a default apart from what the generator reads. */
  typed(schema) {
    const { example, 'x-enum-varnames': constants, default: initial, ...rest } = schema;
    return {
      ...rest,
      ...(constants && { enum: constants, 'x-constants': constants.map((name, i) => ({ name, literal: schema.enum[i] })) }),
      ...(initial !== undefined && this.initial(initial, schema)),
    };
  }

  /** A default. The generator only sees that there is one; a text or a constant is beside it. */
  initial(value, { type, format, allOf }) {
    if (allOf) {
      const name = allOf[0].$ref.split('/').at(-1);
      const { enum: values = [], 'x-enum-varnames': constants } = own(this.schemas, name) ?? {};
      return values.includes(value) ? { default: 'text', 'x-constant': `${name}.${constants[values.indexOf(value)]}` } : {};
    }
    if (type === 'string') return typeof value === 'string' && !format ? { default: 'text', 'x-default': value } : {};
    return typeof value === (type === 'integer' ? 'number' : type) ? { default: value } : {};
  }
}

/**
 * A text between the quotes of a literal, which is harmless in a comment and in `{@code }` too: letters, digits and some signs, all
 * else as octal escapes or, as no ASCII is written so, as `\u`.
 */
export const literalText = (text) => text.replace(/[^A-Za-z0-9 _.,:;/()+=#%!?$~|^-]/g, (unit) => {
  const code = unit.charCodeAt(0);
  return code < 0x80 ? `\\${code.toString(8).padStart(3, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
});

/** A text of a Javadoc comment in one line. It cannot end the comment, begin a tag or an element, or hide anything. */
export const commentText = (text) =>
  text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim().replace(/[&<>"@\\*]/g, (sign) => ENTITIES[sign] ?? `&#${sign.charCodeAt(0)};`);

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function plain(text) {
  if (!PLAIN.test(text)) throw new UserError(`client.yaml: ${visible(JSON.stringify(text))} cannot be written in Java; correct it in supplement/ or overlay.yaml`);
  return text;
}
