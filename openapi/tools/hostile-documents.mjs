// Pages that try to become code, other names, other files or a build that does not end. Those in HARMLESS are imported as they are,
// those in REFUSED in no way.
import { create, page, RESPONSE } from './test-documents.mjs';

/** If it ever runs, a test finds this system property. It has no quotes, as they would end a literal too early. */
const RUN = 'static { System.setProperty(Integer.toString(16), Integer.toString(16)); }';
const FIELD = `private Object evil; ${RUN} @com.google.gson.annotations.SerializedName(`;

/** Texts that end a literal or a comment of Java, by themselves or after `javac` has read `\u`. */
const ESCAPES = [
  `a\\u0022) ${FIELD}\\u0022a`,
  `b\\uuuu0022) ${FIELD}\\uuuu0022b`,
  `c\\\\u0022) ${FIELD}\\\\u0022c`,
  `d\\u005c\\u0022) ${FIELD}\\u0022d`,
  `e") ${FIELD}"e`,
  `f\\") ${FIELD}\\"f`,
  `g\\u002a\\u002f ${RUN} \\u002f\\u002a`,
  `h*\\u002f ${RUN} /*`,
  `i\\u000a ${RUN} //`,
  `j&quot;) ${FIELD}&quot;j`,
  'k\\',
  'l\\\\\\',
  'm\\u',
  'n\\uu002',
  'o\\u0022',
  `p"); } ${RUN} private void p() { p("`,
];

/** The same without a quote and a backslash, which a name of a property may not have. */
const COMMENTS = [
  `q*/ ${RUN} /*`,
  `r/* */ ${RUN}`,
  `s}*/ ${RUN} /**`,
  `t*/ ${RUN} /*/`,
  '{@code',
  '{@link java.lang.Void',
  '}}}',
  '@deprecated',
  '<script>alert(1)</script>',
  "it's & <b>",
  '{{{classname}}}',
  '{{>licenseInfo}}',
  '{{! }}',
  '{{=<% %>=}}',
  '${java.version}',
  '//',
  '/**/',
];

/** Lines that end where a reader of another version of YAML, or of lines, sees an end. */
const LINES = ['u\nx: y', 'v\rx: y', 'w\u0085x: y', 'x\u2028x: y', 'y\u2029x: y', 'z\ttab', '\u0000', '\u001b[2J', '\u202edlrow', '\ufeffbom', '\ud800', 'end\n', '\n', '\\\n'];

/** What YAML takes for something else than text. */
const YAML = ['<<', '=', '- a', '? a', 'a: b', '# a', '!!java.net.URL a', '&a', '*a', '%a', '`', '~', 'null', 'true', 'no', '1:30', '0x1F', '1_000', '.inf', '2026-01-20', '', ' ', '$ref: abc', 'x: $ref: abc', '123456789012345678===', '|', '>-', '[', '{', "'"];

/** What every object of JavaScript has, keywords of Java and of schemas, and names whose methods collide. */
const MEMBERS = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', '__defineGetter__', 'prototype', 'length'];
const KEYWORDS = ['class', 'Class', 'property_class', 'getClass', 'equals', 'hashCode', 'wait', 'notify', 'finalize', 'this', 'null', 'goto', '_', '__', '$', '-', '.', 'O', 'item', 'other', 'io', 'java', 'String', 'List'];
const SCHEMA = ['$ref', 'type', 'properties', 'items', 'required', 'enum', 'allOf', 'oneOf', 'default', 'example', 'description', 'title', 'x-json-name', 'x-values', 'x-implements', 'format', 'nullable'];
const ALIKE = ['foo', 'set_foo', 'setFoo', 'SetFoo_no2', 'add_foo_item', 'a-b', 'a_b', 'aB', 'a b', 'a.b', 'A_B', 'a_b_no2', '2d', '_2d', '提示', '提_示', 'größe'];

const text = { type: 'string' };
const any = {};
const propertiesOf = (names, schema) => Object.fromEntries(names.map((name) => [name, schema]));
const enumOf = (values) => ({ type: 'string', enum: values });
const object = (properties) => ({ type: 'object', properties });
const TEXTS = [...ESCAPES, ...COMMENTS, ...LINES, ...YAML];
const NAMES = [...new Set([...COMMENTS, ...YAML, ...MEMBERS, ...KEYWORDS, ...SCHEMA, ...ALIKE])];

/** A description of everything, and keywords that the client's view and the templates could read from a page. */
const WORDS = [...ESCAPES, ...COMMENTS].join(' ');
const described = (schema) => ({
  ...schema,
  description: WORDS,
  title: TEXTS[0],
  'x-json-name': TEXTS[0],
  'x-values': TEXTS,
  'x-constants': [{ name: RUN, literal: TEXTS[0] }],
  'x-enum-varnames': TEXTS,
  'x-implements': TEXTS,
  'x-alternate-names': ['id', 'a"', ['b'], TEXTS[0]],
  'x-default': TEXTS[0],
});

