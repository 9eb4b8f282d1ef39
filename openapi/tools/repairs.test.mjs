import assert from 'node:assert/strict';
import test from 'node:test';
import { assemble } from './assemble.mjs';
import { repairRequest, repairSchema, RULES, Tally } from './repairs.mjs';
import { create, retrieve } from './samples.mjs';

/** What was repaired, and what became of it. */
function repaired(schema) {
  const tally = new Tally();
  repairSchema(schema, tally);
  return [schema, ...tally.counts.keys()];
}

/** For each rule for a schema: a fault, and what it becomes. */
const CASES = [
  ['keyword that is no list', { type: 'string', enum: [] }, { type: 'string' }],
  ['keyword that is no list', { type: 'object', properties: { a: true } }, { type: 'object', properties: { a: {} } }],
  ['keyword of OpenAPI 3.1', { type: 'string', examples: ['a'] }, { type: 'string', example: 'a' }],
  ['oneOf that excludes what several take', { oneOf: [{ type: 'integer' }, { type: 'number' }] }, { anyOf: [{ type: 'integer' }, { type: 'number' }] }],
  ['value of another type in an enum', { type: 'integer', enum: ['5s', '10s'] }, { type: 'string', enum: ['5s', '10s'] }],
  ['value of another type in an enum', { type: 'integer', enum: [5, 'auto'] }, { anyOf: [{ type: 'string', enum: ['auto'] }, { type: 'integer', enum: [5] }] }],
  ['value of another type in an enum', { type: 'array', enum: ['a'], items: { type: 'string' } }, { type: 'array', items: { type: 'string', enum: ['a'] } }],
  ['pattern that is none', { type: 'string', pattern: '^\\d+\\:\\d+$' }, { type: 'string', pattern: '^\\d+:\\d+$' }],
  ['pattern that is none', { type: 'string', pattern: '/^a$/i' }, { type: 'string' }],
  ['required property that is not described', { type: 'object', required: ['toString'] }, { type: 'object', required: ['toString'], properties: { toString: {} } }],
  ['keyword of OpenAPI 3.1', { type: ['string', 'null'] }, { type: 'string', nullable: true }],
  ['keyword of OpenAPI 3.1', { type: 'string', const: 'a' }, { type: 'string', enum: ['a'] }],
  ['keyword of OpenAPI 3.1', { type: 'number', exclusiveMinimum: 2 }, { type: 'number', minimum: 2, exclusiveMinimum: true }],
  ['unknown type', { type: 'int' }, { type: 'integer' }],
  ['unknown type', { type: 'Float' }, { type: 'number' }],
  ['type missing', { properties: { a: { type: 'string' } } }, { type: 'object', properties: { a: { type: 'string' } } }],
  ['type missing', { enum: [1, 2] }, { type: 'integer', enum: [1, 2] }],
  ['items missing', { type: 'array' }, { type: 'array', items: {} }],
  ['union of one', { anyOf: [{ type: 'string' }] }, { type: 'string' }],
  ['union of one', { description: 'Own.', anyOf: [{ type: 'string', title: 'No Class', description: 'Its.' }] }, { type: 'string', description: 'Own.' }],
  ['nullable without a type', { nullable: true }, {}],
  ['value of another type in an enum', { type: 'integer', enum: ['5', 10] }, { type: 'integer', enum: [5, 10] }],
  ['enum with null or twice the same', { enum: ['a', 'a'], type: 'string' }, { enum: ['a'], type: 'string' }],
  ['nullable enum', { enum: ['a'], type: 'string', nullable: true }, { enum: ['a'], type: 'string' }],
  ['limit that is no number', { type: 'string', maxLength: '20' }, { type: 'string', maxLength: 20 }],
  ['pattern that is none', { type: 'string', pattern: '(' }, { type: 'string' }],
  ['required that is no list of names', { type: 'object', required: [] }, { type: 'object' }],
  ['required that is no list of names', { type: 'string', required: true }, { type: 'string' }],
  ['required property that is not described', { type: 'object', properties: {}, required: ['a'] }, { type: 'object', properties: { a: {} }, required: ['a'] }],
  ['discriminator', { type: 'object', discriminator: { propertyName: 'type' } }, { type: 'object' }],
  ['default of another type', { type: 'integer', default: '5' }, { type: 'integer', default: 5 }],
  ['default of another type', { type: 'integer', default: 'five' }, { type: 'integer' }],
  ['default of another type', { type: 'boolean', default: 'true' }, { type: 'boolean', default: true }],
  ['default that is not allowed', { type: 'string', enum: ['a'], default: 'b' }, { type: 'string', enum: ['a'] }],
];

