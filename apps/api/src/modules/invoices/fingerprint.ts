import { createHmac } from 'node:crypto';
import type { Day } from '../../common/day.js';
import { normaliseIdentifier } from './invoice.js';

/**
 * The identity of a debt, as a number that only the buyer's key can make. The register derives the payable's id from
 * it, so the same invoice can be issued once; without the key nobody can find out by trying which invoices exist.
 */

/** Part of what is hashed. A change of any rule below is a new version; old ones are kept and checked beside it. */
export const FINGERPRINT_SCHEME_VERSION = 1;
const SCHEME = `headwater-invoice-${FINGERPRINT_SCHEME_VERSION}`;

export interface DebtIdentity {
  readonly sellerCountry: string;
  readonly sellerRegistryNumber: string;
  readonly invoiceNumber: string;
  readonly issueDay: Day;
}

/**
 * Seller, number and year of issue in one canonical text. Currency, amount and the exact day are left out on purpose:
 * an invoice presented again with one of them changed is still the same invoice.
 */
export function canonicalIdentity(identity: DebtIdentity): string {
  return [
    SCHEME,
    identity.sellerCountry.toUpperCase(),
    normaliseIdentifier(identity.sellerRegistryNumber),
    normaliseNumber(identity.invoiceNumber),
    identity.issueDay.slice(0, 4),
  ].join('\n');
}

/**
 * Case, width, white space, invisible characters and kinds of dash make no difference. Separators and leading zeros do:
 * 1-23 and 12-3 are two invoices; that they look alike is a signal for people, not a reason to refuse.
 */
export function normaliseNumber(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\p{Z}\p{C}]/gu, '')
    .replace(/\p{Pd}|\u2212/gu, '-');
}

/** HMAC-SHA-256 of the canonical identity under the buyer's fingerprint key. */
export function fingerprint(key: Uint8Array, identity: DebtIdentity): `0x${string}` {
  return `0x${createHmac('sha256', key).update(canonicalIdentity(identity)).digest('hex')}`;
}
