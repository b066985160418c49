import type { EntityManager } from 'typeorm';
import type { Day } from '../../common/day.js';
import type { Currency } from '../../common/money.js';
import type { MemberRole } from '../../common/roles.js';
import type { OperationKind } from '../operations/operations.schemas.js';

/**
 * The seam between the business and the register. Everything a module may ask of the register is a RegisterCall; nothing
 * here speaks of transactions, gas or addresses, so that no other module can come to depend on them.
 */

/** 32 bytes as 0x-prefixed lower-case hex. */
export type Word = `0x${string}`;

/** The terms of a sale that a bank signs; exact units for an exact price, once, until the deadline. */
export interface QuoteTerms {
  readonly payable: Word;
  readonly bankMember: number;
  readonly holderMember: number;
  readonly units: bigint;
  readonly price: bigint;
  readonly currency: Currency;
  readonly nonce: bigint;
  readonly deadline: Date;
}

export type RegisterCall =
  | {
      readonly kind: 'ADMIT_MEMBER';
      readonly memberId: number;
      readonly roles: readonly MemberRole[];
      readonly obligorGroup: number;
      readonly validUntil: Day;
    }
  | {
      readonly kind: 'SET_CREDIT_LIMIT';
      readonly bankMember: number;
      readonly obligorGroup: number;
      readonly currency: Currency;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'ISSUE_PAYABLE';
      readonly buyerMember: number;
      readonly supplierMember: number;
      readonly fingerprint: Word;
      readonly revision: number;
      readonly face: bigint;
      readonly currency: Currency;
      readonly dueDay: Day;
      readonly termsHash: Word;
      readonly documentHash: Word;
      readonly evidenceHash: Word;
    }
  | {
      readonly kind: 'PASS_UNITS';
      readonly payable: Word;
      readonly fromMember: number;
      readonly toMember: number;
      readonly units: bigint;
      readonly evidenceHash: Word;
    }
  | { readonly kind: 'FILL_QUOTE'; readonly terms: QuoteTerms; readonly signature: Word }
  | {
      readonly kind: 'PAY_PAYABLE';
      readonly payerMember: number;
      readonly payable: Word;
      readonly amount: bigint;
      readonly expectedPaid: bigint;
    }
  /** Anyone may trigger a claim; money goes only to the holders. Signed by the operator's key. */
  | { readonly kind: 'CLAIM'; readonly payable: Word; readonly holderMembers: readonly number[] }
  | {
      readonly kind: 'MINT_MONEY';
      readonly settlementBankMember: number;
      readonly toMember: number;
      readonly currency: Currency;
      readonly amount: bigint;
      readonly reference: string;
    }
  | {
      /**
       * With `payoutId` one half of a payout: to the settlement bank it asks for it and the register reserves the money
       * there; from the settlement bank it returns exactly that payout.
       */
      readonly kind: 'TRANSFER_MONEY';
      readonly fromMember: number;
      readonly toMember: number;
      readonly currency: Currency;
      readonly amount: bigint;
      readonly payoutId?: string | undefined;
    }
  | {
      /** With `payoutId` the end of that payout: exactly what was reserved for it is destroyed. */
      readonly kind: 'BURN_MONEY';
      readonly settlementBankMember: number;
      readonly currency: Currency;
      readonly amount: bigint;
      readonly reference: string;
      readonly payoutId?: string | undefined;
    };

export interface RegisterCommand {
  readonly call: RegisterCall;
  /** Who asked; sees the operation. Absent for what the platform does by itself (claims). */
  readonly organisationId?: string;
  /** The business object this changes: invoice, transfer, quote, payment, payout, deposit, organisation. */
  readonly subjectId?: string;
}

/** A settled operation as its module's effect sees it. */
export interface SettledOperation {
  readonly id: string;
  readonly kind: OperationKind;
  readonly subjectId: string | undefined;
  readonly organisationId: string | undefined;
  /** When the register did it (block time), or when it was given up. */
  readonly settledAt: Date;
  readonly error: { readonly code: string; readonly detail: string } | undefined;
}

/**
 * What a module does when its operation has ended. `done` runs in the very transaction that projects the register's
 * events, `failed` in the one that gives the operation up; both must only touch the caller's own tables through
 * `manager`, must not call out, and must be written so that state guards decide (UPDATE ... WHERE state = ...).
 */
export interface OperationEffect {
  done(manager: EntityManager, operation: SettledOperation): Promise<void>;
  failed(manager: EntityManager, operation: SettledOperation): Promise<void>;
}

/** Register events a module may follow beyond its own operations, inside the projecting transaction. */
export interface PaidEvent {
  readonly payable: Word;
  readonly payerMember: number;
  readonly amount: bigint;
  readonly paidAfter: bigint;
  readonly occurredAt: Date;
}
