import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { identify, isAlive } from './lock.mjs';
import type { ProcessIdentity } from './processes.ts';

const PREFIX = 'headwater-';
const OWNER = 'owner.json';

function ownerOf(folder: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, OWNER), 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Removes what runs that were killed could not remove themselves. */
function sweep(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(os.tmpdir(), name);
    const owner = ownerOf(folder);
    try {
      if (owner && !isAlive(owner)) fs.rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's, or just being removed by somebody else.
    }
  }
}

/** A folder that lives no longer than this process does, or the next run on this machine. */
export function temporaryFolder(purpose: string): string {
  sweep();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${purpose}-`));
  // Postgres may run under another account, which must be able to pass through.
  fs.chmodSync(folder, 0o711);
  fs.writeFileSync(path.join(folder, OWNER), JSON.stringify(identify(process.pid)));
  return folder;
}
