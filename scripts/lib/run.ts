import { spawn } from 'node:child_process';
import { fromRoot } from './paths.ts';

export interface Run {
  readonly code: number;
  readonly output: string;
  readonly elapsedMs: number;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Shows what it says while it says it. */
  readonly live?: boolean;
}

/** Runs a script of this project's own Node and collects what it says. */
export function runNode(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const began = performance.now();
  return new Promise((resolve) => {
    // Ends with us, and so does whatever it starts the same way (the test runner's workers).
    const child = spawn(process.execPath, ['--import', fromRoot('scripts/lib/exit-with-parent.mjs'), ...args], {
      cwd: options.cwd ?? fromRoot(),
      env: {
        ...process.env,
        HARDHAT_DISABLE_TELEMETRY: 'true',
        ...(!options.live && { NO_COLOR: '1' }),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        chunks.push(data);
        if (options.live) process.stderr.write(data);
      });
    }
    const end = (code: number, extra = '') => {
      const output = Buffer.concat(chunks).toString() + extra;
      resolve({ code, output, elapsedMs: performance.now() - began });
    };
    child.once('error', (error) => end(1, error.message));
    child.once('close', (code) => end(code ?? 1));
  });
}

export const HARDHAT = fromRoot('node_modules/hardhat/dist/src/cli.js');

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
