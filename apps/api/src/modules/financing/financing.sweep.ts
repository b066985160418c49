import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../common/clock.js';
import { rows } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';

const SWEEP_MS = 30_000;
/** So many in one transaction; the rest waits for the next round. */
const BATCH = 100;
const ExpiredRow = z.object({ subject_id: z.uuid(), organisation_ids: z.array(z.uuid()), expires_at: z.date() });

/** Writes down what readers see already: requests and quotes whose time is over. Nothing depends on it running on time. */
@Injectable()
export class FinancingSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('FinancingSweep');
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.sweep().catch((error: unknown) => this.#logger.warn({ err: error }, 'could not expire financing'));
    }, SWEEP_MS);
    this.#timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Returns how many requests and quotes it found expired. Several processes may sweep at once. */
  sweep(): Promise<number> {
    const now = this.clock.now();
    return this.dataSource.transaction(async (manager) => {
      const requests = await expireRequests(manager, now);
      const quotes = await expireQuotes(manager, now);
      await noteAll(manager, 'financing.expired', requests);
      await noteAll(manager, 'quote.expired', quotes);
      return requests.length + quotes.length;
    });
  }
}

function expireRequests(manager: EntityManager, now: Date) {
  return rows(
    manager,
    ExpiredRow,
    `UPDATE app.financing_request SET state = 'EXPIRED' WHERE id IN (
       SELECT id FROM app.financing_request WHERE state = 'OPEN' AND expires_at <= $1
       ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING id AS subject_id, ARRAY[holder_id] AS organisation_ids, expires_at`,
    [now],
  );
}

function expireQuotes(manager: EntityManager, now: Date) {
  return rows(
    manager,
    ExpiredRow,
    `UPDATE app.quote q SET state = 'EXPIRED' FROM app.financing_request f WHERE f.id = q.request_id AND q.id IN (
       SELECT id FROM app.quote WHERE state = 'OFFERED' AND expires_at <= $1
       ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING q.request_id AS subject_id, ARRAY[q.bank_id, f.holder_id] AS organisation_ids, q.expires_at`,
    [now],
  );
}

async function noteAll(
  manager: EntityManager,
  event: string,
  expired: readonly z.output<typeof ExpiredRow>[],
): Promise<void> {
  for (const row of expired) {
    await noteEffect(manager, row.expires_at, {
      event,
      subjectType: 'financing_request',
      subjectId: row.subject_id,
      organisationIds: row.organisation_ids,
      topics: ['financing', 'credit', 'cash', 'holdings'],
    });
  }
}
