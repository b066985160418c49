import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { identify, isAlive } from './lock.mjs';
import { fromRoot } from './paths.ts';

const POLL_MS = 50;
const LOG_KEEP_BYTES = 10_000_000;

export interface ProcessIdentity {
  readonly pid: number;
  readonly born: string;
}

export interface Child {
  readonly name: string;
  readonly process: ChildProcess;
  readonly identity: ProcessIdentity;
  /** Settles when it is gone, in words for a person: "exited with code 1". */
  readonly gone: Promise<string>;
  isGone(): boolean;
  /** Sends each signal in turn, waiting the given time for an end before the next, at last SIGKILL. */
  stop(ladder?: readonly (readonly [signal: NodeJS.Signals, waitMs: number])[]): Promise<void>;
}

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** File descriptor for what it says, or 'pipe' where the caller reads it. */
  readonly output: number | 'pipe' | 'inherit';
  /** Opens a message channel (Node children only). */
  readonly channel?: boolean;
}

export function startChild(name: string, command: string, args: readonly string[], options: ChildOptions): Child {
  const child = spawn(command, args, {
    cwd: options.cwd ?? fromRoot(),
    env: options.env,
    uid: options.uid,
    gid: options.gid,
    stdio: ['ignore', options.output, options.output, ...(options.channel ? (['ipc'] as const) : [])],
    // A group of its own: Ctrl-C in the terminal must reach only the supervisor, which stops the parts in order.
    detached: true,
  });
  let isGone = false;
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not start: ${error.message}`));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exited with code ${code}`));
  }).then((how) => {
    isGone = true;
    return how;
  });
  const stop: Child['stop'] = async (ladder = [['SIGTERM', 10_000]]) => {
    for (const [signal, waitMs] of ladder) {
      if (isGone) return;
      child.kill(signal);
      await Promise.race([gone, delay(waitMs)]);
    }
    if (!isGone) child.kill('SIGKILL');
    await gone;
  };
  return { name, process: child, identity: identify(child.pid ?? -1), gone, isGone: () => isGone, stop };
}

/** A Node process that ends when this one does, however this one ends. */
export function startNode(name: string, args: readonly string[], options: ChildOptions): Child {
  return startChild(
    name,
    process.execPath,
    ['--import', fromRoot('scripts/lib/exit-with-parent.mjs'), ...args],
    options,
  );
}

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    // Waiting for a process to end must not keep this one alive after everything else is done.
    setTimeout(resolve, ms).unref();
  });
}

/** Ends processes that an earlier, killed run left behind. A number in use by somebody else is not touched. */
export async function endLeftovers(leftovers: readonly ProcessIdentity[], waitMs = 10_000): Promise<void> {
  const alive = () => leftovers.filter(isAlive);
  const signal = (name: NodeJS.Signals) => {
    for (const { pid } of alive()) {
      try {
        process.kill(pid, name);
      } catch {
        // Gone in this moment, or not ours to signal: the next step will tell.
      }
    }
  };
  signal('SIGTERM');
  for (let waited = 0; waited < waitMs && alive().length > 0; waited += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  signal('SIGKILL');
}

/** Opens a log to append to; a long one is set aside first, so that at most two are ever kept. */
export function openLog(file: string): number {
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_KEEP_BYTES) fs.renameSync(file, `${file}.1`);
  return fs.openSync(file, 'a', 0o600);
}
