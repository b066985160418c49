import { z } from 'zod';
import type { Clock } from '../../common/clock.js';
import { firstRow, type Queryable } from '../../database/sql.js';
import type { RegisterStatusSchema } from '../operations/operations.schemas.js';
import { readCursor } from './indexer/cursor.js';
import type { RegisterRuntime } from './register.runtime.js';

export type RegisterStatus = z.output<typeof RegisterStatusSchema>;

const QueueRow = z.object({
  waiting: z.coerce.number().int(),
  failed: z.coerce.number().int(),
  oldest: z.date().nullable(),
});

/** How the machinery stands, for operations staff. Errors: NOT_READY. */
export async function statusOf(db: Queryable, runtime: RegisterRuntime, clock: Clock): Promise<RegisterStatus> {
  const { engine, record } = runtime;
  const [head, cursor, queue] = [await engine.chain.head(), await readCursor(db), await queueOf(db)];
  const halted = cursor.halted ?? runtime.troubles()[0];
  return {
    chainId: record.chainId,
    head: { number: head.number, hash: head.hash, time: new Date(head.timestamp * 1000).toISOString() },
    indexed: { number: cursor.number, hash: cursor.hash ?? '' },
    ...(halted === undefined ? {} : { halted }),
    contracts: [
      ...Object.entries(record.addresses).map(([name, address]) => ({ name, address: String(address) })),
      ...record.cashAssets.map((asset) => ({ name: `depositMoney ${asset.currency}`, address: String(asset.token) })),
    ],
    queue: {
      waiting: queue.waiting,
      failed: queue.failed,
      oldestSeconds:
        queue.oldest === null ? 0 : Math.max(0, Math.floor((clock.now().getTime() - queue.oldest.getTime()) / 1000)),
    },
  };
}

async function queueOf(db: Queryable): Promise<z.output<typeof QueueRow>> {
  const row = await firstRow(
    db,
    QueueRow,
    `SELECT count(*) FILTER (WHERE state IN ('QUEUED', 'SIGNED', 'SENT')) AS waiting,
            count(*) FILTER (WHERE state = 'FAILED') AS failed,
            min(created_at) FILTER (WHERE state IN ('QUEUED', 'SIGNED', 'SENT')) AS oldest
       FROM ops.operation`,
  );
  return row ?? { waiting: 0, failed: 0, oldest: null };
}
