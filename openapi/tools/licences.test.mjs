import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { notAllowed } from './licences.mjs';

const lock = (packages) => ({ packages: { '': { name: 'root' }, ...packages } });
const one = (license) => lock({ 'node_modules/a/node_modules/@b/c': { version: '1.0.0', license } });

for (const folder of ['openapi', 'mock']) {
  test(`all packages of ${folder}/ have an allowed licence`, () => {
    const file = JSON.parse(readFileSync(new URL(`../../${folder}/package-lock.json`, import.meta.url), 'utf8'));

    assert.ok(Object.keys(file.packages).length > 1);
    assert.deepEqual(notAllowed(file), []);
  });
}

test('other and missing licences are reported', () => {
  assert.deepEqual(notAllowed(one('GPL-3.0-only')), ['@b/c 1.0.0: GPL-3.0-only']);
  assert.deepEqual(notAllowed(one(undefined)), ['@b/c 1.0.0: no licence']);
  assert.deepEqual(notAllowed(one('SEE LICENSE IN LICENSE.md')), ['@b/c 1.0.0: SEE LICENSE IN LICENSE.md']);
});

test('OR needs one allowed licence, AND needs all', () => {
  assert.deepEqual(notAllowed(one('(MIT OR GPL-3.0-only)')), []);
  assert.deepEqual(notAllowed(one('MIT AND ISC')), []);
  assert.deepEqual(notAllowed(one('MIT AND GPL-3.0-only')), ['@b/c 1.0.0: MIT AND GPL-3.0-only']);
});
