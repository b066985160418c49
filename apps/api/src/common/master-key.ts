import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  mkdirSync(config.dataDir, { recursive: true });
  try {
    // wx: of two processes that start at once, one writes and the other reads what it wrote.
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return decode(readFileSync(path, 'utf8').trim(), path);
}

function decode(text: string, source: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`${source} does not hold a master key (64 hex digits)`);
  return Buffer.from(text, 'hex');
}
