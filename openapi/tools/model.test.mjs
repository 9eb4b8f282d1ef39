// scripts/regenerate --model and --drift.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { docsJsonOf, entry, withCatalogue } from './test-catalogue.mjs';
import { ContractCopy, DOCUMENTED, KLING, ROOT, schemaOf } from './test-copy.mjs';
import { create, RESPONSE, retrieve } from './test-documents.mjs';
import { withMock } from './test-mock.mjs';
import { valueOf } from './yaml.mjs';

const copy = new ContractCopy();
beforeEach(() => copy.refresh());
after(() => copy.remove());

const text = { type: 'string' };
const CATALOGUE = [entry(KLING), entry('veo/v3.1/image-to-video', { aliases: ['google/veo-3.1-i2v'] }), entry('gpt-4o', { type: 'chat-completion' })];

/** Runs the script with this catalogue and these documents. */
async function run(args, { models = CATALOGUE, documents = {}, respond } = {}) {
  let result;
  await withCatalogue({ models, documents, respond }, async (url, requests) => {
    result = { ...(await copy.regenerating(...args, '--base-url', url)), requests, url };
  });
  return result;
}

/** The published document of the model that the contract has, changed. */
function kling(edit) {
  const document = copy.kling();
  edit(schemaOf(document).properties, schemaOf(document), document);
  return { [KLING]: document };
}

test('a model is imported from the document that the catalogue names, without a key', async () => {
  const documents = { 'veo/v3.1/image-to-video': create('veo/v3.1/image-to-video', { prompt: text }) };

  const { status, stdout, stderr, requests } = await run(['--model', 'veo/v3.1/image-to-video'], { documents });

  assert.equal(status, 0, stderr);
  assert.match(stdout, /^veo\/v3\.1\/image-to-video \(docsJson\): create veo\/v3\.1\/image-to-video becomes documented\/veo-v3-1-image-to-video\.create\.json$/m);
  assert.match(stdout, /\+ VeoV31ImageToVideoRequest added/);
  assert.deepEqual(requests, ['/v1/models?id=veo%2Fv3.1%2Fimage-to-video', docsJsonOf('veo/v3.1/image-to-video').replace('https://api.aimlapi.com', '')]);
  assert.equal(copy.regenerate('--check').status, 0);
});

test('an alias is resolved, and of a document of many models only this one is imported', async () => {
  const documents = { 'veo/v3.1/image-to-video': create(['other/model', 'google/veo-3.1-i2v', 'veo/v3.1/image-to-video'], { prompt: text }) };

  const { status, stdout, stderr } = await run(['--model', 'google/veo-3.1-i2v'], { documents });

  assert.equal(status, 0, stderr);
  assert.match(stdout, /^google\/veo-3\.1-i2v is an alias of veo\/v3\.1\/image-to-video$/m);
  assert.deepEqual(readdirSync(join(copy.place, 'openapi/documented')).filter((name) => !name.startsWith('kling')), ['veo-v3-1-image-to-video.create.json']);
});

test('a model keeps the name by which the contract knows it, and its class', async () => {
  const { status, stdout, stderr } = await run(['--model', 'kling/new-name'], {
    models: [entry('kling/new-name', { aliases: [KLING] })],
    documents: { 'kling/new-name': kling((properties) => Object.assign(properties, { model: { type: 'string', enum: ['kling/new-name'] }, seed: { type: 'integer' } }))[KLING] },
  });

  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, new RegExp(`create ${KLING} replaces ${DOCUMENTED}`));
  assert.deepEqual(stdout.split('\n').filter((line) => /^[+!*-] /.test(line)), ['+ KlingVideoV1StandardImageToVideoRequest.seed added']);
  assert.deepEqual(schemaOf(copy.kling()).properties.model.enum, [KLING]);
});

test('a document of a model replaces both operations, and a breaking change must be accepted', async () => {
  const documents = kling((properties, schema, document) => {
    delete properties.cfg_scale;
    Object.assign(document.paths['/v2/video/generations'], retrieve().paths['/v2/video/generations']);
  });
  const before = copy.allFiles();

  const refused = await run(['--model', KLING], { documents });
  assert.equal(refused.status, 3, refused.stderr);
  assert.match(refused.stdout, /retrieve replaces documented\/kling-video-v1-standard-image-to-video\.retrieve\.json/);
  assert.match(refused.stdout, /! KlingVideoV1StandardImageToVideoRequest\.cfg_scale removed/);
  assert.deepEqual(copy.allFiles(), before);

  assert.match((await run(['--model', KLING, '--accept-breaking', '--dry-run'], { documents })).stdout, /nothing written/);
  assert.deepEqual(copy.allFiles(), before);
  assert.equal((await run(['--model', KLING, '--accept-breaking'], { documents })).status, 0);
  assert.notDeepEqual(copy.allFiles(), before);
});

