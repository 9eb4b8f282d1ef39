import assert from 'node:assert/strict';
import test from 'node:test';
import { assemble } from './assemble.mjs';
import { repairRequest, repairSchema, RULES, Tally } from './repairs.mjs';
import { create, retrieve } from './test-documents.mjs';

/** The repaired schema and the names of the rules that were applied. */
function repaired(schema) {
  const tally = new Tally();
  repairSchema(schema, tally);
  return [schema, ...tally.counts.keys()];
}

/** Rule, published schema, repaired schema. */
const CASES = [
  ['malformed keyword', { type: 'string', enum: [] }, { type: 'string' }],
  ['malformed keyword', { type: 'object', properties: { a: true } }, { type: 'object', properties: { a: {} } }],
  ['keyword of OpenAPI 3.1', { type: 'string', examples: ['a'] }, { type: 'string', example: 'a' }],
  ['overlapping oneOf', { oneOf: [{ type: 'integer' }, { type: 'number' }] }, { anyOf: [{ type: 'integer' }, { type: 'number' }] }],
  ['enum value of the wrong type', { type: 'integer', enum: ['5s', '10s'] }, { type: 'string', enum: ['5s', '10s'] }],
  ['enum value of the wrong type', { type: 'integer', enum: [5, 'auto'] }, { anyOf: [{ type: 'string', enum: ['auto'] }, { type: 'integer', enum: [5] }] }],
  ['enum value of the wrong type', { type: 'array', enum: ['a'], items: { type: 'string' } }, { type: 'array', items: { type: 'string', enum: ['a'] } }],
  ['invalid pattern', { type: 'string', pattern: '^\\d+\\:\\d+$' }, { type: 'string', pattern: '^\\d+:\\d+$' }],
  ['invalid pattern', { type: 'string', pattern: '/^a$/i' }, { type: 'string' }],
  ['undeclared required property', { type: 'object', required: ['toString'] }, { type: 'object', required: ['toString'], properties: { toString: {} } }],
  ['keyword of OpenAPI 3.1', { type: ['string', 'null'] }, { type: 'string', nullable: true }],
  ['keyword of OpenAPI 3.1', { type: 'string', const: 'a' }, { type: 'string', enum: ['a'] }],
  ['keyword of OpenAPI 3.1', { type: 'number', exclusiveMinimum: 2 }, { type: 'number', minimum: 2, exclusiveMinimum: true }],
  ['unknown type', { type: 'int' }, { type: 'integer' }],
  ['unknown type', { type: 'Float' }, { type: 'number' }],
  ['missing type', { properties: { a: { type: 'string' } } }, { type: 'object', properties: { a: { type: 'string' } } }],
  ['missing type', { enum: [1, 2] }, { type: 'integer', enum: [1, 2] }],
  ['missing items', { type: 'array' }, { type: 'array', items: {} }],
  ['union with one member', { anyOf: [{ type: 'string' }] }, { type: 'string' }],
  ['union with one member', { description: 'Own.', anyOf: [{ type: 'string', title: 'No Class', description: 'Its.' }] }, { type: 'string', description: 'Own.' }],
  ['nullable without a type', { nullable: true }, {}],
  ['enum value of the wrong type', { type: 'integer', enum: ['5', 10] }, { type: 'integer', enum: [5, 10] }],
  ['enum with null or duplicates', { enum: ['a', 'a'], type: 'string' }, { enum: ['a'], type: 'string' }],
  ['nullable enum', { enum: ['a'], type: 'string', nullable: true }, { enum: ['a'], type: 'string' }],
  ['limit is not a number', { type: 'string', maxLength: '20' }, { type: 'string', maxLength: 20 }],
  ['invalid pattern', { type: 'string', pattern: '(' }, { type: 'string' }],
  ['malformed required', { type: 'object', required: [] }, { type: 'object' }],
  ['malformed required', { type: 'string', required: true }, { type: 'string' }],
  ['undeclared required property', { type: 'object', properties: {}, required: ['a'] }, { type: 'object', properties: { a: {} }, required: ['a'] }],
  ['discriminator', { type: 'object', discriminator: { propertyName: 'type' } }, { type: 'object' }],
  ['default of the wrong type', { type: 'integer', default: '5' }, { type: 'integer', default: 5 }],
  ['default of the wrong type', { type: 'integer', default: 'five' }, { type: 'integer' }],
  ['default of the wrong type', { type: 'boolean', default: 'true' }, { type: 'boolean', default: true }],
  ['default not allowed', { type: 'string', enum: ['a'], default: 'b' }, { type: 'string', enum: ['a'] }],
];

