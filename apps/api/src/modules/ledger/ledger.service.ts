import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Currency } from '../../common/money.js';
import { currencyColumn, minorColumn } from '../../common/rows.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import { type Account, deposit } from './chart.js';
import { type MoneyEvent, postingsOf } from './postings.js';

const EntryRow = z.object({ id: z.string(), log_index: z.number().int() });
const BalanceRow = z.object({ account: z.string(), currency: currencyColumn, balance: minorColumn });
const SumRow = z.object({ currency: currencyColumn, sum: minorColumn });

/** Where on the register a money event happened: the entry's own, unrepeatable key. */
export interface BookedEvent {
  readonly logIndex: number;
  readonly event: MoneyEvent;
}

/**
 * Books the money events of one block in the transaction that projects the block. An event is booked once: its place on
 * the register is unique, and booking it again fails the whole transaction.
 */
export async function bookBlock(
  db: Queryable,
  block: { readonly number: number; readonly time: Date },
  booked: readonly BookedEvent[],
): Promise<void> {
  if (booked.length === 0) return;
  const entries = await rows(
    db,
    EntryRow,
    `INSERT INTO app.ledger_entry (kind, block_number, log_index, occurred_at)
     SELECT k, $1, l, $2 FROM unnest($3::text[], $4::int[]) AS x(k, l) RETURNING id, log_index`,
    [block.number, block.time, booked.map((b) => b.event.kind), booked.map((b) => b.logIndex)],
  );
  const idOf = new Map(entries.map((entry) => [entry.log_index, entry.id]));
  const lines = booked.flatMap(({ logIndex, event }) =>
    postingsOf(event).map((posting, line) => ({ entry: idOf.get(logIndex), line, ...posting })),
  );
  await db.query(
    `INSERT INTO app.ledger_posting (entry_id, line, account, currency, amount)
     SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[], $5::numeric[])`,
    [
      lines.map((line) => line.entry),
      lines.map((line) => line.line),
      lines.map((line) => line.account),
      lines.map((line) => line.currency),
      lines.map((line) => line.amount.toString()),
    ],
  );
}

/** Reads the double entry. Only the engine writes it. */
@Injectable()
export class LedgerService {
  constructor(private readonly dataSource: DataSource) {}

  /** What an account stands at, per currency, in minor units: positive = debit. */
  async balances(account: Account, db: Queryable = this.dataSource): Promise<Map<Currency, bigint>> {
    const found = await rows(
      db,
      BalanceRow,
      `SELECT account, currency, sum(amount) AS balance FROM app.ledger_posting WHERE account = $1 GROUP BY account, currency`,
      [account],
    );
    return new Map(found.map((row) => [row.currency, row.balance]));
  }

  /** A member's deposit money as the ledger has it, in minor units, zero or more. */
  async depositBalance(member: number, currency: Currency, db: Queryable = this.dataSource): Promise<bigint> {
    return -((await this.balances(deposit(member), db)).get(currency) ?? 0n);
  }

  /** B1 asked from outside: currencies whose postings do not sum to zero. Empty when all is well. */
  async unbalanced(db: Queryable = this.dataSource): Promise<z.output<typeof SumRow>[]> {
    return rows(
      db,
      SumRow,
      'SELECT currency, sum(amount) AS sum FROM app.ledger_posting GROUP BY currency HAVING sum(amount) <> 0',
    );
  }

  /** B2 for money: members whose deposit in the ledger differs from the projected register. Empty when all is well. */
  async differences(
    db: Queryable = this.dataSource,
  ): Promise<{ account: string; currency: Currency; balance: bigint }[]> {
    return rows(
      db,
      BalanceRow,
      `SELECT account, currency, coalesce(r.balance, 0) + coalesce(l.balance, 0) AS balance
         FROM (SELECT 'deposit:' || d.member_id AS account, a.currency::text AS currency, sum(d.balance) AS balance
                 FROM register.deposit d JOIN register.cash_asset a USING (cash_asset) GROUP BY 1, 2) r
         FULL JOIN (SELECT account, currency::text AS currency, sum(amount) AS balance
                      FROM app.ledger_posting WHERE account LIKE 'deposit:%' GROUP BY 1, 2) l USING (account, currency)
        WHERE coalesce(r.balance, 0) + coalesce(l.balance, 0) <> 0`,
    );
  }

  /** How many entries there are; for tests and the operator. */
  async count(db: Queryable = this.dataSource): Promise<number> {
    const row = await firstRow(db, z.object({ count: z.coerce.number() }), 'SELECT count(*) FROM app.ledger_entry');
    return row?.count ?? 0;
  }
}
