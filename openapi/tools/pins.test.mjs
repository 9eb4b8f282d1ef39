// What the build and the mock download is pinned, and anything else is refused.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLACE = mkdtempSync(join(tmpdir(), 'aiml-video-pins-'));
after(() => rmSync(PLACE, { recursive: true }));

const read = (name) => readFileSync(join(ROOT, name), 'utf8');

test('mvnw refuses a Maven with another checksum, and keeps nothing of it', async () => {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    response.end('not Maven');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = { ...process.env, MAVEN_USER_HOME: join(PLACE, 'maven'), MVNW_REPOURL: `http://127.0.0.1:${server.address().port}`, no_proxy: '127.0.0.1' };
  const mvnw = spawn('sh', [join(ROOT, 'mvnw'), '--version'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  mvnw.stderr.on('data', (text) => (stderr += text));
  const status = await new Promise((resolve) => mvnw.on('close', resolve));
  server.close();

  assert.equal(status, 1);
  assert.match(stderr, /Failed to validate Maven distribution SHA-256/);
  assert.match(requests.join(), /^\/org\/apache\/maven\/apache-maven\/[\d.]+\/apache-maven-[\d.]+-bin\.(zip|tar\.gz)$/);
  assert.equal(readdirSync(join(PLACE, 'maven/wrapper/dists'), { recursive: true }).length, 1, 'the folder of the version alone');
  assert.match(read('.mvn/wrapper/maven-wrapper.properties'), /^distributionSha256Sum=[0-9a-f]{64}$/m);
});

test('Docker runs the same Prism as Node', () => {
  const { dependencies } = JSON.parse(read('mock/package.json'));
  const [, image] = /PRISM_IMAGE:-([^}]+)\}/.exec(read('mock/compose.yaml'));
  const [, ofScript] = /PRISM_IMAGE:-([^}]+)\}/.exec(read('scripts/mock'));

  assert.equal(image, ofScript);
  assert.equal(image, `stoplight/prism:${dependencies['@stoplight/prism-cli']}`);
});

for (const [what, env, expected] of [
  ['of its own version', {}, /^stoplight\/prism:[\d.]+$/],
  ['that is named, by a digest for instance', { PRISM_IMAGE: `mirror.example.com/prism:1@sha256:${'0'.repeat(64)}` }, /^mirror\.example\.com\/prism:1@sha256:0{64}$/],
])
  test(`the mock fetches the image ${what}`, () => {
    const log = join(PLACE, 'pulled');
    writeFileSync(join(PLACE, 'docker'), `#!/bin/sh\ncase $1 in pull) echo "$3" >'${log}'; exit 1 ;; image) exit 1 ;; esac\n`);
    chmodSync(join(PLACE, 'docker'), 0o755);

    const { status, stderr } = spawnSync('bash', [join(ROOT, 'scripts/mock'), '--docker', '--port', '0'], { encoding: 'utf8', env: { ...process.env, PRISM_IMAGE: '', PRISM_URL: '', ...env, PATH: `${PLACE}:${process.env.PATH}` } });

    assert.equal(status, 5, stderr);
    assert.match(readFileSync(log, 'utf8').trim(), expected);
    assert.match(stderr, /Docker cannot fetch /);
  });
