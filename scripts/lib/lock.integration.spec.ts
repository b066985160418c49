import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { identify, isAlive, tryLock, withLock } from './lock.mjs';
import { fromRoot } from './paths.ts';
import { temporaryFolder } from './temporary.ts';

const folder = temporaryFolder('lock');
const file = path.join(folder, 'lock');

beforeEach(() => fs.rmSync(file, { force: true }));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function release(lock: ReturnType<typeof tryLock>): void {
  if ('holder' in lock) throw new Error('not taken');
  lock.release();
}

test('who holds it is told to whoever comes second', () => {
  const first = tryLock(file);
  expect(tryLock(file)).toEqual({ holder: identify(process.pid) });
  release(first);
  release(tryLock(file));
});

test('what a killed process left is taken over', () => {
  const script = `import('${fromRoot('scripts/lib/lock.mjs')}').then(({ tryLock }) => { tryLock('${file}'); process.kill(process.pid, 'SIGKILL'); })`;
  expect(spawnSync(process.execPath, ['-e', script]).signal).toBe('SIGKILL');
  expect(fs.existsSync(file)).toBe(true);
  release(tryLock(file));
});

test('a number used again by another process does not keep it', () => {
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, born: 'another day' }));
  expect(isAlive({ pid: process.pid, born: 'another day' })).toBe(false);
  release(tryLock(file));
});

test('a file cut off while written does not keep it', () => {
  fs.writeFileSync(file, '{"pid":');
  release(tryLock(file));
});

test('work under it never overlaps, also when the lock it finds is stale', async () => {
  fs.writeFileSync(file, JSON.stringify({ pid: 1, born: 'never' }));
  let inside = 0;
  const seen: number[] = [];
  const work = async () => {
    inside += 1;
    seen.push(inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(file, work)));
  expect(seen).toEqual([1, 1, 1]);
});
