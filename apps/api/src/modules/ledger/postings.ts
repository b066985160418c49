import type { Currency } from '../../common/money.js';
import { type Account, accountMoney, deposit, settlement } from './chart.js';

/** One line of an entry, in minor units. Positive = debit, negative = credit. */
export interface Posting {
  readonly account: Account;
  readonly currency: Currency;
  readonly amount: bigint;
}

/** Money that moved on the register. Amounts are above zero, in minor units of `currency`. */
export type MoneyEvent =
  | {
      readonly kind: 'MINT';
      readonly issuer: number;
      readonly to: number;
      readonly currency: Currency;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'BURN';
      readonly issuer: number;
      readonly from: number;
      readonly currency: Currency;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'TRANSFER' | 'SALE';
      readonly from: number;
      readonly to: number;
      readonly currency: Currency;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'PAYMENT';
      readonly from: number;
      readonly payable: string;
      readonly currency: Currency;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'CLAIM';
      readonly to: number;
      readonly payable: string;
      readonly currency: Currency;
      readonly amount: bigint;
    };

/**
 * The entry a money event stands for. Pure; the lines always sum to zero (B1), which is asserted here and checked once
 * more by the database when the transaction commits.
 *
 * MINT      account money came in at the settlement bank    Dr account-money  Cr deposit of the member
 * BURN      account money went out                          Dr deposit        Cr account-money
 * TRANSFER  from one member to another                      Dr deposit        Cr deposit
 * SALE      the price of units, from buyer to seller        Dr deposit        Cr deposit
 * PAYMENT   into a payable                                  Dr deposit        Cr settlement
 * CLAIM     out of a payable to a holder                    Dr settlement     Cr deposit
 */
export function postingsOf(event: MoneyEvent): readonly Posting[] {
  const [debit, credit] = sidesOf(event);
  if (event.amount <= 0n) throw new RangeError(`a money event of ${event.amount} cannot be booked`);
  const lines = [
    { account: debit, currency: event.currency, amount: event.amount },
    { account: credit, currency: event.currency, amount: -event.amount },
  ];
  assertBalanced(lines);
  return lines;
}

function sidesOf(event: MoneyEvent): [debit: Account, credit: Account] {
  switch (event.kind) {
    case 'MINT':
      return [accountMoney(event.issuer), deposit(event.to)];
    case 'BURN':
      return [deposit(event.from), accountMoney(event.issuer)];
    case 'TRANSFER':
    case 'SALE':
      return [deposit(event.from), deposit(event.to)];
    case 'PAYMENT':
      return [deposit(event.from), settlement(event.payable)];
    case 'CLAIM':
      return [settlement(event.payable), deposit(event.to)];
  }
}

/** B1: every entry sums to zero per currency. */
export function assertBalanced(lines: readonly Posting[]): void {
  const sums = new Map<Currency, bigint>();
  for (const line of lines) sums.set(line.currency, (sums.get(line.currency) ?? 0n) + line.amount);
  for (const [currency, sum] of sums) {
    if (sum !== 0n) throw new Error(`a ledger entry is out of balance by ${sum} ${currency}`);
  }
}
