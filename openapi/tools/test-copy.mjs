// A copy of the contract and the script, for tests that change it.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const KLING = 'kling-video/v1/standard/image-to-video';
export const DOCUMENTED = 'documented/kling-video-v1-standard-image-to-video.create.json';

export class ContractCopy {
  place = mkdtempSync(join(tmpdir(), 'aiml-video-test-'));

  refresh() {
    rmSync(join(this.place, 'openapi'), { recursive: true, force: true });
    mkdirSync(join(this.place, 'scripts'), { recursive: true });
    cpSync(join(ROOT, 'scripts/regenerate'), join(this.place, 'scripts/regenerate'));
    cpSync(join(ROOT, 'openapi'), join(this.place, 'openapi'), { recursive: true, preserveTimestamps: true, filter: (file) => basename(file) !== 'node_modules' });
    symlinkSync(join(ROOT, 'openapi/node_modules'), join(this.place, 'openapi/node_modules'));
  }

  remove() {
    rmSync(this.place, { recursive: true });
  }

  regenerate(...args) {
    const { status, stdout, stderr } = spawnSync('bash', [join(this.place, 'scripts/regenerate'), ...args], { encoding: 'utf8', ...this.options() });
    return { status, stdout, stderr };
  }

  /** The same without blocking this process, which may be the server. */
  regenerating(...args) {
    const child = spawn('bash', [join(this.place, 'scripts/regenerate'), ...args], this.options());
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', (text) => (output[stream] += text));
    return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...output })));
  }

  options() {
    return { cwd: this.place, env: { ...process.env, PATH: `${join(this.place, 'bin')}:${process.env.PATH}` } };
  }

  file(name, content) {
    writeFileSync(join(this.place, name), typeof content === 'string' ? content : JSON.stringify(content));
    return name;
  }

  contract(name) {
    return readFileSync(join(this.place, 'openapi', name), 'utf8');
  }

  /** The content of all files of openapi/. */
  allFiles() {
    return ['.', 'documented']
      .flatMap((folder) => readdirSync(join(this.place, 'openapi', folder), { withFileTypes: true }).map((entry) => [entry, join(folder, entry.name)]))
      .filter(([entry]) => entry.isFile())
      .map(([, name]) => [name, this.contract(name)]);
  }

  kling() {
    return JSON.parse(this.contract(DOCUMENTED));
  }
}

export const schemaOf = (document) => document.paths['/v2/video/generations'].post.requestBody.content['application/json'].schema;
