import pg from 'pg';
import type { EngineLog } from './engine.js';

const RECONNECT_MS = 1000;

/**
 * Listens on channels of Postgres over a connection of its own, and reconnects for ever. Messages sent while it was
 * away are lost, so `onReconnect` lets the listener look for itself; a listener is a wake-up, never the only way.
 */
export class Listener {
  #client: pg.Client | undefined;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly handlers: Readonly<Record<string, (payload: string) => void>>,
    private readonly onReconnect: () => void,
    private readonly log: EngineLog,
  ) {}

  async start(): Promise<void> {
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'headwater_listener',
      keepAlive: true,
      options: '-c role=headwater_indexer',
    });
    client.on('notification', (message) => this.handlers[message.channel]?.(message.payload ?? ''));
    client.on('error', () => this.#reconnect(client));
    client.on('end', () => this.#reconnect(client));
    try {
      await client.connect();
      for (const channel of Object.keys(this.handlers)) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      this.#client = client;
    } catch (error) {
      this.log.warn(`cannot listen to the database: ${error instanceof Error ? error.message : error}`);
      await client.end().catch(() => undefined);
      this.#reconnect(client);
    }
  }

  #reconnect(from: pg.Client): void {
    if (this.#stopped || (this.#client !== undefined && this.#client !== from)) return;
    this.#client = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect().then(this.onReconnect), RECONNECT_MS);
  }
}
