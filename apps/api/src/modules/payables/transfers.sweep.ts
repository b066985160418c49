import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../common/clock.js';
import { rows } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';

const SWEEP_MS = 30_000;
/** So many in one transaction; the rest waits for the next round. */
const BATCH = 100;
const ExpiredRow = z.object({ id: z.uuid(), from_id: z.uuid(), to_id: z.uuid(), expires_at: z.date() });

/** Writes down what readers see already: offers whose time is over. Nothing depends on it running on time. */
@Injectable()
export class TransfersSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('TransfersSweep');
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.sweep().catch((error: unknown) => this.#logger.warn({ err: error }, 'could not expire transfers'));
    }, SWEEP_MS);
    this.#timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Returns how many offers it found expired. Several processes may sweep at once: each takes others' rows not. */
  sweep(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const expired = await rows(
        manager,
        ExpiredRow,
        `UPDATE app.transfer SET state = 'EXPIRED' WHERE id IN (
           SELECT id FROM app.transfer WHERE state = 'OFFERED' AND expires_at <= $1
           ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
         RETURNING id, from_id, to_id, expires_at`,
        [this.clock.now()],
      );
      for (const transfer of expired) {
        await noteEffect(manager, transfer.expires_at, {
          event: 'transfer.expired',
          subjectType: 'transfer',
          subjectId: transfer.id,
          organisationIds: [transfer.from_id, transfer.to_id],
          topics: ['transfers', 'holdings'],
        });
      }
      return expired.length;
    });
  }
}
