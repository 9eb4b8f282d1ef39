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
  ['malformed keyword', { type: 'string', description: null, format: 5, deprecated: 'yes', xml: 'a' }, { type: 'string' }],
  ['malformed keyword', { type: 'object', additionalProperties: 'no' }, { type: 'object' }],
  ['const', { type: 'string', const: 'a' }, { type: 'string', enum: ['a'] }],
  ['const', { type: 'integer', enum: [1, 2], const: 1 }, { type: 'integer', enum: [1] }],
  ['list of types', { type: ['string', 'null'] }, { type: 'string', nullable: true }],
  ['list of types', { type: ['string', 'integer'] }, { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
  ['list of types', { type: ['boolean'] }, { type: 'boolean' }],
  ['type null', { type: 'object', anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] }, { type: 'object', anyOf: [{ type: 'string' }, { type: 'integer' }], nullable: true }],
  ['exclusive limit as a number', { type: 'number', exclusiveMinimum: 2 }, { type: 'number', minimum: 2, exclusiveMinimum: true }],
  ['exclusive limit as a number', { type: 'number', maximum: 9, exclusiveMaximum: 9 }, { type: 'number', maximum: 9, exclusiveMaximum: true }],
  ['exclusive limit as a number', { type: 'number', minimum: 3, exclusiveMinimum: 2 }, { type: 'number', minimum: 3 }],
  ['list of examples', { type: 'string', examples: ['a', 'b'] }, { type: 'string', example: 'a' }],
  ['list of examples', { type: 'string', example: 'c', examples: ['a'] }, { type: 'string', example: 'c' }],
  ['list of examples', { type: 'string', examples: { a: { value: 'a' } } }, { type: 'string' }],
  ['items by position', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2, maxItems: 2 }, { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] }, minItems: 2, maxItems: 2 }],
  ['items by position', { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }], items: false }, { type: 'array', items: { type: 'integer' }, maxItems: 2 }],
  ['items by position', { type: 'array', items: [{ type: 'string' }], additionalItems: { type: 'integer' } }, { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } }],
  ['items by position', { type: 'array', prefixItems: [{ type: 'string' }] }, { type: 'array', items: {} }],
  ['condition', { type: 'object', properties: { a: { type: 'string' } }, if: { required: ['a'] }, then: { properties: { a: { const: 'x' }, b: { type: 'string' } }, required: ['b'] }, else: { properties: { b: { type: 'integer' } } } }, { type: 'object', properties: { a: { type: 'string' }, b: { anyOf: [{ type: 'string' }, { type: 'integer' }] } } }],
  ['condition', { type: 'object', dependentSchemas: { a: { properties: { b: { type: 'string' } } } }, dependentRequired: { a: ['c'] } }, { type: 'object', properties: { b: { type: 'string' } } }],
  ['properties by pattern', { type: 'object', patternProperties: { '^x': { type: 'string' } }, additionalProperties: false }, { type: 'object', additionalProperties: { type: 'string' } }],
  ['properties by pattern', { type: 'object', patternProperties: { '^x': { type: 'string' } } }, { type: 'object' }],
  ['unevaluatedProperties', { type: 'object', unevaluatedProperties: false }, { type: 'object', additionalProperties: false }],
  ['unevaluatedProperties', { type: 'object', anyOf: [{ type: 'object' }, { type: 'object', properties: {} }], unevaluatedProperties: false }, { type: 'object', anyOf: [{ type: 'object' }, { type: 'object', properties: {} }] }],
  ['content of a text', { type: 'string', contentEncoding: 'base64', contentMediaType: 'image/png' }, { type: 'string' }],
  ['definitions', { type: 'string', $defs: { A: { type: 'string' } }, definitions: {} }, { type: 'string' }],
  ['not', { type: 'object', not: { type: 'object', properties: { a: { type: 'string', contains: {} } } } }, { type: 'object' }],
  ['not', { type: 'object', not: true }, { type: 'object' }],
  ['not', { type: 'string', not: { const: 'a' } }, { type: 'string', not: { type: 'string', enum: ['a'] } }],
  ['unknown keyword', { type: 'array', items: { type: 'string' }, contains: {}, minContains: 1, unevaluatedItems: false }, { type: 'array', items: { type: 'string' } }],
  ['unknown keyword', { type: 'string', $schema: 'x', $id: 'y', $comment: 'z', $anchor: 'a', enumNames: ['A'], placeholder: 'b' }, { type: 'string' }],
  ['overlapping oneOf', { oneOf: [{ type: 'integer' }, { type: 'number' }] }, { anyOf: [{ type: 'integer' }, { type: 'number' }] }],
  ['enum value of the wrong type', { type: 'integer', enum: ['5s', '10s'] }, { type: 'string', enum: ['5s', '10s'] }],
  ['enum value of the wrong type', { type: 'integer', enum: [5, 'auto'] }, { anyOf: [{ type: 'string', enum: ['auto'] }, { type: 'integer', enum: [5] }] }],
  ['enum value of the wrong type', { type: 'array', enum: ['a'], items: { type: 'string' } }, { type: 'array', items: { type: 'string', enum: ['a'] } }],
  ['invalid pattern', { type: 'string', pattern: '^\\d+\\:\\d+$' }, { type: 'string', pattern: '^\\d+:\\d+$' }],
  ['invalid pattern', { type: 'string', pattern: '/^a$/i' }, { type: 'string' }],
  ['undeclared required property', { type: 'object', required: ['toString'] }, { type: 'object', required: ['toString'], properties: { toString: {} } }],
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

