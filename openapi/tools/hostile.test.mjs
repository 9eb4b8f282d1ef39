import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { generate, generatedFiles } from './generate.mjs';
import { HARMLESS, IN_BUILD, REFUSED } from './hostile-documents.mjs';
import { commentText, javaViewOf, literalText } from './java-view.mjs';
import { UserError } from './schemas.mjs';
import { imported, load } from './sources.mjs';
import { create, page } from './test-documents.mjs';
import { operationsOf } from './vendor-documents.mjs';
import { valueOf, yamlOf } from './yaml.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (document) => (typeof document === 'string' ? document : JSON.stringify(document));
const EMPTY = { documented: [], supplement: [], overlay: 'overlay: 1.0.0\ninfo: {title: none, version: "1"}\nactions: []\n', names: {} };

/** The generated files of documents alone. */
async function filesOf(documents) {
  const { sources } = imported(EMPTY, documents.map(([name, document]) => ({ name, text: textOf(document) })), () => {});
  const start = { components: { schemas: {} }, paths: { '/v2/video/generations': { post: { requestBody: { content: { 'application/json': { schema: { oneOf: [] } } } }, responses: { 200: { content: { 'application/json': { schema: {} } } } } } } } };
  return generatedFiles(await generate(sources, start));
}

for (const [document, why] of REFUSED)
  test(`refused: ${why.source}`, () => {
    assert.throws(() => operationsOf(textOf(document), 'x'), (error) => {
      assert.ok(error instanceof UserError, error.stack);
      assert.match(error.message, why);
      return true;
    });
  });

for (const [name, document] of Object.entries(HARMLESS))
  test(`imported, and the same to every reader of YAML: ${name}`, async () => {
    const files = await filesOf([[name, document]]);

    for (const [file, yaml] of files) {
      assert.deepEqual(parse(yaml, { version: '1.1', maxAliasCount: -1 }), parse(yaml), file);
      assert.doesNotMatch(yaml, /[^\n\P{C}]|[\u2028\u2029]/u, file);
    }
    const { schemas } = parse(files.get('aiml-video.yaml')).components;
    const published = new Map(Object.values(schemas).map(({ title, properties }) => [title, Object.keys(properties)]));
    for (const [title, schema] of Object.entries(parse(files.get('client.yaml')).components.schemas).filter(([, each]) => each['x-implements']))
      assert.deepEqual(Object.values(schema.properties).map((each) => textOfLiteral(each['x-json-name'])), published.get(title));
  });

/** As `javac` reads it. */
const textOfLiteral = (literal) =>
  literal.replace(/\\u([0-9a-f]{4})|\\([0-7]{3})/g, (all, hex, octal) => String.fromCharCode(hex ? parseInt(hex, 16) : parseInt(octal, 8)));

