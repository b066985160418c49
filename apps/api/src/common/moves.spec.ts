import { describe, expect, test } from '@jest/globals';
import { CONFIRMATION_MOVES, moveConfirmation } from '../modules/confirmations/confirmation.js';
import { moveQuote, moveRequest, QUOTE_MOVES, REQUEST_MOVES } from '../modules/financing/financing.js';
import { INVOICE_MOVES, moveInvoice } from '../modules/invoices/invoice.js';
import { moveTransfer, TRANSFER_MOVES } from '../modules/payables/payable.js';
import { movePayout, PAYOUT_MOVES } from '../modules/payments/payment-states.js';
import type { ErrorCode } from './error-codes.js';
import { DomainError } from './errors.js';
import type { Moves } from './moves.js';

/** Every state machine of the business, walked pair by pair: the table allows exactly what is written here. */
const MACHINES = {
  invoice: machine(INVOICE_MOVES, moveInvoice, 'INVOICE_STATE', [
    'SUBMITTED>PROPOSED',
    'SUBMITTED>WITHDRAWN',
    'PROPOSED>SUBMITTED',
    'PROPOSED>CONFIRMING',
    'PROPOSED>REJECTED',
    'CONFIRMING>CONFIRMED',
    'CONFIRMING>SUBMITTED',
  ]),
  confirmation: machine(CONFIRMATION_MOVES, moveConfirmation, 'CONFIRMATION_STATE', [
    'PROPOSED>APPROVED',
    'PROPOSED>DECLINED',
    'APPROVED>FAILED',
  ]),
  transfer: machine(TRANSFER_MOVES, moveTransfer, 'TRANSFER_STATE', [
    'OFFERED>ACCEPTED',
    'OFFERED>REFUSED',
    'OFFERED>WITHDRAWN',
    'OFFERED>EXPIRED',
    'ACCEPTED>COMPLETED',
    'ACCEPTED>FAILED',
  ]),
  request: machine(REQUEST_MOVES, moveRequest, 'REQUEST_STATE', [
    'OPEN>ACCEPTED',
    'OPEN>WITHDRAWN',
    'OPEN>EXPIRED',
    'ACCEPTED>COMPLETED',
    'ACCEPTED>OPEN',
    'ACCEPTED>EXPIRED',
    'ACCEPTED>FAILED',
  ]),
  quote: machine(QUOTE_MOVES, moveQuote, 'QUOTE_STATE', [
    'OFFERED>ACCEPTED',
    'OFFERED>WITHDRAWN',
    'OFFERED>EXPIRED',
    'OFFERED>LOST',
    'ACCEPTED>COMPLETED',
    'ACCEPTED>FAILED',
  ]),
  payout: machine(PAYOUT_MOVES, movePayout, 'PAYOUT_STATE', [
    'REQUESTING>REQUESTED',
    'REQUESTING>FAILED',
    'REQUESTED>CONFIRMING',
    'REQUESTED>RETURNING',
    'CONFIRMING>PAID',
    'CONFIRMING>REQUESTED',
    'RETURNING>RETURNED',
    'RETURNING>REQUESTED',
  ]),
};

interface Machine {
  readonly states: readonly string[];
  readonly allowed: readonly string[];
  readonly code: ErrorCode;
  go(from: string, to: string): string;
}

function machine<S extends string>(
  moves: Moves<S>,
  move: (from: S, to: S) => S,
  code: ErrorCode,
  allowed: readonly string[],
): Machine {
  const states = Object.keys(moves);
  const isState = (text: string): text is S => states.includes(text);
  return {
    states,
    allowed,
    code,
    go: (from, to) => {
      if (!isState(from) || !isState(to)) throw new TypeError(`${from} > ${to} is not of this machine`);
      return move(from, to);
    },
  };
}

describe.each(Object.entries(MACHINES))('%s', (_name, { states, allowed, code, go }) => {
  const pairs = states.flatMap((from) => states.map((to) => [from, to] as const));

  test.each(pairs)('%s > %s', (from, to) => {
    if (allowed.includes(`${from}>${to}`)) {
      expect(go(from, to)).toBe(to);
      return;
    }
    expect(() => go(from, to)).toThrow(new DomainError(code));
    try {
      go(from, to);
    } catch (error) {
      expect(error).toMatchObject({ details: { state: from, wanted: to } });
    }
  });

  test('every allowed move names two states of the machine', () => {
    for (const move of allowed) for (const state of move.split('>')) expect(states).toContain(state);
  });
});
