import { type Canonical, digestOf } from '../../common/canonical.js';
import { type Day, daysBetween } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import type { Currency } from '../../common/money.js';
import { type Moves, mover } from '../../common/moves.js';

/** The buyer's act: one person proposes, another decides, both over the same facts. */

export type Decision = 'CONFIRM' | 'REJECT';

export type ConfirmationState = 'PROPOSED' | 'APPROVED' | 'DECLINED' | 'FAILED';

export const CONFIRMATION_MOVES: Moves<ConfirmationState> = {
  PROPOSED: ['APPROVED', 'DECLINED'],
  APPROVED: ['FAILED'],
  DECLINED: [],
  FAILED: [],
};

/** Throws CONFIRMATION_STATE where the move is not in the table. */
export const moveConfirmation = mover(CONFIRMATION_MOVES, 'CONFIRMATION_STATE');

/** Longest time from decision to payment; a programme will be able to shorten it. The register's policy has the last word. */
export const MAX_TENOR_DAYS = 366;

/**
 * The day the buyer undertakes to pay: the invoice's, or an earlier one; a buyer cannot give itself more time than the
 * seller did. Errors: INVOICE_DATES_WRONG, DUE_DAY_PAST, TENOR_TOO_LONG.
 */
export function agreeDueDay(wanted: Day | undefined, invoiceDueDay: Day, today: Day): Day {
  const dueDay = wanted ?? invoiceDueDay;
  if (dueDay > invoiceDueDay) throw new DomainError('INVOICE_DATES_WRONG', { dueDay, latest: invoiceDueDay });
  if (dueDay < today) throw new DomainError('DUE_DAY_PAST', { dueDay, today });
  const days = daysBetween(today, dueDay);
  if (days > MAX_TENOR_DAYS) throw new DomainError('TENOR_TOO_LONG', { days, allowed: MAX_TENOR_DAYS });
  return dueDay;
}

export interface DecidedParty {
  readonly name: string;
  readonly country: string;
  readonly registryNumber: string;
}

/** Everything that is decided, and nothing that is not: what maker and checker both look at. */
export interface DecisionFacts {
  readonly decision: Decision;
  readonly reason: string | undefined;
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly issueDay: Day;
  readonly documentSha256: string | undefined;
  readonly seller: DecidedParty;
  readonly buyer: DecidedParty;
  readonly currency: Currency;
  /** Amount the buyer undertakes to pay, in minor units. */
  readonly amount: bigint;
  readonly dueDay: Day;
}

/** The facts as they are hashed, stored and shown. */
export function canonicalFacts(facts: DecisionFacts): { readonly [key: string]: Canonical | undefined } {
  return {
    scheme: 'headwater-confirmation-1',
    decision: facts.decision,
    reason: facts.reason,
    invoice: {
      id: facts.invoiceId,
      number: facts.invoiceNumber,
      issueDay: facts.issueDay,
      documentSha256: facts.documentSha256,
    },
    seller: { ...facts.seller },
    buyer: { ...facts.buyer },
    currency: facts.currency,
    amountMinor: facts.amount.toString(),
    dueDay: facts.dueDay,
  };
}

/** What maker and checker both see: 64 hex digits that change when any of the facts does. */
export function decisionDigest(facts: DecisionFacts): string {
  return digestOf(canonicalFacts(facts));
}

/** The undertaking itself, as its salted hash goes to the register. */
export function termsOf(facts: DecisionFacts): Canonical {
  return {
    scheme: 'headwater-terms-1',
    undertaking: 'The buyer undertakes irrevocably and without set-off to pay the holder the amount on the due day.',
    buyer: { ...facts.buyer },
    firstHolder: { ...facts.seller },
    currency: facts.currency,
    amountMinor: facts.amount.toString(),
    dueDay: facts.dueDay,
  };
}

/** A person's part in the decision; when and how freshly they had proved who they are. */
export interface Signatory {
  readonly userId: string;
  readonly name: string;
  readonly authenticatedAt: string;
  readonly actedAt: string;
}

/** What is kept of the act and whose salted hash goes to the register. */
export function evidenceOf(facts: DecisionFacts, maker: Signatory, checker: Signatory | undefined) {
  return {
    digest: decisionDigest(facts),
    facts: canonicalFacts(facts),
    maker: { ...maker },
    ...(checker ? { checker: { ...checker } } : {}),
  };
}
