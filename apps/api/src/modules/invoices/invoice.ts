import { addDays, type Day } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { type Currency, MAX_FACE_MINOR } from '../../common/money.js';
import { type Moves, mover } from '../../common/moves.js';
import type { INVOICE_STATES } from './invoices.schemas.js';

/** The one normalised invoice: whatever the file looked like, everything after capture works on this. */

/** How a document names a party. Identifiers are normalised (see `normaliseIdentifier`); names never identify. */
export interface PartyClaim {
  readonly identifiers: readonly string[];
  /** ISO 3166-1 alpha-2, where the document says. */
  readonly country: string | undefined;
}

/** EN 16931 document totals in minor units; the BT number stands behind each. Absent parts are zero. */
export interface InvoiceTotals {
  /** BT-131 of every line. Empty where the source carries no lines (typed in). */
  readonly lines: readonly bigint[];
  /** BT-92 of every document level allowance. */
  readonly allowances: readonly bigint[];
  /** BT-99 of every document level charge. */
  readonly charges: readonly bigint[];
  /** BT-106, BT-107, BT-108. */
  readonly lineTotal: bigint | undefined;
  readonly allowanceTotal: bigint;
  readonly chargeTotal: bigint;
  /** BT-109, without tax. */
  readonly net: bigint;
  /** BT-110, and BT-117 of every tax group where the document lists them. */
  readonly tax: bigint;
  readonly taxGroups: readonly bigint[] | undefined;
  /** BT-112, with tax. */
  readonly gross: bigint;
  /** BT-113, BT-114. */
  readonly prepaid: bigint;
  readonly rounding: bigint;
  /** BT-115, what is still to be paid: the face of a payable made of it. */
  readonly payable: bigint;
}

export interface InvoiceFacts {
  /** UNTDID 1001 code (BT-3). */
  readonly typeCode: string;
  readonly number: string;
  readonly issueDay: Day;
  readonly dueDay: Day;
  readonly currency: Currency;
  /** Absent where a signed-in seller typed the facts in. */
  readonly seller: PartyClaim | undefined;
  readonly buyer: PartyClaim;
  /** Who is to be paid, where the document names somebody beside the seller (BG-10). */
  readonly payee: PartyClaim | undefined;
  readonly orderNumber: string | undefined;
  readonly totals: InvoiceTotals;
}

/**
 * Document types that are a claim of the seller against the buyer for something delivered. Not among them: credit notes
 * (381, 396), prepayments (386: nothing delivered yet), self-billing (389: the buyer's own document), factored invoices
 * (393: the claim belongs to somebody else already), information only (751).
 */
const CLAIM_TYPES: ReadonlySet<string> = new Set(['380', '383', '384']);

/**
 * Refuses what cannot become a payable whoever the parties are. Errors: INVOICE_TYPE_REFUSED, PAYEE_DIFFERS,
 * AMOUNT_NOT_POSITIVE, AMOUNT_TOO_LARGE, INVOICE_TOTALS_WRONG, INVOICE_DATES_WRONG.
 */
export function judgeInvoice(facts: InvoiceFacts, today: Day): void {
  if (!CLAIM_TYPES.has(facts.typeCode)) throw new DomainError('INVOICE_TYPE_REFUSED', { typeCode: facts.typeCode });
  if (facts.payee && !overlaps(facts.payee.identifiers, facts.seller?.identifiers ?? [])) {
    throw new DomainError('PAYEE_DIFFERS', { payee: facts.payee.identifiers });
  }
  if (facts.totals.payable <= 0n) throw new DomainError('AMOUNT_NOT_POSITIVE', { field: 'BT-115' });
  if (facts.totals.payable > MAX_FACE_MINOR) {
    throw new DomainError('AMOUNT_TOO_LARGE', { field: 'BT-115', allowed: `${MAX_FACE_MINOR}` });
  }
  const wrong = wrongTotals(facts.totals);
  if (wrong.length > 0) throw new DomainError('INVOICE_TOTALS_WRONG', { rules: wrong });
  judgeDays(facts, today);
}

function judgeDays({ issueDay, dueDay }: InvoiceFacts, today: Day): void {
  if (dueDay < issueDay) throw new DomainError('INVOICE_DATES_WRONG', { issueDay, dueDay, reason: 'DUE_BEFORE_ISSUE' });
  if (dueDay < today) throw new DomainError('INVOICE_DATES_WRONG', { dueDay, today, reason: 'DUE_PAST' });
  // One day of grace: the seller may live east of the register's zone, where tomorrow has begun.
  if (issueDay > addDays(today, 1)) {
    throw new DomainError('INVOICE_DATES_WRONG', { issueDay, today, reason: 'ISSUED_IN_FUTURE' });
  }
}

export interface WrongTotal {
  readonly rule: string;
  readonly stated: string;
  readonly computed: string;
}

/** EN 16931 rules BR-CO-10 to BR-CO-16, in exact arithmetic without slack: each one that fails, with both figures. */
export function wrongTotals(t: InvoiceTotals): WrongTotal[] {
  const lineTotal = t.lineTotal ?? t.net + t.allowanceTotal - t.chargeTotal;
  const rules: [rule: string, stated: bigint, computed: bigint][] = [
    ['BR-CO-11', t.allowanceTotal, sum(t.allowances)],
    ['BR-CO-12', t.chargeTotal, sum(t.charges)],
    ['BR-CO-13', t.net, lineTotal - t.allowanceTotal + t.chargeTotal],
    ['BR-CO-15', t.gross, t.net + t.tax],
    ['BR-CO-16', t.payable, t.gross - t.prepaid + t.rounding],
  ];
  if (t.lineTotal !== undefined) rules.unshift(['BR-CO-10', t.lineTotal, sum(t.lines)]);
  if (t.taxGroups !== undefined) rules.push(['BR-CO-14', t.tax, sum(t.taxGroups)]);
  return rules
    .filter(([, stated, computed]) => stated !== computed)
    .map(([rule, stated, computed]) => ({ rule, stated: `${stated}`, computed: `${computed}` }));
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** Registry numbers are written with spaces, dots, dashes and slashes that mean nothing. */
export function normaliseIdentifier(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Does the document's party claim name this organisation? By registry number, or by VAT number, which is the registry
 * number behind its country's prefix where no other is known; a stated country must agree. Never by name.
 */
export function namesOrganisation(
  claim: PartyClaim,
  organisation: { country: string; registryNumber: string },
): boolean {
  if (claim.country !== undefined && claim.country !== organisation.country) return false;
  const number = normaliseIdentifier(organisation.registryNumber);
  return claim.identifiers.some((id) => id === number || id === organisation.country + number);
}

function overlaps(a: readonly string[], b: readonly string[]): boolean {
  return a.some((item) => b.includes(item));
}

export type InvoiceState = (typeof INVOICE_STATES)[number];

/** CONFIRMING goes back to SUBMITTED where the register refused. */
export const INVOICE_MOVES: Moves<InvoiceState> = {
  SUBMITTED: ['PROPOSED', 'WITHDRAWN'],
  PROPOSED: ['SUBMITTED', 'CONFIRMING', 'REJECTED'],
  CONFIRMING: ['CONFIRMED', 'SUBMITTED'],
  CONFIRMED: [],
  REJECTED: [],
  WITHDRAWN: [],
};

/** Throws INVOICE_STATE where the move is not in the table. */
export const moveInvoice = mover(INVOICE_MOVES, 'INVOICE_STATE');
