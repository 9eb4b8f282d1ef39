// Lints contracts with Redocly, by the rules of redocly.yaml.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { UserError } from './schemas.mjs';
import { OPENAPI } from './sources.mjs';

/** The problems of a contract, as `{ pointer, text }`. */
export function lint(yaml) {
  const folder = mkdtempSync(join(tmpdir(), 'aiml-video-'));
  try {
    const file = join(folder, 'aiml-video.yaml');
    writeFileSync(file, yaml);
    return lintFiles([file]).get(file) ?? [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The problems of each file that has any. */
export function lintFiles(files) {
  if (files.length === 0) return new Map();
  const cli = join(OPENAPI, 'node_modules/@redocly/cli/bin/cli.js');
  const args = [cli, 'lint', ...files, '--config', join(OPENAPI, 'redocly.yaml'), '--format=json', '--max-problems=1000'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, REDOCLY_TELEMETRY: 'off' }, encoding: 'utf8', maxBuffer: 1 << 30 });
  const found = new Map();
  if (status === 0) return found;
  for (const { message, ruleId, location: [place] } of reportsIn(stdout).flatMap(({ problems }) => problems)) {
    const file = resolve(place.source.ref);
    const { pointer = '' } = place;
    const problems = found.get(file) ?? new Map();
    const text = `${pointer} ${message} (${ruleId})`;
    found.set(file, problems.set(text, { pointer, text }));
  }
  if (found.size === 0) throw new UserError(`the linter exited with ${status}: ${stderr.trim()}`);
  return new Map([...found].map(([file, problems]) => [file, [...problems.values()]]));
}

/** The linter prints one JSON object after the other. */
function reportsIn(text) {
  return text.replace(/^\}\{/gm, '}\n{').split(/^(?=\{)/m).filter((part) => part.startsWith('{')).map((part) => JSON.parse(part));
}
