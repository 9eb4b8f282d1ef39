import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { create, page, retrieve } from './samples.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLACE = mkdtempSync(join(tmpdir(), 'aiml-video-test-'));
const KLING = 'kling-video/v1/standard/image-to-video';
const DOCUMENTED = 'documented/kling-video-v1-standard-image-to-video.create.json';

/** Each test has a copy of the contract and the script, which it may spoil. */
beforeEach(() => {
  rmSync(join(PLACE, 'openapi'), { recursive: true, force: true });
  mkdirSync(join(PLACE, 'scripts'), { recursive: true });
  cpSync(join(ROOT, 'scripts/regenerate'), join(PLACE, 'scripts/regenerate'));
  cpSync(join(ROOT, 'openapi'), join(PLACE, 'openapi'), { recursive: true, preserveTimestamps: true, filter: (file) => basename(file) !== 'node_modules' });
  symlinkSync(join(ROOT, 'openapi/node_modules'), join(PLACE, 'openapi/node_modules'));
});
after(() => rmSync(PLACE, { recursive: true }));

function regenerate(...args) {
  const { status, stdout, stderr } = spawnSync('bash', [join(PLACE, 'scripts/regenerate'), ...args], { encoding: 'utf8', cwd: PLACE });
  return { status, stdout, stderr };
}

function file(name, content) {
  writeFileSync(join(PLACE, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

const contract = (name) => readFileSync(join(PLACE, 'openapi', name), 'utf8');

/** Everything in openapi/, to see whether anything changed. */
const everything = () =>
  ['.', 'documented']
    .flatMap((folder) => readdirSync(join(PLACE, 'openapi', folder), { withFileTypes: true }).map((entry) => [entry, join(folder, entry.name)]))
    .filter(([entry]) => entry.isFile())
    .map(([, name]) => [name, contract(name)]);

const kling = () => JSON.parse(contract(DOCUMENTED));
const klingSchema = (document) => document.paths['/v2/video/generations'].post.requestBody.content['application/json'].schema;

test('a page of another model is added, and the contract is in step', () => {
  const { status, stdout } = regenerate(file('page.md', page(create('new/model', { image_url: { type: 'string', format: 'uri' } }), retrieve())));

  assert.equal(status, 0, stdout);
  assert.match(stdout, /create new\/model becomes documented\/new-model\.create\.json/);
  assert.match(stdout, /repaired: response description missing \(2\)/);
  assert.match(stdout, /\+ NewModelRequest added \(new\/model\)/);
  assert.match(contract('aiml-video.yaml'), /\$ref: '#\/components\/schemas\/NewModelRequest'/);
  assert.equal(regenerate('--check').status, 0);
});

test('a model and values that are no ASCII are taken, and reach no header of the mock', () => {
  const { status, stderr } = regenerate(file('new.json', create('新/模型', { style: { type: 'string', enum: ['写实', 'a.b'] } })));

  assert.equal(status, 0, stderr);
  assert.ok(contract('mock.yaml').includes('pattern: ^(?:\\u5199\\u5b9e|a\\.b)$'), contract('mock.yaml'));
  assert.doesNotMatch(contract('client.yaml'), /^ {4}UntypedVideoRequest:/m, 'that class is written by hand');
});

test('a page of the model that is there replaces it', () => {
  const document = kling();
  klingSchema(document).properties.seed = { type: 'integer' };

  const { status, stdout } = regenerate(file('kling.json', document));

  assert.equal(status, 0, stdout);
  assert.match(stdout, new RegExp(`create ${KLING} replaces ${DOCUMENTED}`));
  assert.match(stdout, /\+ KlingVideoV1StandardImageToVideoRequest\.seed added/);
  assert.equal(contract(DOCUMENTED), JSON.stringify(document), 'kept as published');
  assert.equal(readdirSync(join(PLACE, 'openapi/documented')).length, 2);
});

test('a change that breaks callers is not taken without a word', () => {
  const document = kling();
  delete klingSchema(document).properties.cfg_scale;
  file('kling.json', document);
  const before = everything();

  const refused = regenerate('kling.json');
  assert.equal(refused.status, 3);
  assert.match(refused.stdout, /! KlingVideoV1StandardImageToVideoRequest\.cfg_scale removed/);
  assert.deepEqual(everything(), before);

  assert.equal(regenerate('--accept-breaking', 'kling.json').status, 0);
  assert.doesNotMatch(contract('aiml-video.yaml'), /cfg_scale/);
});

test('a correction of what is no longer there is told', () => {
  const document = kling();
  delete klingSchema(document).properties.dynamic_masks;

  const { status, stdout } = regenerate('--accept-breaking', file('kling.json', document));

  assert.equal(status, 0);
  assert.match(stdout, /note: overlay\.yaml: nothing matches .*dynamic_masks/);
});

test('a dry run changes nothing', () => {
  const before = everything();

  const { status, stdout } = regenerate('--dry-run', file('new.json', create('new/model')));

  assert.equal(status, 0);
  assert.match(stdout, /nothing was written/);
  assert.deepEqual(everything(), before);
});

test('a file that cannot be used is named, and nothing is half done', () => {
  const before = everything();
  const good = file('good.json', create('new/model'));

  for (const [bad, why] of [
    [file('broken.md', page(create('x/y')).replace('"paths":', '"paths"')), /broken\.md: line 16: no JSON/],
    [file('words.md', '# Words\n'), /words\.md: no JSON block/],
    [file('chat.json', create('gpt', {}, { path: '/v1/chat' })), /chat\.json: \$\.paths: no operation/],
    ['missing.json', /missing\.json: cannot be read: ENOENT/],
  ]) {
    const { status, stderr } = regenerate(good, bad);
    assert.equal(status, 2, stderr);
    assert.match(stderr, why);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
  assert.deepEqual(everything(), before);
});

test('the same model twice is taken once if both say the same, else refused', () => {
  const one = file('one.json', create('new/model'));
  const same = file('same.json', create('new/model'));
  const other = file('other.json', create('new/model', { prompt: { type: 'string' } }));

  assert.match(regenerate('--dry-run', one, other).stderr, /other\.json: .*one\.json publishes new\/model too, and otherwise/);
  assert.equal(regenerate(one, same).status, 0);
});

test('a retrieve operation alone is taken as such', () => {
  const { status, stdout } = regenerate(file('fetch.json', retrieve()));

  assert.equal(status, 0);
  assert.match(stdout, /retrieve becomes documented\/retrieve\.json/);
});

test('a contract that is out of step is found, with the difference', () => {
  writeFileSync(join(PLACE, 'openapi/client.yaml'), contract('client.yaml').replace('cfg_scale', 'cfg_scales'));

  const { status, stdout, stderr } = regenerate('--check');

  assert.equal(status, 1);
  assert.match(stdout, /-\s+cfg_scales/);
  assert.match(stderr, /client\.yaml is not what its sources give: run scripts\/regenerate/);
});

test('wrong usage is said in one line', () => {
  for (const args of [['--chek'], ['--check', 'x'], ['--try'], ['--dry-run'], ['--check', '--try', 'x'], ['--spend', 'x']]) {
    const { status, stderr } = regenerate(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, /^regenerate: .*--help\)\n$/);
  }
  assert.equal(regenerate('--help').status, 0);
  assert.ok(!existsSync(join(PLACE, 'openapi/names.yaml.part')));
});
