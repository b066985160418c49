import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { instantColumn } from '../../common/rows.js';
import { type AuditLine, GENESIS_HASH, hashLine } from '../../database/audit-chain.js';
import { type Queryable, rows } from '../../database/sql.js';

const BATCH = 1_000;

const Line = z
  .object({
    id: z.string(),
    occurred_at: instantColumn,
    event: z.string(),
    subject_type: z.string(),
    subject_id: z.uuid(),
    organisation_id: z.uuid().nullable(),
    user_id: z.uuid().nullable(),
    visible_to: z.array(z.uuid()),
    details: z.record(z.string(), z.string()),
    correlation_id: z.string().nullable(),
    previous_hash: z.instanceof(Buffer),
    hash: z.instanceof(Buffer),
  })
  .transform((row) => ({
    id: row.id,
    previousHash: row.previous_hash,
    hash: row.hash,
    line: {
      occurredAt: row.occurred_at,
      event: row.event,
      subjectType: row.subject_type,
      subjectId: row.subject_id,
      organisationId: row.organisation_id ?? undefined,
      userId: row.user_id ?? undefined,
      visibleTo: row.visible_to,
      details: row.details,
      correlationId: row.correlation_id ?? undefined,
    } satisfies AuditLine,
  }));

/** What checking the trail found. `brokenAt` is the first line that does not follow from the one before it. */
export interface TrailCheck {
  readonly lines: number;
  readonly brokenAt: string | undefined;
  /** Hash of the last good line: kept elsewhere, it also shows when lines were cut off at the end. */
  readonly head: string;
}

/** Walks the whole trail and recomputes every hash. */
export async function checkTrail(db: Queryable): Promise<TrailCheck> {
  let previous: Buffer = GENESIS_HASH;
  let last = '0';
  let lines = 0;
  for (;;) {
    const batch = await rows(db, Line, 'SELECT * FROM ops.audit WHERE id > $1 ORDER BY id LIMIT $2', [last, BATCH]);
    for (const { id, line, previousHash, hash } of batch) {
      const isSound = previousHash.equals(previous) && hash.equals(hashLine(previous, line));
      if (!isSound) return { lines, brokenAt: id, head: previous.toString('hex') };
      previous = hash;
      last = id;
      lines += 1;
    }
    if (batch.length < BATCH) return { lines, brokenAt: undefined, head: previous.toString('hex') };
  }
}

/** Checks the trail once after start-up, beside the work, and says loudly where somebody has changed it. */
@Injectable()
export class AuditService implements OnApplicationBootstrap {
  readonly #logger = new Logger('Audit');

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.check().catch((error: unknown) => this.#logger.warn({ err: error }, 'the audit trail could not be checked'));
  }

  async check(): Promise<TrailCheck> {
    const found = await checkTrail(this.dataSource);
    if (found.brokenAt === undefined)
      this.#logger.log(`the audit trail is whole: ${found.lines} lines, head ${found.head}`);
    else this.#logger.error(`the audit trail was changed at line ${found.brokenAt}: do not trust what comes after it`);
    return found;
  }
}
