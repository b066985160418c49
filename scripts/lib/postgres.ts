import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { Failure, messageOf } from './failure.ts';
import { freePort } from './ports.ts';
import {
  type Account,
  type Binaries,
  canReach,
  chooseAccount,
  findBinaries,
  ROOT_SHARED,
} from './postgres-binaries.ts';
import { type Child, openLog, type ProcessIdentity, startChild } from './processes.ts';
import { temporaryFolder } from './temporary.ts';

const exec = promisify(execFile);
const USER = 'headwater';
const POLL_MS = 15;
const START_ATTEMPTS = 40;
const RETRY_MS = 500;
const SAID_MAX = 2_000;
/** Crash recovery of a large cluster may take a while; a hang must still end. */
const START_LIMIT_MS = 180_000;

export interface PostgresOptions {
  /** The stack's data directory; the cluster lies in it, or beside the point where its account can reach. */
  readonly dataDir: string;
  readonly logFile: string;
  /** For tests: no waiting for the disk. A power cut loses everything. */
  readonly fast?: boolean;
}

export interface Postgres {
  readonly url: string;
  readonly child: Child;
  readonly identity: ProcessIdentity;
  stop(): Promise<void>;
}

/**
 * The cluster's folder. Where Postgres must run under another account that cannot enter our folders (a clone under a
 * 0700 home, started by root), the cluster moves to a place it can enter, and a note in the data directory says where.
 */
function placeCluster(dataDir: string): string {
  const note = path.join(dataDir, 'postgres.location');
  if (fs.existsSync(note)) return fs.readFileSync(note, 'utf8').trim();
  const beside = path.join(dataDir, 'postgres');
  if (fs.existsSync(beside) || canReach(dataDir, chooseAccount(beside))) return beside;
  const elsewhere = path.join(ROOT_SHARED, `data-${randomBytes(6).toString('hex')}`, 'postgres');
  fs.mkdirSync(path.dirname(elsewhere), { recursive: true, mode: 0o755 });
  fs.writeFileSync(note, `${elsewhere}\n`);
  return elsewhere;
}

function readPassword(dataDir: string): string {
  const file = path.join(dataDir, 'postgres.password');
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return fs.readFileSync(file, 'utf8').trim();
}

