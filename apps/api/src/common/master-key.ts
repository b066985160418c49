import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'master.key';

/**
 * The 32 bytes under which everything secret in the database is encrypted: from the configuration, or generated once
 * into `dataDir` in a file only its owner can read. Losing it means losing every custodial key, so it is never replaced:
 * a file that is there but unusable stops the start.
 */
export function loadMasterKey(config: { readonly masterKey: string | undefined; readonly dataDir: string }): Buffer {
  if (config.masterKey !== undefined) return decode(config.masterKey, 'MASTER_KEY');
  const path = join(config.dataDir, FILE);
  createOnce(config.dataDir, path);
  const openTo = statSync(path).mode & 0o077;
  if (process.platform !== 'win32' && openTo !== 0)
    throw new Error(`${path} can be read by others; run: chmod 600 ${path}`);
  return decode(readFileSync(path, 'utf8').trim(), path);
}

/** Of two processes that start at once the first link wins, and nobody ever sees a file that is only half written. */
function createOnce(directory: string, path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) return;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(own, path);
  } catch (error) {
    if (!isExisting(error)) throw error;
  } finally {
    unlinkSync(own);
  }
}

function isExisting(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}

function decode(text: string, source: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`${source} does not hold a master key (64 hex digits)`);
  return Buffer.from(text, 'hex');
}
