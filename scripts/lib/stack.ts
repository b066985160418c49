import fs from 'node:fs';
import { type Api, type SignIn, startApi } from './api.ts';
import { buildApi, buildWeb } from './build.ts';
import { startChain } from './chain.ts';
import { type ClaimedDataDir, claimDataDir } from './data-dir.ts';
import { Failure } from './failure.ts';
import { WEB_DIST } from './paths.ts';
import { choosePort } from './ports.ts';
import { removeCluster, startPostgres } from './postgres.ts';
import type { Child } from './processes.ts';
import { temporaryFolder } from './temporary.ts';

export type { SignIn } from './api.ts';

const DEFAULT_PORT = 3000;

export interface StackOptions {
  /** Where everything it must remember lies; relative to the repository. */
  readonly dataDir?: string;
  /** Data that goes when the stack stops, on a free port: for tests. */
  readonly temporary?: boolean;
  /** Asked for by name: taken means an error. Without it the default or the next free one; 0 means any free one. */
  readonly port?: number;
  readonly host?: string;
  /** Whether the API serves the built web application as well. */
  readonly web?: boolean;
  /** Starts on empty data: whatever was there is deleted. */
  readonly fresh?: boolean;
  /** Settings of the API on top of this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onProgress?: (text: string) => void;
  /** Called when a part ends by itself while it should run. */
  readonly onFailure?: (reason: string) => void;
}

interface Part {
  readonly child: Child;
  stop(): Promise<void>;
}

/** Postgres, the chain and the API on one data directory, as `npm start` runs them. */
export class Stack {
  readonly #options: StackOptions;
  #claim: ClaimedDataDir | undefined;
  #port: number | undefined;
  #parts: Part[] = [];
  #servers = { databaseUrl: '', rpcUrl: '', ownsChain: false };
  #api: Api | undefined;
  #starting: Promise<unknown> = Promise.resolve();
  #expectEnds = false;
  #stopping: Promise<void> | undefined;

  constructor(options: StackOptions = {}) {
    this.#options = options;
  }

  get url(): string {
    return this.#requireApi().url;
  }

  /** Where the API itself listens, whatever the address that people are told. */
  get apiAddress(): string {
    return `http://${this.#options.host ?? '127.0.0.1'}:${this.#port}`;
  }

  get signIns(): readonly SignIn[] {
    return this.#requireApi().signIns;
  }

