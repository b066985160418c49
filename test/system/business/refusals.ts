import { expect } from '@jest/globals';
import pg from 'pg';
import type { Answer, TestStack } from '../../support/stack.js';

/** The wish is refused with this code, in words, and the database is what it was before. */
export type Refused = (wish: () => Promise<Answer>, status: number, code: string) => Promise<void>;

const TABLES = [
  'invoice',
  'document',
  'confirmation',
  'payable',
  'transfer',
  'financing_request',
  'quote',
  'payment',
  'payout',
  'deposit',
];

/** A fingerprint of everything business changes, with what is on its way to the register. */
async function census(database: pg.Client): Promise<string> {
  const contents = TABLES.map(
    (table) => `(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM app.${table} t)`,
  );
  const { rows } = await database.query(
    `SELECT concat_ws(',', ${contents.join(', ')}, (SELECT count(*) FROM ops.operation)) AS census`,
  );
  return String(rows[0]?.census);
}

export async function watchRefusals(stack: TestStack): Promise<{ refused: Refused; close(): Promise<void> }> {
  const database = new pg.Client({ connectionString: stack.database.url });
  await database.connect();
  const refused: Refused = async (wish, status, code) => {
    const before = await census(database);
    const answer = await wish();
    expect({ status: answer.status, code: answer.code }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ detail: expect.stringMatching(/^[A-Z].{10,}\.$/) });
    expect(await census(database)).toBe(before);
  };
  return { refused, close: () => database.end() };
}
