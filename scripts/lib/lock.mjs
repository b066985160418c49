/**
 * A lock file that says who holds it, so that one left behind by a killed process is recognised and taken over.
 * Plain JavaScript without dependencies: bootstrap uses it under any Node, before anything is installed.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** @typedef {{ pid: number, born: string }} ProcessIdentity */

const STEAL_GUARD_STALE_MS = 10_000;
const RETRY_MS = 100;

/**
 * When a process was born, in words that only compare for equality: numbers of processes are used again, this pair is
 * not. Undefined when there is no such process.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processBorn(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command name stands in brackets and may itself hold brackets and spaces: count from the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') return undefined;
      return `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8)}-${fields[19]}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid @returns {ProcessIdentity} */
export function identify(pid) {
  return { pid, born: processBorn(pid) ?? 'gone' };
}

/** @param {ProcessIdentity} identity */
export function isAlive(identity) {
  return processBorn(identity.pid) === identity.born;
}

/** @param {string} file @returns {ProcessIdentity | undefined} */
function readHolder(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Removes a dead holder's file. Only one process may do so at a time, and it looks again before it acts: otherwise a
 * slow one could remove the fresh lock of a quick one.
 * @param {string} file
 */
function removeStale(file) {
  const guard = `${file}.steal`;
  try {
    fs.mkdirSync(guard);
  } catch {
    const age = Date.now() - (fs.statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STEAL_GUARD_STALE_MS) fs.rmSync(guard, { recursive: true, force: true });
    return;
  }
  try {
    const holder = readHolder(file);
    if (!holder || !isAlive(holder)) fs.rmSync(file, { force: true });
  } finally {
    fs.rmSync(guard, { recursive: true, force: true });
  }
}

/**
 * Takes the lock, or answers who holds it.
 * @param {string} file
 * @returns {{ release: () => void } | { holder: ProcessIdentity }}
 */
export function tryLock(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const mine = identify(process.pid);
  // Written elsewhere and linked into place, so that nobody ever reads a half-written lock.
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify(mine));
  try {
    for (;;) {
      try {
        fs.linkSync(draft, file);
        return { release: () => fs.rmSync(file, { force: true }) };
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(file);
      if (holder && isAlive(holder)) return { holder };
      removeStale(file);
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/**
 * Waits for the lock, runs the work, gives the lock back.
 * @template T
 * @param {string} file
 * @param {() => T | Promise<T>} work
 * @param {(holder: ProcessIdentity) => void} [onWait] called once when somebody else is at it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  let told = false;
  for (;;) {
    const lock = tryLock(file);
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!told) onWait?.(lock.holder);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