  get dataDir(): string {
    if (!this.#claim) throw new Error('The stack has not been started.');
    return this.#claim.path;
  }

  get databaseUrl(): string {
    return this.#servers.databaseUrl;
  }

  get rpcUrl(): string {
    return this.#servers.rpcUrl;
  }

  async start(): Promise<void> {
    const { temporary, port, host = '127.0.0.1', fresh, dataDir } = this.#options;
    const folder = temporary ? temporaryFolder('stack') : (dataDir ?? '.data');
    this.#claim = await claimDataDir(folder);
    try {
      if (fresh) this.#empty(this.#claim);
      this.#port = await choosePort(port ?? (temporary ? 0 : DEFAULT_PORT), host, port !== undefined);
      if (port === undefined && !temporary && this.#port !== DEFAULT_PORT) {
        this.#options.onProgress?.(`Port ${DEFAULT_PORT} is taken; using ${this.#port}.`);
      }
      await this.#startAll();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops and starts everything on the same data and port; `kill` ends the parts as a power cut would. */
  async restart({ kill = false }: { kill?: boolean } = {}): Promise<void> {
    await this.#stopParts(kill);
    await this.#startAll();
  }

  /** Kills the API as a crash would and starts it again; Postgres and the chain run on. */
  async kill9Api(): Promise<void> {
    await this.#replaceApi(true);
  }

  /** Stops the API properly and starts it again, newly built. */
  async restartApi(): Promise<void> {
    await buildApi();
    await this.#replaceApi(false);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stopOnce();
    return this.#stopping;
  }

  async #stopOnce(): Promise<void> {
    this.#expectEnds = true;
    // Whatever is half-way through starting must first be there to be stopped; the API is, from its first moment.
    await this.#stopNow(this.#apiParts());
    await this.#starting.catch(() => undefined);
    await this.#stopParts(false);
    if (!this.#claim) return;
    const { path: folder } = this.#claim;
    if (this.#options.temporary) removeCluster(folder);
    this.#claim.release();
    if (this.#options.temporary) fs.rmSync(folder, { recursive: true, force: true });
  }

  #requireApi(): Api {
    if (!this.#api) throw new Error('The stack is not running.');
    return this.#api;
  }

  #empty(claim: ClaimedDataDir): void {
    if (process.env.DATABASE_URL)
      throw new Failure('DATABASE_URL is set: a database that is not ours is never emptied.');
    removeCluster(claim.path);
    claim.empty();
  }

  async #startAll(): Promise<void> {
    this.#expectEnds = false;
    this.#starting = this.#startServers();
    await this.#starting;
    if (this.#stopping) throw new Failure('Stopped while starting.');
    await this.#startApi();
  }

  /** The three do not need each other; a failure of one is told once the others can be stopped. */
  async #startServers(): Promise<void> {
    const builds = [buildApi(), ...(this.#options.web === false ? [] : [buildWeb()])];
    const results = await Promise.allSettled([this.#ensureDatabase(), this.#ensureChain(), ...builds]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async #ensureDatabase(): Promise<void> {
    if (process.env.DATABASE_URL && !this.#options.temporary) {
      this.#servers.databaseUrl = process.env.DATABASE_URL;
      return;
    }
    const claim = this.#requireClaim();
    const postgres = await startPostgres({ dataDir: claim.path, logFile: claim.log('postgres') });
    this.#add(postgres);
    this.#servers.databaseUrl = postgres.url;
  }

  async #ensureChain(): Promise<void> {
    if (process.env.RPC_URL && !this.#options.temporary) {
      this.#servers = { ...this.#servers, rpcUrl: process.env.RPC_URL, ownsChain: false };
      return;
    }
    const chain = await startChain();
    this.#add(chain);
    this.#servers.rpcUrl = chain.url;
    this.#servers.ownsChain = true;
  }

  async #startApi(): Promise<void> {
    const claim = this.#requireClaim();
    this.#api = await startApi({
      env: this.#apiEnvironment(claim.path),
      logFile: claim.log('api'),
      onChild: (child) => this.#add({ child, stop: () => child.stop([['SIGTERM', 15_000]]) }),
      onProgress: (text) => this.#options.onProgress?.(text),
    });
  }

  #apiEnvironment(dataDir: string): NodeJS.ProcessEnv {
    const { host = '127.0.0.1' } = this.#options;
    const isLoopback = ['127.0.0.1', 'localhost', '::1'].includes(host);
    return {
      NODE_ENV: 'production',
      DEMO: 'true',
      ...process.env,
      TZ: 'UTC',
      ...(this.#servers.ownsChain && { LOCAL_CHAIN: 'true' }),
      ...(this.#options.web !== false && { WEB_DIST }),
      DATABASE_URL: this.#servers.databaseUrl,
      RPC_URL: this.#servers.rpcUrl,
      DATA_DIR: dataDir,
      HOST: host,
      PORT: String(this.#port),
      // Browsers treat this name as safe for sessions without TLS; the bare address not all of them do.
      ...(isLoopback && { PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${this.#port}` }),
      ...this.#options.env,
    };
  }

  #requireClaim(): ClaimedDataDir {
    if (!this.#claim) throw new Error('The stack has not been started.');
    return this.#claim;
  }

  #add(part: Part): void {
    this.#parts.push(part);
    this.#claim?.record(this.#parts.map(({ child }) => child.identity));
    void part.child.gone.then((how) => {
      const wasRunning = this.#parts.includes(part);
      this.#parts = this.#parts.filter((other) => other !== part);
      // While the API starts, startApi itself reports why it ended.
      const isStarting = part.child.name === 'The API' && this.#api?.child !== part.child;
      if (wasRunning && !this.#expectEnds && !isStarting) this.#options.onFailure?.(`${part.child.name} ${how}.`);
    });
  }

  #apiParts(): Part[] {
    return this.#parts.filter(({ child }) => child.name === 'The API');
  }

  async #replaceApi(kill: boolean): Promise<void> {
    this.#expectEnds = true;
    if (kill) for (const { child } of this.#apiParts()) child.process.kill('SIGKILL');
    await this.#stopNow(this.#apiParts());
    this.#expectEnds = false;
    await this.#startApi();
  }

  async #stopNow(parts: readonly Part[]): Promise<void> {
    await Promise.all(parts.map((part) => part.stop()));
  }

  /** The API first, since it may have something to finish that needs the other two. */
  async #stopParts(kill: boolean): Promise<void> {
    this.#expectEnds = true;
    if (kill) for (const { child } of this.#parts) child.process.kill('SIGKILL');
    await this.#stopNow(this.#apiParts());
    await this.#stopNow([...this.#parts]);
    this.#parts = [];
    this.#api = undefined;
  }
}

/** Starts a stack and resolves when it serves. The caller stops it. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const stack = new Stack(options);
  await stack.start();
  return stack;
}
