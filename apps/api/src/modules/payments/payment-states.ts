import { type Moves, mover } from '../../common/moves.js';
import type { PAYOUT_STATES } from './payments.schemas.js';

export type PayoutState = (typeof PAYOUT_STATES)[number];

/** REQUESTING, CONFIRMING and RETURNING wait for the register; where it refuses, the payout stands where it stood before. */
export const PAYOUT_MOVES: Moves<PayoutState> = {
  REQUESTING: ['REQUESTED', 'FAILED'],
  REQUESTED: ['CONFIRMING', 'RETURNING'],
  CONFIRMING: ['PAID', 'REQUESTED'],
  PAID: [],
  RETURNING: ['RETURNED', 'REQUESTED'],
  RETURNED: [],
  FAILED: [],
};

/** Throws PAYOUT_STATE where the move is not in the table. */
export const movePayout = mover(PAYOUT_MOVES, 'PAYOUT_STATE');
