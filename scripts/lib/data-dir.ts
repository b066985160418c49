import fs from 'node:fs';
import path from 'node:path';
import { Failure, messageOf } from './failure.ts';
import { tryLock } from './lock.mjs';
import { fromRoot } from './paths.ts';
import { endLeftovers, type ProcessIdentity } from './processes.ts';

const KEPT_WHEN_EMPTIED = new Set(['run.lock']);

export interface ClaimedDataDir {
  readonly path: string;
  /** Where the parts write what they have to say. */
  log(name: string): string;
  /** Notes what runs on this data, so that a next start can end what a killed one left. */
  record(children: readonly ProcessIdentity[]): void;
  empty(): void;
  release(): void;
}

function readRecord(file: string): ProcessIdentity[] {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as ProcessIdentity[];
  } catch {
    return [];
  }
}

function makeFolder(folder: string): void {
  try {
    // Others may pass through (Postgres may run under another account) but not look around.
    fs.mkdirSync(path.join(folder, 'logs'), { recursive: true, mode: 0o711 });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw new Failure(`The data directory ${folder} cannot be written: ${messageOf(error)}. Choose another DATA_DIR.`);
  }
}

/** Takes the data directory for this process alone and ends what an earlier, killed start left running on it. */
export async function claimDataDir(wanted: string): Promise<ClaimedDataDir> {
  const folder = path.resolve(fromRoot(), wanted);
  makeFolder(folder);
  const lock = tryLock(path.join(folder, 'run.lock'));
  if ('holder' in lock) {
    throw new Failure(
      `Headwater already runs on ${folder} (process ${lock.holder.pid}). Stop it, or set another DATA_DIR.`,
    );
  }
  const record = path.join(folder, 'run.json');
  await endLeftovers(readRecord(record));
  return {
    path: folder,
    log: (name) => path.join(folder, 'logs', `${name}.log`),
    record: (children) => fs.writeFileSync(record, JSON.stringify(children)),
    empty: () => {
      for (const name of fs.readdirSync(folder)) {
        if (!KEPT_WHEN_EMPTIED.has(name)) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
      }
      makeFolder(folder);
    },
    release: () => {
      fs.rmSync(record, { force: true });
      lock.release();
    },
  };
}
