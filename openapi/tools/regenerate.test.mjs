import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { ContractCopy, DOCUMENTED, KLING, ROOT, schemaOf as klingSchema } from './test-copy.mjs';
import { create, modern, page, retrieve } from './test-documents.mjs';

const copy = new ContractCopy();
const PLACE = copy.place;
beforeEach(() => copy.refresh());
after(() => copy.remove());

const [regenerate, file, contract, allFiles, kling] = ['regenerate', 'file', 'contract', 'allFiles', 'kling'].map((name) => copy[name].bind(copy));

test('a page of a new model is imported, and the contract is up to date', () => {
  const { status, stdout } = regenerate(file('page.md', page(create('new/model', { image_url: { type: 'string', format: 'uri' } }), retrieve())));

  assert.equal(status, 0, stdout);
  assert.match(stdout, /create new\/model becomes documented\/new-model\.create\.json/);
  assert.match(stdout, /repaired: missing response description \(2\)/);
  assert.match(stdout, /\+ NewModelRequest added \(new\/model\)/);
  assert.match(contract('aiml-video.yaml'), /\$ref: '#\/components\/schemas\/NewModelRequest'/);
  assert.deepEqual(JSON.parse(contract('forms.json')).models['new/model'].properties, { image_url: { type: 'string', format: 'uri' } });
  assert.equal(regenerate('--check').status, 0);
});

test('a model and values that are not ASCII are imported, and reach no header of the mock', () => {
  const { status, stderr } = regenerate(file('new.json', create('新/模型', { style: { type: 'string', enum: ['写实', 'a.b'] } })));

  assert.equal(status, 0, stderr);
  assert.ok(contract('mock.yaml').includes('pattern: ^(?:\\u5199\\u5b9e|a\\.b)$'), contract('mock.yaml'));
});

test('a document of OpenAPI 3.1 is imported, and each repair is named', () => {
  const { status, stdout, stderr } = regenerate(file('new.json', modern('new/model')));

  assert.equal(status, 0, stderr);
  for (const rule of ['const', 'list of types', 'type null', 'exclusive limit as a number', 'list of examples', 'items by position', 'condition', 'properties by pattern', 'unevaluatedProperties', 'content of a text', 'definitions', 'not', 'unknown keyword', 'example against its schema'])
    assert.match(stdout, new RegExp(`^repaired: ${rule} \\(\\d+\\)$`, 'm'));
  assert.match(stdout, /\+ NewModelSpeed added/);
  assert.equal(regenerate('--check').status, 0);
});

test('a page of a known model replaces its document', () => {
  const document = kling();
  klingSchema(document).properties.seed = { type: 'integer' };

  const { status, stdout } = regenerate(file('kling.json', document));

  assert.equal(status, 0, stdout);
  assert.match(stdout, new RegExp(`create ${KLING} replaces ${DOCUMENTED}`));
  assert.match(stdout, /\+ KlingVideoV1StandardImageToVideoRequest\.seed added/);
  assert.equal(contract(DOCUMENTED), JSON.stringify(document), 'as published');
  assert.equal(readdirSync(join(PLACE, 'openapi/documented')).length, 2);
});

test('a breaking change must be accepted', () => {
  const document = kling();
  delete klingSchema(document).properties.cfg_scale;
  file('kling.json', document);
  const before = allFiles();

  const refused = regenerate('kling.json');
  assert.equal(refused.status, 3);
  assert.match(refused.stdout, /! KlingVideoV1StandardImageToVideoRequest\.cfg_scale removed/);
  assert.deepEqual(allFiles(), before);

  assert.equal(regenerate('--accept-breaking', 'kling.json').status, 0);
  assert.doesNotMatch(contract('aiml-video.yaml'), /cfg_scale/);
});

/** The line of the contract's example with this name in overlay.yaml. */
const exampleLine = (name) => contract('overlay.yaml').split('\n').findLastIndex((line) => line.trim() === `${name}:`) + 1;

for (const [what, edit, violation] of [
  ['a property made required', (schema) => schema.required.push('prompt'), 'prompt is missing, which is required'],
  ['a value removed', ({ properties }) => properties.camera_control.properties.type.enum.shift(), 'camera_control.type = "simple" violates enum \\["down_back"'],
  ['a range narrowed', ({ properties }) => (properties.camera_control.properties.config.properties.zoom.maximum = 4), 'camera_control.config.zoom = 5 violates maximum 4'],
])
  test(`changes come first, then each example that they spoil, with file and line: ${what}`, () => {
    const document = kling();
    edit(klingSchema(document));
    file('kling.json', document);
    file('other.json', create('other/model', { prompt: { type: 'integer' } }, { required: ['prompt'] }));
    const before = allFiles();

    const { status, stdout, stderr } = regenerate('kling.json', 'other.json');

    assert.equal(status, 2);
    assert.match(stdout, /^! /m);
    const [, line, ...more] = stderr.trim().split('\n');
    assert.deepEqual(more, []);
    const [, at] = new RegExp(`^openapi/overlay\\.yaml:(\\d+): the example cameraMove does not fit its schema: ${violation}.*; correct the example$`).exec(line) ?? [];
    assert.equal(Number(at), exampleLine('cameraMove') + 2, line);
    assert.deepEqual(allFiles(), before);
  });

test('a problem of what people edit is reported with file and line', () => {
  writeFileSync(join(PLACE, 'openapi/overlay.yaml'), contract('overlay.yaml').replace('status: generating }', 'status: 5 }'));
  const logs = contract('supplement/logs.yaml').replace('summary:', 'sumary:');
  writeFileSync(join(PLACE, 'openapi/supplement/logs.yaml'), logs);

  for (const args of [[], ['--check']]) {
    const { status, stderr } = regenerate(...args);
    assert.equal(status, 1, stderr);
    assert.match(stderr, new RegExp(`^openapi/overlay\\.yaml:${exampleLine('generating') + 2}: .*/generating/value/status .* type must be string`, 'm'));
    assert.match(stderr, new RegExp(`^openapi/supplement/logs\\.yaml:${logs.split('\n').findIndex((line) => line.includes('sumary')) + 1}: .* \`sumary\` is not expected`, 'm'));
  }
});