test('several models are imported together or not at all', async () => {
  const models = ['a/one', 'a/two'];
  const catalogue = { models: models.map((id) => entry(id)), documents: { 'a/one': create('a/one'), 'a/two': create('a/two') } };
  const before = copy.allFiles();

  assert.equal((await run(['--model', 'a/one', '--model', 'a/three'], catalogue)).status, 2);
  assert.deepEqual(copy.allFiles(), before);
  assert.equal((await run(['--model', 'a/one', '--model', 'a/two'], catalogue)).status, 0);
  assert.equal(readdirSync(join(copy.place, 'openapi/documented')).length, 4);
});

const large = (request, response) => request.url.startsWith('/docs-json') && response.end(Buffer.alloc(17 * 2 ** 20, ' '));
const cut = (request, response) => request.url.startsWith('/docs-json') && response.end(JSON.stringify(create(KLING)).slice(0, -20));
const html = (request, response) => response.end('<html></html>');

for (const [what, name, catalogue, exit, line] of [
  ['an unknown model', 'veo/v3.1/image-to-vide', {}, 2, /^the catalogue does not have the model veo\/v3\.1\/image-to-vide; the nearest are veo\/v3\.1\/image-to-video, /],
  ['an empty catalogue', KLING, { models: [] }, 2, /; it lists no video model$/],
  ['a model without video', 'gpt-4o', {}, 2, /^gpt-4o is not a video model, its type is chat-completion; choose a video model$/],
  ['a document elsewhere', KLING, { models: [entry(KLING, { docsJson: 'https://example.com/docs-json' })] }, 5, /outside the API, at https:\/\/example\.com\/docs-json/],
  ['no document', KLING, {}, 5, /docs-json\S+: the server returned 404; try again later$/],
  ['a document of another model', KLING, { documents: { [KLING]: create(['a/b', 'c/d']) } }, 2, /\(docsJson\): creates a\/b, c\/d, not kling-video\/v1\/standard\/image-to-video; import a file instead$/],
  ['a document of the retrieve alone', KLING, { documents: { [KLING]: retrieve() } }, 2, /\(docsJson\): creates no video, not kling/],
  ['a document of something else', KLING, { documents: { [KLING]: { a: 1 } } }, 2, /\(docsJson\): \$\.paths: missing/],
  ['a document that is cut off', KLING, { respond: cut }, 5, /docs-json\S+: the response is not JSON, or was cut off; try again later$/],
  ['a document that is too large', KLING, { respond: large }, 5, /docs-json\S+: the response has more than 16777216 bytes/],
  ['a catalogue of HTML', KLING, { respond: html }, 5, /v1\/models\S+: the server returned HTML, not JSON; try again later$/],
])
  test(`nothing is written, and one line says why: ${what}`, async () => {
    const before = copy.allFiles();

    const { status, stderr } = await run(['--model', name], catalogue);

    const [, text, ...more] = /^regenerate: (.*)\n([^]*)$/.exec(stderr) ?? [undefined, stderr];
    assert.match(text, line);
    assert.deepEqual([status, ...more], [exit, '']);
    assert.deepEqual(copy.allFiles(), before);
  });

/** Runs --drift, which must change nothing. */
async function drift(catalogue) {
  const before = copy.allFiles();
  const { status, stdout, stderr, ...rest } = await run(['--drift'], catalogue);
  assert.deepEqual(copy.allFiles(), before);
  return { status, lines: stdout.trim().split('\n'), stderr, ...rest };
}

for (const [what, edit, exit, lines] of [
  ['nothing', () => {}, 0, [`${KLING}: unchanged`, 'no changes for callers in 1 model']],
  ['words', (properties) => (properties.prompt.description = 'New words.'), 0, [`${KLING}: changed in words only, no changes for callers`, 'no changes for callers in 1 model']],
  [
    'an addition',
    (properties) => (properties.seed = { type: 'integer' }),
    0,
    [`${KLING}: changed`, '  + KlingVideoV1StandardImageToVideoRequest.seed added', 'the API has changed, no caller would break; import a document with: scripts/regenerate --model NAME'],
  ],
  [
    'a removal',
    (properties) => delete properties.cfg_scale,
    3,
    [`${KLING}: changed`, '  ! KlingVideoV1StandardImageToVideoRequest.cfg_scale removed', 'the API has changed, callers would break (!); import a document with: scripts/regenerate --model NAME'],
  ],
  [
    'a requirement',
    (properties, schema) => schema.required.push('prompt'),
    3,
    [`${KLING}: changed`, '  ! KlingVideoV1StandardImageToVideoRequest.prompt made required', 'the API has changed, callers would break (!); import a document with: scripts/regenerate --model NAME'],
  ],
])
  test(`drift reports what changed for callers: ${what}`, async () => {
    const result = await drift({ documents: kling(edit) });

    assert.deepEqual(result.lines, lines, result.stderr);
    assert.equal(result.status, exit);
  });

test('drift reports a model that is gone, or whose name is now an alias', async () => {
  const gone = await drift({ models: CATALOGUE.slice(1) });
  assert.equal(gone.status, 3);
  assert.equal(gone.lines[1], '  ! no longer in the catalogue; the nearest are veo/v3.1/image-to-video, google/veo-3.1-i2v');

  const { status, lines } = await drift({
    models: [entry('kling/new-name', { aliases: [KLING] })],
    documents: { 'kling/new-name': kling((properties) => (properties.model.enum = ['kling/new-name']))[KLING] },
  });
  assert.equal(status, 0);
  assert.equal(lines[0], `${KLING} (an alias of kling/new-name): unchanged`);
});

