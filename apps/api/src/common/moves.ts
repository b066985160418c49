import type { ErrorCode } from './error-codes.js';
import { DomainError } from './errors.js';

/** A state machine as a table: each state with the states that may follow it. */
export type Moves<S extends string> = { readonly [from in S]: readonly S[] };

/** The one guard of a table: gives back the new state, or throws `code` with both states where the table has no such move. */
export function mover<S extends string>(moves: Moves<S>, code: ErrorCode): (from: S, to: S) => S {
  return (from, to) => {
    if (!moves[from].includes(to)) throw new DomainError(code, { state: from, wanted: to });
    return to;
  };
}
