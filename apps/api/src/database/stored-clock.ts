import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../common/clock.js';
import { firstRow, type Queryable } from './sql.js';

const Offset = z.object({ offset_seconds: z.coerce.number().int() });

/**
 * The wall clock plus the offset stored with the data: zero outside demo mode, and in demo mode what people have moved
 * the clock by, so that a restart finds the same day again.
 */
@Injectable()
export class StoredClock extends Clock {
  #offsetSeconds = 0;

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override now(): Date {
    return new Date(Date.now() + this.#offsetSeconds * 1000);
  }

  get offsetSeconds(): number {
    return this.#offsetSeconds;
  }

  /** Reads the stored offset again; called at start, and when another process has moved the clock. */
  async reload(db: Queryable = this.dataSource): Promise<void> {
    const stored = await firstRow(db, Offset, 'SELECT offset_seconds FROM ops.clock');
    this.#offsetSeconds = stored?.offset_seconds ?? 0;
  }

  /**
   * Moves the clock forward by whole seconds, in the caller's transaction; call `reload` after it has committed.
   * Never moves it back: days that have been seen stay past.
   */
  async advance(db: Queryable, seconds: number): Promise<void> {
    if (!Number.isSafeInteger(seconds) || seconds <= 0) throw new RangeError('the clock only moves forward');
    await db.query('UPDATE ops.clock SET offset_seconds = offset_seconds + $1', [seconds]);
  }
}