test('a literal keeps every character, and has none that ends it or a comment', () => {
  for (let code = 0; code < 0x10000; code++) {
    const text = `\\${String.fromCharCode(code)}7\\`;
    const literal = literalText(text);
    assert.equal(textOfLiteral(literal), text);
    assert.doesNotMatch(literal.replace(/\\[0-7]{3}|\\u(?!00[0-7])[0-9a-f]{4}/g, ''), /[^\x20-\x7e]|[\\"*@{}<>&']/, String(code));
  }
});

test('a comment has no character that ends it or begins a tag, in one line', () => {
  for (let code = 0; code < 0x10000; code++) {
    const text = commentText(`a*${String.fromCharCode(code)}/`);
    assert.doesNotMatch(text, /[*@\\"<>\p{C}\p{Zl}\p{Zp}]/u, String(code));
  }
});

test('what is not checked on import does not become Java either', () => {
  const view = (schema, more = {}) => ({ components: { schemas: { A: { type: 'object', properties: { a: schema } } } }, ...more });
  const bad = '\\u0022) x';

  assert.equal(javaViewOf(view({ type: 'string', 'x-json-name': bad })).components.schemas.A.properties.a['x-json-name'], '\\134u0022) x');
  for (const wrong of [view({ type: bad }), view({ $ref: bad }), view({}, { [bad]: 1 }), view({}, { tags: [{ name: '*/' }] }), { components: { schemas: { 'A{"': {} } } }])
    assert.throws(() => javaViewOf(wrong), /client\.yaml: .* cannot be written in Java; correct it in supplement\/ or overlay\.yaml/);
});

test('a property whose name every object inherits is like any other', async () => {
  const variant = (properties) => ({ type: 'object', properties: { model: { type: 'string', enum: ['a/a'] }, ...properties }, required: ['model'] });
  const text = { type: 'string' };
  const document = create('a/a', {}, { schema: { properties: undefined, type: undefined, anyOf: [variant({ constructor: text, valueOf: text }), variant({ toString: text })] } });
  const client = valueOf((await filesOf([['a.json', document]])).get('client.yaml'));

  assert.deepEqual(Object.keys(client.components.schemas.AARequest.properties), ['model', 'constructor', 'valueOf', 'toString']);
  assert.equal(Object.assign.name, 'assign');
});

test('a component cannot replace what every object inherits', () => {
  const components = { constructor: { assign: { type: 'string' }, keys: { type: 'string' } } };
  const document = create('a/a', { x: { $ref: '#/components/constructor/assign' }, y: { $ref: '#/components/constructor/keys' } }, { document: { components } });
  const { assign, keys } = Object;

  operationsOf(JSON.stringify(document), 'a.json');

  assert.ok(Object.assign === assign && Object.keys === keys);
});

test('the contract refers to no other file', async () => {
  const { contract } = await generate(load());
  const files = await filesOf([['frame.json', HARMLESS['frame.json']]]);
  const { info, components } = valueOf(files.get('aiml-video.yaml'));

  assert.deepEqual(Object.keys(info), ['title', 'description', 'version']);
  assert.deepEqual(Object.keys(components.securitySchemes['access-token']), ['type', 'scheme', 'bearerFormat']);
  assert.deepEqual(JSON.stringify(contract).match(/"\$ref":"(?!#\/)[^"]*"/g), null);
});

test('a text that looks like a reference or a number stays a text', () => {
  const value = { a: 'x: $ref: abc', b: '$ref: abc', c: '123456789012345678===', d: 1e30, e: 12345678901234567890 };

  assert.deepEqual(valueOf(yamlOf(value, '#')), value);
});

test('a deep schema is generated in seconds', async () => {
  const deep = Array.from({ length: 22 }).reduce((inner, _, i) => ({ type: 'object', properties: { x: inner, [`y${i}`]: { type: 'string' } } }), { type: 'string' });
  const start = performance.now();

  const client = valueOf((await filesOf([['deep.json', create('a/deep', { x: deep })]])).get('client.yaml'));

  assert.equal(Object.keys(client.components.schemas).filter((name) => /X/.test(name)).length, 22);
  assert.ok(performance.now() - start < 20_000);
});

test('a page with parts replaced at random is imported or refused, and no bug', async () => {
  const random = randomNumbers(16);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const { documented } = load();
  for (let i = 0; i < 300; i++) {
    const document = structuredClone(pick(documented).document);
    for (let parts = 1 + random() * 3; parts > 0; parts--) {
      const [part, key] = pick(partsOf(document));
      if (random() < 0.7) part[key] = structuredClone(pick(ODD_PARTS));
      else if (!Array.isArray(part)) part[pick(['constructor', 'toString', '$ref', 'enum', 'type', 'properties', 'required', 'default'])] = part[key];
    }
    const text = JSON.stringify(document);
    await filesOf([['odd.json', document]]).catch((error) => assert.ok(error instanceof UserError, `${error.stack}\n${text}`));
  }
});

const ODD_PARTS = [null, true, -1, 1e21, '', 'constructor', '*/\\u0022"', [], [null], [[]], {}, { $ref: '#' }, { $ref: 1 }, { type: ['string', 'null'] }, { oneOf: [] }, { enum: [null] }, { properties: { a: null } }, { required: [1] }, '\u202e'];

/** Each part of a value, as the object or array that holds it and its key. */
function partsOf(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[value, key], ...partsOf(part)]);
}

/** The same numbers from 0 to 1 in each run. */
function randomNumbers(seed) {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
}

test('a page that is refused is named in one line, and nothing of it reaches the terminal as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aiml-video-hostile-'));
  try {
    const file = join(folder, 'page.md');
    writeFileSync(file, page(create('a/a', { 'x\u001b[2J\nforged line': { type: 'string' } })));
    const { status, stdout, stderr } = spawnSync('bash', [join(ROOT, 'scripts/regenerate'), '--dry-run', file], { encoding: 'utf8' });

    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.equal(stderr, `regenerate: ${file}: $.paths['/v2/video/generations'].post.requestBody.content['application/json'].schema.properties: the property 'x\\u{1b}[2J\\u{a}forged line' has a quote, a backslash or an invisible character; rename or remove it in the page\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('values of a page reach the terminal in one line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aiml-video-hostile-'));
  try {
    const file = join(folder, 'page.json');
    writeFileSync(file, JSON.stringify(create('a/a', { mode: { type: 'string', enum: ['a\u001b[2J\n! forged', 'b\u202ec'] }, list: { type: 'integer', enum: [1] } })));
    const { status, stdout } = spawnSync('bash', [join(ROOT, 'scripts/regenerate'), '--dry-run', file], { encoding: 'utf8' });

    assert.equal(status, 0, stdout);
    assert.doesNotMatch(stdout, /[^\n\P{C}]|^! forged/mu);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// the build of the client generates, compiles and loads these: HOSTILE=write npm test --prefix openapi
test('the hostile pages of the build are up to date', async () => {
  const folder = join(ROOT, 'openapi/hostile');
  const files = await filesOf(Object.entries(HARMLESS).filter(([name]) => IN_BUILD.includes(name)));
  for (const name of ['aiml-video.yaml', 'client.yaml']) {
    mkdirSync(folder, { recursive: true });
    if (process.env.HOSTILE === 'write') writeFileSync(join(folder, name), files.get(name));
    assert.ok(readFileSync(join(folder, name), 'utf8') === files.get(name), `openapi/hostile/${name} is out of date; run HOSTILE=write npm test --prefix openapi`);
  }
});