test('an obsolete correction is reported', () => {
  const document = kling();
  delete klingSchema(document).properties.dynamic_masks;

  const { status, stdout } = regenerate('--accept-breaking', file('kling.json', document));

  assert.equal(status, 0);
  assert.match(stdout, /note: overlay\.yaml: nothing matches .*dynamic_masks/);
});

test('a dry run writes nothing', () => {
  const before = allFiles();

  const { status, stdout } = regenerate('--dry-run', file('new.json', create('new/model')));

  assert.equal(status, 0);
  assert.match(stdout, /nothing written/);
  assert.deepEqual(allFiles(), before);
});

test('a file that cannot be imported is named, and nothing is written', () => {
  const before = allFiles();
  const good = file('good.json', create('new/model'));

  for (const [bad, why] of [
    [file('broken.md', page(create('x/y')).replace('"paths":', '"paths"')), /broken\.md: line 16: invalid JSON/],
    [file('prose.md', '# Prose\n'), /prose\.md: no JSON block/],
    [file('chat.json', create('gpt', {}, { path: '/v1/chat' })), /chat\.json: \$\.paths: no operation/],
    ['missing.json', /missing\.json: cannot be read: no such file/],
  ]) {
    const { status, stderr } = regenerate(good, bad);
    assert.equal(status, 2, stderr);
    assert.match(stderr, why);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
  assert.deepEqual(allFiles(), before);
});

test('a model published twice is imported once if both are equal, else refused', () => {
  const one = file('one.json', create('new/model'));
  const same = file('same.json', create('new/model'));
  const other = file('other.json', create('new/model', { prompt: { type: 'string' } }));

  assert.match(regenerate('--dry-run', one, other).stderr, /other\.json: .*one\.json publishes a different version of new\/model; import one of them/);
  assert.equal(regenerate(one, same).status, 0);
});

test('a retrieve operation is imported alone', () => {
  const { status, stdout } = regenerate(file('fetch.json', retrieve()));

  assert.equal(status, 0);
  assert.match(stdout, /retrieve becomes documented\/retrieve\.json/);
});

for (const [name, difference] of [['client.yaml', /^-\s+cfg_scales:/m], ['forms.json', /^-\s+"cfg_scales":/m]])
  test(`an outdated file is reported with the difference: ${name}`, () => {
    writeFileSync(join(PLACE, 'openapi', name), contract(name).replace('cfg_scale', 'cfg_scales'));

    const { status, stdout, stderr } = regenerate('--check');

    assert.equal(status, 1);
    assert.match(stdout, difference);
    assert.equal(stderr, `regenerate: openapi/${name} is out of date; run scripts/regenerate\n`);
  });

test('wrong usage is reported in one line', () => {
  for (const args of [['--chek'], ['--check', 'x'], ['--check=x'], ['--try'], ['--dry-run'], ['--check', '--try', 'x'], ['--spend', 'x'], ['--verify', '--base-url']]) {
    const { status, stderr } = regenerate(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, /^regenerate: .*--help\)\n$/);
  }
  assert.equal(regenerate('--help').status, 0);
  assert.ok(!existsSync(join(PLACE, 'openapi/names.yaml.part')));
});

test('packages stay in place while others are installed, or cannot be', () => {
  const present = join(PLACE, 'openapi/node_modules');
  mkdirSync(join(PLACE, 'bin'), { recursive: true });
  const npm = (...lines) => writeFileSync(join(PLACE, 'bin/npm'), ['#!/bin/sh', `[ -d '${present}/yaml' ] || exit 9`, ...lines].join('\n'), { mode: 0o755 });
  const outdate = () => utimesSync(join(PLACE, 'openapi/package-lock.json'), new Date(), new Date(Date.now() + 3_600_000));

  try {
    npm('exit 1');
    outdate();
    const failed = regenerate('--check');
    assert.equal(failed.status, 5);
    assert.equal(failed.stderr, 'regenerate: npm ci failed in openapi/\n');
    assert.ok(existsSync(join(present, 'yaml')));

    npm('for folder; do :; done', `ln -s '${join(ROOT, 'openapi/node_modules')}' "$folder/node_modules"`);
    assert.equal(regenerate('--check').status, 0);
    assert.ok(existsSync(join(present, 'yaml')) && existsSync(join(ROOT, 'openapi/node_modules/yaml')));
    assert.deepEqual(readdirSync(join(PLACE, 'openapi')).filter((name) => name.startsWith('.install')), []);
  } finally {
    rmSync(join(PLACE, 'bin'), { recursive: true });
  }
});

test('the script finds its root through symbolic links', () => {
  mkdirSync(join(PLACE, 'bin'), { recursive: true });
  symlinkSync(join(PLACE, 'scripts/regenerate'), join(PLACE, 'bin/absolute'));
  symlinkSync('absolute', join(PLACE, 'bin/relative'));

  const { status, stdout, stderr } = spawnSync('bash', [join(PLACE, 'bin/relative'), '--check'], { encoding: 'utf8', cwd: tmpdir() });

  assert.equal(status, 0, stdout + stderr);
});

test('a request class is never named like a handwritten one', () => {
  const { status, stdout } = regenerate(file('new.json', create('untyped-video')));

  assert.equal(status, 0, stdout);
  assert.match(stdout, /documented\/untyped-video-no2\.create\.json/);
});