test('a negation that no repair changes stays', () => {
  const schema = { type: 'object', properties: { a: {}, b: {} }, not: { required: ['a', 'b'] } };

  assert.deepEqual(repaired(structuredClone(schema)), [schema]);
});

/** The schema of a request with these properties, and the names of the rules that were applied. */
function repairedRequest(properties, more) {
  const tally = new Tally();
  const schema = repairSchema({ type: 'object', properties: { model: { type: 'string', enum: ['a/b'] }, ...properties }, required: ['model'], ...more }, tally);
  return [repairRequest(schema, 'a/b', tally), ...tally.counts.keys()];
}

const object = (properties, more) => ({ type: 'object', properties, ...more });

/** Schema, examples that are valid for it, and examples that are not. */
for (const [schema, valid, wrong] of [
  [{ type: 'string', enum: ['a'] }, ['a'], ['b', 5, null]],
  [{ type: 'string', nullable: true, minLength: 2, maxLength: 3, pattern: '^x' }, ['xy', 'x😀', null], ['x', 'yx', 'xxxx']],
  [{ type: 'string', format: 'uri' }, ['https://a/b', 'data:image/png;base64,AA=='], ['fox.png', '']],
  [{ type: 'integer', minimum: 1, maximum: 10 }, [1, 10, 5.0], [0, 11, 5.5, '5']],
  [{ type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true, multipleOf: 0.1 }, [0.3, 0.9], [0, 1, 0.25]],
  [{ type: 'boolean' }, [true], ['true', 1]],
  [{ type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2, uniqueItems: true }, [[1], [1, 2]], [[], ['1'], [1, 1], [1, 2, 3], {}]],
  [object({ a: { type: 'string' }, b: {} }, { required: ['a'] }), [{ a: 'x' }, { a: 'x', b: 1, c: 2 }], [{}, { a: 1 }, [], 'a']],
  [object({ a: {} }, { additionalProperties: false }), [{ a: 1 }, {}], [{ constructor: 1 }]],
  [{ type: 'object', additionalProperties: { type: 'integer' }, minProperties: 1, maxProperties: 2 }, [{ x: 1 }], [{}, { x: 'a' }, { x: 1, y: 2, z: 3 }]],
  [{ anyOf: [{ type: 'string' }, { type: 'integer' }] }, ['a', 1], [1.5, true]],
  [{ oneOf: [{ type: 'string', enum: ['a'] }, { type: 'integer' }] }, ['a', 1], ['b']],
  [{ type: 'string', not: { type: 'string', enum: ['a'] } }, ['b'], ['a']],
])
  test(`example against its schema: ${JSON.stringify(schema)}`, () => {
    for (const example of valid) assert.deepEqual(repairedRequest({ x: { ...schema, example } })[0].properties.x.example, example, JSON.stringify(example));
    for (const example of wrong) {
      const [{ properties }, ...rules] = repairedRequest({ x: { ...structuredClone(schema), example } });
      assert.deepEqual([properties.x, ...rules], [schema, 'example against its schema'], JSON.stringify(example));
    }
  });

test('an example is compared with what the other rules make of its schema', () => {
  const [schema, ...rules] = repairedRequest(
    { duration: { type: 'int', enum: ['5', '10'], example: 5 }, size: { const: 'a', examples: ['b'] } },
    { example: { model: 'a/b', duration: 7 } },
  );

  assert.deepEqual(schema.properties.duration, { type: 'integer', enum: [5, 10], example: 5 });
  assert.deepEqual(schema.properties.size, { type: 'string', enum: ['a'] });
  assert.equal(schema.example, undefined);
  assert.equal(rules.at(-1), 'example against its schema');
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