for (const [rule, published, expected] of CASES) {
  test(`${rule}: ${JSON.stringify(published)}`, () => {
    assert.deepEqual(repaired(structuredClone(published)), [expected, rule]);
    assert.deepEqual(repaired(structuredClone(expected)), [expected], 'a repaired schema stays as it is');
  });
}

test('null beside other members is expressed in the only way that can be compiled', () => {
  const [schema, ...rules] = repaired({ anyOf: [{ type: 'object', properties: {} }, { type: 'array', items: {} }, { nullable: true }] });

  assert.deepEqual(schema, { anyOf: [{ type: 'object', properties: {}, nullable: true }, { type: 'array', items: {} }] });
  assert.deepEqual(rules, ['null as a union member', 'nullable beside a union']);
});

test('a repair never removes the type of a property', () => {
  for (const [, published] of CASES.filter(([, { type }]) => typeof type === 'string')) {
    const [{ type, anyOf }] = repaired(structuredClone(published));
    assert.ok(type ?? anyOf, JSON.stringify(published));
  }
});

test('null is recognised in every notation', () => {
  for (const none of [{ nullable: true }, { enum: ['null'], nullable: true }, { type: 'string', format: 'null', nullable: true }])
    assert.deepEqual(repaired({ anyOf: [{ type: 'string' }, none] })[0], { type: 'string', nullable: true });
});

test('a oneOf with disjoint members stays', () => {
  const member = (type) => ({ type: 'object', properties: { type: { type: 'string', enum: [type] } }, required: ['type'] });
  const schema = { oneOf: [member('a'), member('b')] };

  assert.deepEqual(repaired(structuredClone(schema)), [schema]);
});

test('variants share their properties', () => {
  const tally = new Tally();
  const variant = (name, type) => ({ type: 'object', properties: { [name]: { type } } });
  const schema = repairRequest({ properties: { model: { type: 'string', enum: ['a/b'] } }, anyOf: [variant('x', 'string'), variant('y', 'integer')], required: ['model'] }, 'a/b', tally);

  assert.deepEqual(Object.keys(schema.properties), ['model', 'x', 'y']);
  assert.deepEqual([...tally.counts.keys()], ['variants with different properties']);
});

test('the model is required and has one value', () => {
  const tally = new Tally();
  const schema = repairRequest({ properties: { model: { type: 'string' } } }, 'a/b', tally);

  assert.deepEqual(schema, { properties: { model: { type: 'string', enum: ['a/b'] } }, required: ['model'] });
  assert.deepEqual([...tally.counts.keys()], ['model not fixed']);
});

test('operations are repaired, and the repairs listed', async () => {
  const scheme = { components: { securitySchemes: { 'access-token': { type: 'http', scheme: 'bearer', in: 'header' } } } };
  const documented = [
    { name: 'a.create.json', document: create('a', { mask: { type: 'string' } }, { document: scheme }) },
    { name: 'a.retrieve.json', document: retrieve() },
  ];
  const { contract, tallies } = await assemble({ documented, supplement: [], overlay: 'overlay: 1.0.0\ninfo: {title: none, version: "1"}\nactions: []\n' });

  assert.deepEqual(tallies.get('a.create.json').lines(), [
    'repaired: missing response description (1)',
    'repaired: missing security (1)',
    'repaired: `in` of a bearer token (1)',
    'repaired: duplicate operationId (1)',
    'repaired: uri in a response (1)',
    'repaired: image without a format (1)',
  ]);
  assert.equal(contract.paths['/v2/video/generations'].get.operationId, 'retrieve');
  assert.equal(contract.components.schemas.ARequest.properties.mask.format, 'uri');
});

test('every rule has a reason and a test', async () => {
  const { readFile } = await import('node:fs/promises');
  const tests = await readFile(new URL(import.meta.url), 'utf8');

  for (const { name, why } of RULES) {
    assert.ok(why.length > 20, name);
    assert.ok(tests.includes(name), `no test mentions ${name}`);
  }
});