for (const [rule, fault, sound] of CASES) {
  test(`${rule}: ${JSON.stringify(fault)}`, () => {
    assert.deepEqual(repaired(structuredClone(fault)), [sound, rule]);
    assert.deepEqual(repaired(structuredClone(sound)), [sound], 'what is sound stays');
  });
}

test('null beside other members is said in the one way that can be compiled', () => {
  const [schema, ...rules] = repaired({ anyOf: [{ type: 'object', properties: {} }, { type: 'array', items: {} }, { nullable: true }] });

  assert.deepEqual(schema, { anyOf: [{ type: 'object', properties: {}, nullable: true }, { type: 'array', items: {} }] });
  assert.deepEqual(rules, ['member that is only nullable', 'nullable beside a union']);
});

test('a repair never takes the type away from a property', () => {
  for (const [, fault] of CASES.filter(([, { type }]) => typeof type === 'string')) {
    const [{ type, anyOf }] = repaired(structuredClone(fault));
    assert.ok(type ?? anyOf, JSON.stringify(fault));
  }
});

test('null is null, however it is said', () => {
  for (const none of [{ nullable: true }, { enum: ['null'], nullable: true }, { type: 'string', format: 'null', nullable: true }])
    assert.deepEqual(repaired({ anyOf: [{ type: 'string' }, none] })[0], { type: 'string', nullable: true });
});

test('a oneOf whose members are apart stays', () => {
  const member = (type) => ({ type: 'object', properties: { type: { type: 'string', enum: [type] } }, required: ['type'] });
  const schema = { oneOf: [member('a'), member('b')] };

  assert.deepEqual(repaired(structuredClone(schema)), [schema]);
});

test('variants share what they know of a property', () => {
  const tally = new Tally();
  const variant = (name, type) => ({ type: 'object', properties: { [name]: { type } } });
  const schema = repairRequest({ properties: { model: { type: 'string', enum: ['a/b'] } }, anyOf: [variant('x', 'string'), variant('y', 'integer')], required: ['model'] }, 'a/b', tally);

  assert.deepEqual(Object.keys(schema.properties), ['model', 'x', 'y']);
  assert.deepEqual([...tally.counts.keys()], ['variants that do not share their properties']);
});

test('the model is required and fixed', () => {
  const tally = new Tally();
  const schema = repairRequest({ properties: { model: { type: 'string' } } }, 'a/b', tally);

  assert.deepEqual(schema, { properties: { model: { type: 'string', enum: ['a/b'] } }, required: ['model'] });
  assert.deepEqual([...tally.counts.keys()], ['model not fixed']);
});

test('the faults of operations are repaired and listed', async () => {
  const scheme = { components: { securitySchemes: { 'access-token': { type: 'http', scheme: 'bearer', in: 'header' } } } };
  const documented = [
    { name: 'a.create.json', document: create('a', { mask: { type: 'string' } }, { document: scheme }) },
    { name: 'a.retrieve.json', document: retrieve() },
  ];
  const { contract, tallies } = await assemble({ documented, supplement: [], overlay: 'overlay: 1.0.0\ninfo: {title: none, version: "1"}\nactions: []\n' });

  assert.deepEqual(tallies.get('a.create.json').lines(), [
    'repaired: response description missing (1)',
    'repaired: security missing (1)',
    'repaired: place of a bearer token (1)',
    'repaired: operationId shared by both operations (1)',
    'repaired: uri in an answer (1)',
    'repaired: picture published as a bare text (1)',
  ]);
  assert.equal(contract.paths['/v2/video/generations'].get.operationId, 'retrieve');
  assert.equal(contract.components.schemas.ARequest.properties.mask.format, 'uri');
});

test('every rule has a reason and a test', async () => {
  const { readFile } = await import('node:fs/promises');
  const tests = await readFile(new URL(import.meta.url), 'utf8');

  for (const { name, why } of RULES) {
    assert.ok(why.length > 20, name);
    assert.ok(tests.includes(name), `no test names ${name}`);
  }
});
