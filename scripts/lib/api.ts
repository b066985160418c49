import fs from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.ts';
import { API_DIST } from './paths.ts';
import { type Child, openLog, startNode } from './processes.ts';

const LAST_LINES = 12;

/** Somebody who can sign in to the demo. */
export interface SignIn {
  readonly organisation: string;
  readonly email: string;
  readonly password: string;
  readonly role: string;
}

export interface Api {
  readonly child: Child;
  readonly url: string;
  readonly signIns: readonly SignIn[];
}

/** What the API tells the process that started it. */
type ApiMessage =
  | { readonly type: 'ready'; readonly url: string; readonly signIns?: readonly SignIn[] }
  | { readonly type: 'progress'; readonly text: string };

export interface ApiOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Called the moment the process exists, so that it can be stopped while it is still starting. */
  readonly onChild: (child: Child) => void;
  readonly onProgress: (text: string) => void;
}

/** What was logged since `from`, its last lines in plain words: the log is one JSON object a line, errors may be text. */
function reasonFrom(logFile: string, from: number): string {
  const said = fs.readFileSync(logFile).subarray(from).toString().trim().split('\n').slice(-LAST_LINES);
  return said.map(plain).join('\n');
}

function plain(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message !== msg && err?.message].filter(Boolean).join(': ') || line;
  } catch {
    return line;
  }
}

/** Starts the API and resolves when it serves: schema migrated, register rebuilt, contracts deployed, demo seeded. */
export async function startApi(options: ApiOptions): Promise<Api> {
  const main = path.join(API_DIST, 'main.js');
  if (!fs.existsSync(main)) throw new Failure('apps/api/src/main.ts is missing: there is no API to start.');
  const from = fs.statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openLog(options.logFile);
  const child = startNode('The API', ['--enable-source-maps', main], { env: options.env, output: log, channel: true });
  fs.closeSync(log);
  options.onChild(child);
  const ready = new Promise<Omit<Api, 'child'>>((resolve) => {
    child.process.on('message', (message: ApiMessage) => {
      if (message.type === 'progress') options.onProgress(message.text);
      if (message.type === 'ready') resolve({ url: message.url, signIns: message.signIns ?? [] });
    });
  });
  const first = await Promise.race([ready, child.gone]);
  if (typeof first !== 'string') return { child, ...first };
  throw new Failure(`The API ${first} before it was ready.\n${reasonFrom(options.logFile, from)}`);
}