export const HARMLESS = {
  'names.json': create('h/names', propertiesOf(NAMES, text)),
  'objects.json': create('h/objects', { ...propertiesOf(NAMES, any), foo: { type: 'array', items: text }, add_foo_item: text }),
  'values.json': create('h/values', { value: enumOf(TEXTS), values: { type: 'array', items: enumOf([...TEXTS, 'more']) }, x_1: enumOf(['2', '提']) }),
  'required.json': create('h/required', propertiesOf(COMMENTS, text), { required: [...COMMENTS, 'constructor', 'toString'] }),
  'nested.json': create('h/nested', Object.fromEntries(NAMES.map((name) => [name, { type: 'array', items: object({ [name]: enumOf(['a', name]), foo: text }) }]))),
  'defaults.json': create('h/defaults', Object.fromEntries([
    ...TEXTS.map((value, i) => [`text_${i}`, { ...text, default: value }]),
    ['mode', { ...enumOf(TEXTS), default: TEXTS[0] }],
    ['big', { type: 'integer', default: 1e18 }],
    ['link', { ...text, format: 'uri', default: 'https://example.com' }],
    ['odd', { anyOf: [text, { ...text, minLength: 1 }], default: 5 }],
    ['image', { anyOf: [{ ...text, format: 'uri' }, text], default: `x") ${FIELD}"` }],
  ]), { required: ['mode', 'big', 'text_0', 'text_1', 'text_6', 'text_10', 'text_33', 'link', 'odd', 'image'] }),
  'descriptions.json': create('h/descriptions', Object.fromEntries([
    ...TEXTS.map((description, i) => [`text_${i}`, { ...text, description }]),
    ['all', { ...described(text), example: TEXTS[0] }],
    ['list', described({ type: 'array', items: described(object({ part: described(text) })) })],
    ['mode', described(enumOf(['a', 'b']))],
    ['number', described({ type: 'integer', enum: [1, 2] })],
  ]), { schema: described({}), response: { ...RESPONSE, properties: { ...RESPONSE.properties, generation_id: described(text), state: described(enumOf(TEXTS)) } } }),
  'frame.json': create('h/frame', {}, {
    document: {
      info: { title: WORDS, description: WORDS, version: `*/ ${RUN} /*`, contact: { email: `*/ ${RUN} /*` }, license: { name: WORDS }, 'x-a': WORDS },
      components: { securitySchemes: { 'access-token': { type: 'http', scheme: 'bearer', bearerFormat: WORDS, $ref: '../../../etc/passwd' }, '*/': { type: 'apiKey' } } },
      tags: [{ name: WORDS, description: WORDS }],
      servers: [{ url: `https://x/*/ ${RUN}` }],
    },
  }),
  'classes.json': create('h/classes', Object.fromEntries(
    ['nullable', 'adapter', 'deprecated', 'illegal_argument_exception', 'type_adapter', 'json_reader', 'serialized_name', 'i_o_exception', 'override', 'con', 'aux', 'list', 'object', 'video_request', 'constructor', '__class__', '../../../../evil', 'io.github.Evil', 'package-info', 'A$B']
      .flatMap((name) => [[name, enumOf(['a', name])], [`${name}s`, { type: 'array', items: object({ [name]: text }) }]]),
  )),
  'numbers.json': create('h/numbers', {
    long_text: { ...text, maxLength: 1e12, minLength: 1 },
    list: { type: 'array', items: text, maxItems: 1e300 },
    large: { type: 'integer', minimum: -1e21, maximum: 1e21, default: 5e9 },
    number: { type: 'number', minimum: 1e-300, maximum: 1e300 },
  }),
  'path.json': create(`../../../../evil/h*/${RUN}`, {}),
  'long.json': create('h/' + 'm'.repeat(140), { ['n'.repeat(100)]: enumOf(['o'.repeat(1000), 'p']) }),
  'levels.json': create('h/levels', { config: Array.from({ length: 20 }).reduce((inner, _, i) => object({ config: inner, [`x${i}`]: text }), text) }),
};

const named = (name) => create('r/named', { [name]: text });
const nested = (levels) => Array.from({ length: levels }).reduce((inner) => object({ x: inner }), text);
const bomb = (levels) => Object.fromEntries(Array.from({ length: levels }, (_, i) => [`L${i}`, i === 0 ? text : object(propertiesOf(['a', 'b', 'c'], { $ref: `#/components/schemas/L${i - 1}` }))]));
const chain = (levels) => Object.fromEntries(Array.from({ length: levels }, (_, i) => [`L${i}`, i === 0 ? text : object({ a: { $ref: `#/components/schemas/L${i - 1}` } })]));
const referring = (schemas, name) => create('r/refs', { x: { $ref: `#/components/schemas/${name}` } }, { document: { components: { schemas } } });
const withProto = (document) => JSON.stringify(document).replaceAll('PROTO', '__proto__');

