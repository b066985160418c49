import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Client } from 'pg';
import { Config } from '../../config.js';
import { CHANGE_CHANNEL, type Change, ChangeSchema } from '../../database/changes.js';

export type ChangeListener = (change: Change) => void;

const RETRY_MIN_MS = 250;
const RETRY_MAX_MS = 15_000;

/**
 * Hears on a connection of its own what every process has committed. After a break nobody knows what was missed, so
 * listeners are told of the break and start anew.
 */
@Injectable()
export class ChangeFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('ChangeFeed');
  readonly #listeners = new Set<ChangeListener>();
  readonly #breakListeners = new Set<() => void>();
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #stopped = false;

  constructor(private readonly config: Config) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.#connect();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  /** Whether changes are heard at this moment. */
  get connected(): boolean {
    return this.#client !== undefined;
  }

  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onBreak(listener: () => void): void {
    this.#breakListeners.add(listener);
  }

  async #connect(): Promise<void> {
    const client = new Client({
      connectionString: this.config.databaseUrl,
      application_name: 'headwater_events',
      keepAlive: true,
      options: '-c timezone=UTC -c role=headwater_api',
    });
    let isOver = false;
    const over = (error?: Error) => {
      if (isOver) return;
      isOver = true;
      client.removeAllListeners('notification');
      void client.end().catch(() => undefined);
      if (this.#client === client) this.#client = undefined;
      this.#scheduleRetry(error);
    };
    client.on('error', over);
    client.on('end', () => over());
    client.on('notification', ({ payload }) => this.#hear(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANGE_CHANNEL}`);
      this.#client = client;
      this.#failures = 0;
    } catch (error) {
      over(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Waits longer after each failure, with jitter, so that many processes do not all come back at once. */
  #scheduleRetry(error: Error | undefined): void {
    if (this.#stopped) return;
    for (const listener of this.#breakListeners) listener();
    const waitMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** Math.min(this.#failures, 10)) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    this.#logger.warn(
      `the change feed broke (${error?.message ?? 'connection closed'}); again in ${Math.round(waitMs)} ms`,
    );
    this.#retry = setTimeout(() => void this.#connect(), waitMs);
    this.#retry.unref();
  }

  #hear(payload: string | undefined): void {
    const change = ChangeSchema.safeParse(parseJson(payload));
    if (!change.success) {
      this.#logger.warn('a change notice could not be read');
      return;
    }
    for (const listener of this.#listeners) listener(change.data);
  }
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
