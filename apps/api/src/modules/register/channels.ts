import type { Queryable } from '../../database/sql.js';

/** Postgres channels of the engine. Messages leave when their transaction commits. */
export const OUTBOX_CHANNEL = 'headwater_outbox';
export const SETTLED_CHANNEL = 'headwater_settled';

/** There is something to send. */
export async function notifyOutbox(db: Queryable): Promise<void> {
  await db.query('SELECT pg_notify($1, $2)', [OUTBOX_CHANNEL, '']);
}

/** An operation has ended, well or not. */
export async function notifySettled(db: Queryable, operationId: string): Promise<void> {
  await db.query('SELECT pg_notify($1, $2)', [SETTLED_CHANNEL, operationId]);
}
