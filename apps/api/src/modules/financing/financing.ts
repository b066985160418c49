import { type Moves, mover } from '../../common/moves.js';
import type { QUOTE_STATES, REQUEST_STATES } from './financing.schemas.js';

export type RequestState = (typeof REQUEST_STATES)[number];
export type QuoteState = (typeof QUOTE_STATES)[number];

/** ACCEPTED goes back to OPEN where the register refused the sale: another quote may still win. */
export const REQUEST_MOVES: Moves<RequestState> = {
  OPEN: ['ACCEPTED', 'WITHDRAWN', 'EXPIRED'],
  ACCEPTED: ['COMPLETED', 'OPEN', 'EXPIRED', 'FAILED'],
  COMPLETED: [],
  WITHDRAWN: [],
  EXPIRED: [],
  FAILED: [],
};

/** LOST: another quote won, or the request ended. */
export const QUOTE_MOVES: Moves<QuoteState> = {
  OFFERED: ['ACCEPTED', 'WITHDRAWN', 'EXPIRED', 'LOST'],
  ACCEPTED: ['COMPLETED', 'FAILED'],
  COMPLETED: [],
  WITHDRAWN: [],
  EXPIRED: [],
  LOST: [],
  FAILED: [],
};

/** Throws REQUEST_STATE where the move is not in the table. */
export const moveRequest = mover(REQUEST_MOVES, 'REQUEST_STATE');

/** Throws QUOTE_STATE where the move is not in the table. */
export const moveQuote = mover(QUOTE_MOVES, 'QUOTE_STATE');

/** A quote lives as long as its bank said, but never longer than the request it answers: then the units are free again. */
export function quoteDeadline(now: Date, validMinutes: number, requestExpiresAt: Date): Date {
  return new Date(Math.min(now.getTime() + validMinutes * 60_000, requestExpiresAt.getTime()));
}
