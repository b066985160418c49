import type { Queryable } from './sql.js';

/**
 * What parallel writes must not spend twice is guarded by one named lock each, held until the transaction ends. The
 * lock is taken before the figures are read, so the second writer sees what the first one took. The projection needs
 * none of them: it changes figures and the promises they answer in one transaction.
 * Where a write takes several, the order is: holding, limit, cash, reference.
 */
export type Guarded = 'holding' | 'limit' | 'cash' | 'reference';

export async function guard(db: Queryable, what: Guarded, ...key: readonly (string | number)[]): Promise<void> {
  await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [[what, ...key].join('|')]);
}
