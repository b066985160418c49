import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../apps/api/src/app.js';
import { type Config, readConfig } from '../../apps/api/src/config.js';
import { prepare } from '../../apps/api/src/prepare.js';
import { temporaryFolder } from '../../scripts/lib/temporary.js';
import { freshChain, type TestChain } from './chain.js';
import { freshDatabase, type TestDatabase } from './database.js';

/** The whole application on a database and a chain of its own, with the demo network in it. */
export interface TestStack {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly config: Config;
  readonly database: TestDatabase;
  readonly chain: TestChain;
  /** Ends the process's part in good order and starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `empty`: without the demo network, for tests that watch it being made. */
export async function startStack(
  settings: Readonly<Record<string, string>> = {},
  options: { readonly empty?: boolean } = {},
): Promise<TestStack> {
  const [database, chain] = await Promise.all([freshDatabase(), freshChain()]);
  const folder = temporaryFolder('system');
  const config = readConfig({
    DATABASE_URL: database.url,
    RPC_URL: chain.url,
    LOCAL_CHAIN: 'true',
    DATA_DIR: folder,
    DEMO: 'true',
    PORT: '0',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    ...settings,
  });
  let running = await serve(config, options.empty ?? false);
  return {
    get url() {
      return running.url;
    },
    get app() {
      return running.app;
    },
    config,
    database,
    chain,
    restart: async () => {
      await running.app.close();
      running = await serve(config, options.empty ?? false);
    },
    stop: async () => {
      await running.app.close();
      await Promise.all([chain.stop(), database.drop()]);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function serve(config: Config, isEmpty: boolean): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await createApp(config);
  try {
    await app.listen({ port: 0, host: '127.0.0.1' });
    if (!isEmpty) await prepare(app, config);
    return { app, url: await app.getUrl() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or undefined where there was none. */
  readonly body: unknown;
  /** The problem's code, where it is one. */
  readonly code: string | undefined;
}

/** Somebody at a browser: keeps the cookie, says where the request comes from, names each wish with a key. */
export class Visitor {
  cookie = '';

  constructor(private readonly stack: Pick<TestStack, 'url'>) {}

  static async signedIn(stack: Pick<TestStack, 'url'>, email: string, password: string): Promise<Visitor> {
    const visitor = new Visitor(stack);
    const answer = await visitor.call('POST', '/session', { email, password });
    if (answer.status !== 201) throw new Error(`${email} cannot sign in: ${answer.status} ${answer.code}`);
    return visitor;
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body: unknown = {}, key: string = randomUUID()): Promise<Answer> {
    return this.call('POST', path, body, { 'idempotency-key': key });
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.stack.url}/api/v1${path}`, {
      method,
      headers: {
        origin: new URL(this.stack.url).origin,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, body: parsed, code: codeOf(parsed) };
  }
}

function codeOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
    ? body.code
    : undefined;
}