/** Made under another name and renamed when whole: a start killed half-way begins again instead of failing for ever. */
async function createCluster(cluster: string, password: string, bin: Binaries, account?: Account, fast?: boolean) {
  const draft = `${cluster}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true, mode: 0o700 });
  const secret = temporaryFolder('initdb');
  const passwordFile = path.join(secret, 'password');
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const file of [draft, secret, passwordFile]) fs.chownSync(file, account.uid, account.gid);
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['--username', USER, '--auth=scram-sha-256', '--pwfile', passwordFile];
  try {
    const sync = fast ? ['--no-sync'] : [];
    await exec(bin.initdb, ['-D', draft, ...locale, ...access, ...sync], {
      ...account,
      cwd: '/',
      env: bareEnvironment(),
    });
    fs.renameSync(draft, cluster);
  } catch (error) {
    throw new Failure(`Postgres could not create its files in ${cluster}: ${messageOf(error)}`);
  } finally {
    fs.rmSync(secret, { recursive: true, force: true });
  }
}

/** Nothing of a person's own Postgres settings (PGDATA, PGPORT, locale) may reach ours. */
function bareEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

function readPidFile(cluster: string): string[] {
  const file = path.join(cluster, 'postmaster.pid');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : [];
}

async function commandOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') {
    const asked = await exec('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
    return asked.stdout;
  }
  const file = `/proc/${pid}/cmdline`;
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** Stops the server that a killed run left on this cluster; a stale file, its number used again, stops nobody. */
async function stopLeftover(cluster: string, bin: Binaries, account?: Account): Promise<void> {
  const pid = Number(readPidFile(cluster)[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (!(await commandOf(pid)).includes(cluster)) return;
  const args = ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60'];
  await exec(bin.pgCtl, args, { ...account, cwd: '/', env: bareEnvironment() }).catch((error: unknown) => {
    throw new Failure(`Another Postgres runs on ${cluster} and does not stop: ${messageOf(error)}`);
  });
}

function serverFlags(cluster: string, port: number, fast: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(fast && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }),
  };
  return [
    '-D',
    cluster,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
}

/** Postgres cannot watch its parent; a shell at the end of a pipe can, since the pipe closes however the parent ends. */
function stopWhenParentEnds(child: Child, account?: Account): () => void {
  const script = 'read -r _; kill -INT "$0" 2>/dev/null';
  const watcher = spawn('/bin/sh', ['-c', script, String(child.identity.pid)], {
    ...account,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  return () => watcher.kill('SIGKILL');
}

async function untilReady(child: Child, cluster: string): Promise<'ready' | 'gone'> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    // Line 8 of the file turns to "ready" (padded) when connections are accepted; a killed server leaves its own behind.
    const [pid, , , , , , , status] = readPidFile(cluster);
    if (Number(pid) === child.identity.pid && status?.trim() === 'ready') return 'ready';
    if (child.isGone()) return 'gone';
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await child.stop();
  return 'gone';
}

/** How long to wait before another attempt, by what the server said when it went; undefined: it is of no use. */
function retryAfterMs(said: string): number | undefined {
  // Somebody took the port between our look and its use.
  if (said.includes('could not bind')) return 0;
  // A server killed together with its parent is still counted as running until the system has cleared it away.
  if (said.includes('"postmaster.pid" already exists') || said.includes('is still in use')) return RETRY_MS;
  return undefined;
}

async function launch(cluster: string, bin: Binaries, options: PostgresOptions, account?: Account) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const from = fs.statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0;
    const log = openLog(options.logFile);
    const child = startChild('Postgres', bin.postgres, serverFlags(cluster, port, options.fast ?? false), {
      ...account,
      cwd: '/',
      env: bareEnvironment(),
      output: log,
    });
    fs.closeSync(log);
    if ((await untilReady(child, cluster)) === 'ready') return { child, port };
    const said = fs.readFileSync(options.logFile).subarray(from).toString().trim();
    const waitMs = attempt < START_ATTEMPTS ? retryAfterMs(said) : undefined;
    if (waitMs === undefined)
      throw new Failure(`Postgres ${await child.gone} before it was ready.\n${said.slice(-SAID_MAX)}`);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

async function ensureDatabase(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
}

/** Starts the embedded Postgres 18 on the data directory's cluster, creating it the first time. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const cluster = placeCluster(options.dataDir);
  const account = chooseAccount(cluster);
  const bin = findBinaries(account);
  const password = readPassword(options.dataDir);
  if (fs.existsSync(cluster)) await stopLeftover(cluster, bin, account);
  else await createCluster(cluster, password, bin, account, options.fast);
  const { child, port } = await launch(cluster, bin, options, account);
  const forget = stopWhenParentEnds(child, account);
  const stop = async () => {
    // SIGINT ends sessions and stops cleanly; SIGQUIT leaves the rest to recovery at the next start.
    await child.stop([
      ['SIGINT', 15_000],
      ['SIGQUIT', 5_000],
    ]);
    forget();
  };
  const server = `postgres://${USER}:${password}@127.0.0.1:${port}`;
  try {
    await ensureDatabase(server, USER);
  } catch (error) {
    await stop();
    throw new Failure(`Postgres started, but its database cannot be opened: ${messageOf(error)}`);
  }
  return { url: `${server}/${USER}`, child, identity: child.identity, stop };
}

/** Deletes the cluster of a data directory that is about to be deleted itself. */
export function removeCluster(dataDir: string): void {
  const cluster = placeCluster(dataDir);
  const own = cluster.startsWith(`${ROOT_SHARED}${path.sep}data-`) ? path.dirname(cluster) : cluster;
  fs.rmSync(own, { recursive: true, force: true });
}
