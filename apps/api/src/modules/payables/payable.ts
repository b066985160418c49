import { type Day, daysBetween } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { type Moves, mover } from '../../common/moves.js';
import type { PAYABLE_STATES, TRANSFER_STATES } from './payables.schemas.js';

export type PayableState = (typeof PAYABLE_STATES)[number];
export type TransferState = (typeof TRANSFER_STATES)[number];

/** ACCEPTED is on its way to the register; it ends COMPLETED or, refused there, FAILED. */
export const TRANSFER_MOVES: Moves<TransferState> = {
  OFFERED: ['ACCEPTED', 'REFUSED', 'WITHDRAWN', 'EXPIRED'],
  ACCEPTED: ['COMPLETED', 'FAILED'],
  COMPLETED: [],
  REFUSED: [],
  WITHDRAWN: [],
  EXPIRED: [],
  FAILED: [],
};

/** Throws TRANSFER_STATE where the move is not in the table. */
export const moveTransfer = mover(TRANSFER_MOVES, 'TRANSFER_STATE');

/** Parts of a holding in minor units. held = free + offered + requested + frozen, as long as the register agrees. */
export interface HoldingParts {
  readonly held: bigint;
  readonly offered: bigint;
  readonly requested: bigint;
  readonly frozen: bigint;
}

/** What may still be offered or sold. Never below zero: units may be frozen that were promised before. */
export function freeUnits({ held, offered, requested, frozen }: HoldingParts): bigint {
  const free = held - offered - requested - frozen;
  return free > 0n ? free : 0n;
}

/** Overdue is what the clock makes of it, never a stored state. */
export function isOverdue(state: PayableState, dueDay: Day, today: Day): boolean {
  return (state === 'OPEN' || state === 'PAYING') && daysBetween(dueDay, today) > 0;
}

export interface Owed {
  readonly state: PayableState;
  readonly face: bigint;
  readonly paid: bigint;
  readonly dueDay: Day;
}

/**
 * May this be paid now? In full on any day, in part only from the due day on: an early part would close the payable for
 * transfers without bringing its holders their money. Errors: PAYABLE_STATE, PAYMENT_CHANGED, AMOUNT_NOT_POSITIVE,
 * PAYMENT_TOO_LARGE, PAYMENT_TOO_EARLY.
 */
export function judgePayment(owed: Owed, amount: bigint, expectedPaid: bigint | undefined, today: Day): void {
  if (owed.state === 'CANCELLED') throw new DomainError('PAYABLE_STATE', { state: owed.state });
  if (expectedPaid !== undefined && expectedPaid !== owed.paid) {
    throw new DomainError('PAYMENT_CHANGED', { paid: `${owed.paid}`, expectedPaid: `${expectedPaid}` });
  }
  if (amount <= 0n) throw new DomainError('AMOUNT_NOT_POSITIVE', {});
  const open = owed.face - owed.paid;
  if (amount > open) throw new DomainError('PAYMENT_TOO_LARGE', { amount: `${amount}`, owed: `${open}` });
  if (amount < open && today < owed.dueDay) {
    throw new DomainError('PAYMENT_TOO_EARLY', { dueDay: owed.dueDay, owed: `${open}` });
  }
}

/**
 * What a holder may claim now, as the register computes it: everything once paid in full, else its share of what is
 * paid, rounded down so that shares never exceed the payment; less what it already has. Frozen units wait.
 */
export function claimable(holding: {
  units: bigint;
  frozen: bigint;
  claimed: bigint;
  paid: bigint;
  face: bigint;
}): bigint {
  const { units, frozen, claimed, paid, face } = holding;
  if (face === 0n) return 0n;
  const share = paid >= face ? units : (units * paid) / face;
  const reachable = units - frozen;
  // biome-ignore lint/complexity/useMathMinMax: Math.min takes no bigint
  const due = share < reachable ? share : reachable;
  return due > claimed ? due - claimed : 0n;
}
