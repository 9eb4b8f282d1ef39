// Installs the packages of a folder. Other processes may be using or installing them, so they are replaced at once when all are there.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

const NPM = ['ci', '--ignore-scripts', '--silent', '--no-audit', '--no-fund', '--prefix'];

/** Installs what the lock file of a folder lists, unless it is there; returns whether it is there now. */
export function install(folder) {
  if (isInstalled(folder)) return true;
  const fresh = mkdtempSync(join(folder, '.install-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(folder, name), join(fresh, name));
    if (spawnSync('npm', [...NPM, fresh], { stdio: ['ignore', 2, 2] }).status !== 0) return false;
    utimesSync(markIn(fresh), new Date(), new Date());
    if (!isInstalled(folder)) replace(join(folder, 'node_modules'), join(fresh, 'node_modules'), join(fresh, 'old'));
    return true;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

const markIn = (folder) => join(folder, 'node_modules/.package-lock.json');

const isInstalled = (folder) => existsSync(markIn(folder)) && statSync(markIn(folder)).mtimeMs > statSync(join(folder, 'package-lock.json')).mtimeMs;

function replace(present, next, old) {
  if (existsSync(present)) renameSync(present, old);
  renameSync(next, present);
}