test('drift reports another path, to which the client does not send', async () => {
  const documents = kling((properties, schema, { paths }) => {
    paths['/v3/video/generations'] = paths['/v2/video/generations'];
    delete paths['/v2/video/generations'];
  });

  const { status, lines } = await drift({ documents });

  assert.equal(lines[1], '  ! create published at /v3/video/generations, no longer at /v2/video/generations');
  assert.equal(status, 3);
});

/** Adds a second model to the contract, whose response has a field that others lack. */
function addModel() {
  const response = { ...RESPONSE, properties: { ...RESPONSE.properties, mood: text } };
  assert.equal(copy.regenerate(copy.file('new.json', create('a/new', {}, { response }))).status, 0);
  return create('a/new', {}, { response });
}

test('drift compares the other models when one cannot be compared', async () => {
  const document = addModel();
  const models = [entry(KLING), entry('a/new')];

  const { status, lines } = await drift({ models, documents: { 'a/new': document } });
  assert.match(lines[0] + lines[1], /kling-video\/v1\/standard\/image-to-video: cannot be compared: http:\S+: the server returned 404; try again later/);
  assert.match(lines[0] + lines[1], /a\/new: unchanged/);
  assert.equal(lines.at(-1), 'not everything could be compared (1 failed)');
  assert.equal(status, 5);

  const broken = await drift({ models, documents: { [KLING]: kling((properties) => delete properties.prompt)[KLING] } });
  assert.equal(broken.status, 3, 'what breaks callers comes first');
});

test('drift reports a field that all responses have lost', async () => {
  addModel();

  const { status, lines } = await drift({ models: [entry(KLING), entry('a/new')], documents: { ...kling(() => {}), 'a/new': create('a/new') } });

  assert.equal(status, 3);
  assert.match(lines.join('\n'), /! VideoGenerationResponse\.mood removed/);
});

test('drift reports a catalogue that cannot be read in one line', async () => {
  for (const [catalogue, line] of [
    [{ respond: html }, /\/v1\/models: the server returned HTML, not JSON; try again later$/],
    [{ models: [] }, /\/v1\/models: the catalogue lists no video model; try again later$/],
  ]) {
    const { status, stderr } = await drift(catalogue);
    assert.match(stderr.trim(), /^regenerate: http:[^\n]*$/);
    assert.match(stderr.trim(), line);
    assert.equal(status, 5);
  }
});

test('against the mock a contract without changes has no drift, and an import by alias takes a change back', () =>
  withMock((contract) => contract, async (url) => {
    const before = copy.allFiles();
    const same = await copy.regenerating('--drift', '--base-url', url);
    assert.equal(same.status, 0, same.stderr);
    assert.equal(same.stdout, `${KLING}: unchanged\nno changes for callers in 1 model\n`);

    const changed = kling((properties) => (properties.seed = { type: 'integer' }))[KLING];
    assert.equal(copy.regenerate(copy.file('changed.json', changed)).status, 0);
    const other = await copy.regenerating('--drift', '--base-url', url);
    assert.equal(other.status, 3, other.stderr);
    assert.match(other.stdout, /^ {2}! KlingVideoV1StandardImageToVideoRequest\.seed removed$/m);

    const imported = await copy.regenerating('--model', 'klingai/v1-standard-image-to-video', '--accept-breaking', '--base-url', url);
    assert.equal(imported.status, 0, imported.stderr);
    assert.deepEqual(copy.allFiles(), before);
  }));

test('wrong usage of --model and --drift is reported in one line', () => {
  for (const [args, line] of [
    [['--model'], /--model needs a value/],
    [['--model', ''], /--model is empty; give the id or an alias of a model/],
    [['--model', 'x', 'file'], /--model takes no file/],
    [['--drift', 'file'], /--drift takes no file/],
    [['--drift', '--model', 'x'], /--model and --drift cannot be combined/],
    [['--drift', '--dry-run'], /--drift and --dry-run cannot be combined/],
    [['--base-url', 'http://127.0.0.1'], /--base-url needs --model or --drift or --verify/],
    [['--drift', '--base-url', 'http://example.com'], /must be https/],
  ]) {
    const { status, stderr } = copy.regenerate(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, line);
    assert.equal(stderr.trim().split('\n').length, 1);
  }
});

test('the workflow is weekly, off by default, and without secrets; all workflows have pinned actions', () => {
  const folder = join(ROOT, '.github/workflows');
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const { on, jobs, permissions } = valueOf(read('drift.yml'));

  assert.match(on.schedule[0].cron, /^\d+ \d+ \* \* \d$/);
  for (const job of Object.values(jobs)) assert.match(job.if, /^vars\.\w+ == 'true'$/);
  assert.deepEqual(permissions, { contents: 'read' });
  assert.doesNotMatch(read('drift.yml'), /secrets\./);
  for (const name of readdirSync(folder)) for (const [, action] of read(name).matchAll(/uses: (.*)/g)) assert.match(action, /^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/);
});
