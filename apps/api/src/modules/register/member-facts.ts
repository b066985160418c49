import { z } from 'zod';
import { firstRow, type Queryable } from '../../database/sql.js';

const SchemeRow = z.object({ fingerprint_scheme: z.number().int() });

/** Version of the fingerprint key a buyer has committed to on the register; 0 before the first. */
export async function fingerprintSchemeOf(db: Queryable, member: number): Promise<number> {
  const sql = 'SELECT fingerprint_scheme FROM register.member WHERE member_id = $1';
  return (await firstRow(db, SchemeRow, sql, [member]))?.fingerprint_scheme ?? 0;
}