/** Documents, each with the message of its refusal. */
export const REFUSED = [
  ...ESCAPES.filter((name) => /["\\]/.test(name)).map((name) => [named(name), /\.properties: the property '.*' has a quote, a backslash or an invisible character; rename or remove it in the page$/]),
  ...LINES.map((name) => [named(name), /the property '.*' has a quote, a backslash or an invisible character/]),
  ...[...ESCAPES.filter((name) => /["\\]/.test(name)), ...LINES].map((name) => [create(`r/${name}`), /the model 'r\/.*' has a quote, a backslash or an invisible character; correct its name/]),
  [create('r/required', {}, { required: ['a\\u0022'] }), /\.required: the property 'a\\u0022' has a quote/],
  [create('r/items', { a: { type: 'array', items: object({ 'b\n': text }) } }), /items\.properties: the property 'b\\u\{a\}' has/],
  [create('r/response', {}, { response: object({ id: text, 'status\u202e': text }) }), /the property 'status\\u\{202e\}' has/],
  [create('r/key', {}, { document: { components: { schemas: { 'a\u2028b': text } } } }), /\$\.components\.schemas: the name 'a\\u\{2028\}b' has an invisible character/],
  [create('r/path', {}, { path: `/${'generat'.repeat(20_000)}` }), /\$\.paths: the name '\/generat.*\.\.\.' has 140001 characters, more than 1000/],
  [named('n'.repeat(101)), /has 101 characters, more than 100/],
  [create('m'.repeat(151)), /the model 'm+\.\.\.' has 151 characters, more than 150/],
  [withProto(named('PROTO')), /the property '__proto__' is not a property to JavaScript/],
  [withProto(create('r/required', {}, { required: ['PROTO'] })), /the property '__proto__' is not a property/],
  [withProto(create('r/component', {}, { document: { components: { PROTO: { polluted: text } } } })), /the property '__proto__' is not a property/],
  [create('r/deep', { x: nested(400) }), /is nested more than 60 levels deep; import a flatter file/],
  [create('r/deeper', { x: nested(1000) }), /is nested more than 60 levels deep/],
  [`{"paths": ${'['.repeat(100_000)}`, /line 1: invalid JSON/],
  [`paths: ${'['.repeat(100_000)}`, /line 1: invalid YAML: nested too deep/],
  [`${'['.repeat(1000)}${']'.repeat(1000)}`, /line 1: invalid YAML: nested too deep/],
  [`paths:\n  ${'- '.repeat(100_000)}x`, /line 1: invalid YAML: nested too deep/],
  [`paths:\n  ${'? '.repeat(10_000)}x`, /line 1: invalid YAML: nested too deep/],
  ['paths: &a\n  b: *a\n', /is nested more than 60 levels deep/],
  [['paths:', '  a0: &a0 [x, x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 9 }, (_, i) => `  a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`)].join('\n'), /has more than 1000000 values/],
  ['paths: {}\nx: .inf\n', /\$\.x: Infinity is not a number in JSON/],
  [referring(bomb(16), 'L15'), /has more than 1000000 values, references resolved/],
  [referring(bomb(8), 'L7'), /^\$\.paths\['\/v2\/video\/generations'\]\.post of r\/refs: has more than 10000 values, references resolved/],
  [referring(chain(100), 'L99'), /is nested more than 60 levels deep, references resolved/],
  [referring({}, '../constructor/prototype'), /does not exist/],
  [referring({}, 'constructor'), /does not exist/],
  [create('r/polluting', { x: { $ref: '#/constructor/prototype' } }), /refers to #\/constructor\/prototype, which does not exist/],
  [create('r/files', { x: { $ref: '../../etc/passwd\n\u001b[2J' } }), /refers to \.\.\/\.\.\/etc\/passwd.*, which is not in the file/s],
  [create('r/percent', { x: { $ref: '#/%' } }), /refers to #\/%, which does not exist/],
  [create('r/many', propertiesOf(Array.from({ length: 501 }, (_, i) => `p${i}`), text)), /\.properties: has 50[12] properties, more than 500/],
  [create('r/values', { x: enumOf(Array.from({ length: 1001 }, (_, i) => `v${i}`)) }), /\.enum: has 1001 values, more than 1000/],
  [page(named('a\\u0022')), /the property 'a\\u0022' has a quote/],
];

/** Those in HARMLESS that the build of the client generates, compiles and loads; `regenerate --try` does so with all. */
export const IN_BUILD = ['names.json', 'values.json', 'required.json', 'descriptions.json', 'classes.json'];
