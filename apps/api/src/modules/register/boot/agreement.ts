import type { Interface } from 'ethers';
import { z } from 'zod';
import { minorColumn, wordColumn } from '../../../common/rows.js';
import { type Queryable, rows } from '../../../database/sql.js';
import { ABIS } from '../abis.js';
import type { Chain } from '../chain/chain.js';
import { holderAddress } from '../chain/holder-address.js';
import type { DeploymentRecord } from '../register.config.js';

/** One number that register and projection do not agree on. */
export interface Difference {
  readonly what: string;
  readonly register: string;
  readonly projection: string;
}

export interface Agreement {
  readonly compared: number;
  readonly differences: readonly Difference[];
}

const count = z.coerce.number().int();
const PayableRow = z.object({
  payable_id: wordColumn,
  face: minorColumn,
  paid: minorColumn,
  buyer_member: count,
  due_day: count,
  cash_asset: count,
  state: z.string(),
});
const HoldingRow = z.object({ payable_id: wordColumn, member_id: count, units: minorColumn, claimed: minorColumn });
const DepositRow = z.object({ cash_asset: count, member_id: count, balance: minorColumn });
const CarriedRow = z.object({ bank_member: count, obligor_group: count, cash_asset: count, units: minorColumn });
const MemberRow = z.object({ member_id: count, roles: count, status: count, valid_until: count });
const HeldRow = z.object({ cash_asset: count, held: minorColumn });

const STATES = ['', 'OPEN', 'PAYING', 'PAID', 'CLOSED', 'CANCELLED'];
const PARALLEL = 16;
const PAGE = 2000;

type Question = { readonly what: string; readonly projection: string; ask(): Promise<string> };

/**
 * Asks the register, at block `at`, for every number the projection holds and compares. Only reads, on both sides.
 * The projection must stand at exactly that block.
 */
export async function compare(db: Queryable, chain: Chain, record: DeploymentRecord, at: number): Promise<Agreement> {
  const asker = new Asker(chain, at);
  const differences: Difference[] = [];
  let compared = 0;
  for await (const questions of allQuestions(db, asker, record)) {
    for (let start = 0; start < questions.length; start += PARALLEL) {
      const batch = questions.slice(start, start + PARALLEL);
      const answers = await Promise.all(batch.map((question) => question.ask()));
      for (const [index, question] of batch.entries()) {
        const register = answers[index] ?? '';
        compared += 1;
        if (register !== question.projection) {
          differences.push({ what: question.what, register, projection: question.projection });
        }
      }
    }
  }
  return { compared, differences };
}

async function* allQuestions(db: Queryable, asker: Asker, record: DeploymentRecord): AsyncGenerator<Question[]> {
  const { addresses } = record;
  const token = (index: number): string => record.cashAssets.find((asset) => asset.index === index)?.token ?? '';
  yield* pages(
    db,
    MemberRow,
    `SELECT *, valid_until - date '1970-01-01' AS valid_until FROM register.member ORDER BY member_id`,
    (m) => ({
      what: `member ${m.member_id}`,
      projection: [m.roles, m.status, m.valid_until].join(),
      ask: async () => {
        const [info] = await asker.call(addresses.members, ABIS.members, 'memberInfo', [m.member_id]);
        return [info.roles, info.status, info.validUntil].join();
      },
    }),
  );
  yield* pages(
    db,
    PayableRow,
    `SELECT *, due_day - date '1970-01-01' AS due_day FROM register.payable ORDER BY payable_id`,
    (p) => ({
      what: `payable ${p.payable_id}`,
      projection: [p.face, p.paid, p.buyer_member, p.due_day, p.cash_asset, p.state].join(),
      ask: async () => {
        const [info] = await asker.call(addresses.payables, ABIS.payables, 'payableInfo', [p.payable_id]);
        return [info.face, info.paid, info.buyer, info.dueDay, info.cashAsset, STATES[Number(info.status)]].join();
      },
    }),
  );
  yield* pages(db, HoldingRow, 'SELECT * FROM register.holding ORDER BY payable_id, member_id', (h) => ({
    what: `holding of member ${h.member_id} in ${h.payable_id}`,
    projection: [h.units, h.claimed].join(),
    ask: async () => {
      const [info] = await asker.call(addresses.payables, ABIS.payables, 'holdingOf', [h.payable_id, h.member_id]);
      return [info.units, info.claimed].join();
    },
  }));
  yield* pages(db, DepositRow, 'SELECT * FROM register.deposit ORDER BY cash_asset, member_id', (d) => ({
    what: `deposit of member ${d.member_id} in cash asset ${d.cash_asset}`,
    projection: d.balance.toString(),
    ask: () => asker.balance(token(d.cash_asset), holderAddress(d.member_id)),
  }));
  yield* pages(db, CarriedRow, 'SELECT * FROM register.carried ORDER BY 1, 2, 3', (c) => ({
    what: `carried by bank ${c.bank_member} of group ${c.obligor_group} in cash asset ${c.cash_asset}`,
    projection: c.units.toString(),
    ask: async () => {
      const args = [c.bank_member, c.obligor_group, c.cash_asset];
      return String((await asker.call(addresses.payables, ABIS.payables, 'carried', args))[0]);
    },
  }));
  // C3: what stands with the ledger of payables is what was paid and not yet claimed.
  const held =
    'SELECT cash_asset, sum(paid - claimed) AS held FROM register.payable GROUP BY cash_asset ORDER BY cash_asset';
  yield* pages(db, HeldRow, held, (h) => ({
    what: `money paid and not yet claimed in cash asset ${h.cash_asset}`,
    projection: h.held.toString(),
    ask: () => asker.balance(token(h.cash_asset), addresses.payables),
  }));
}

async function* pages<T extends z.ZodType>(
  db: Queryable,
  schema: T,
  sql: string,
  question: (row: z.output<T>) => Question,
): AsyncGenerator<Question[]> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await rows(db, schema, `${sql} LIMIT ${PAGE} OFFSET ${offset}`);
    if (page.length > 0) yield page.map(question);
    if (page.length < PAGE) return;
  }
}

class Asker {
  constructor(
    private readonly chain: Chain,
    private readonly at: number,
  ) {}

  async call(to: string, abi: Interface, name: string, args: readonly unknown[]) {
    const answer = await this.chain.view({ to, data: abi.encodeFunctionData(name, args) }, this.at);
    return abi.decodeFunctionResult(name, answer);
  }

  async balance(token: string, account: string): Promise<string> {
    return String((await this.call(token, ABIS.depositMoney, 'balanceOf', [account]))[0]);
  }
}
