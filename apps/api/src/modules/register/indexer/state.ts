import type { Word } from '../register.js';

/** The rows a block touches, as the projection holds them in memory while it applies that block. */

export interface MemberState {
  readonly memberId: number;
  roles: number;
  obligorGroup: number;
  status: number;
  /** Register day number. */
  validUntil: number;
  fingerprintScheme: number;
  admittedBlock: number;
}

export type PayableStatus = 'OPEN' | 'PAYING' | 'PAID' | 'CANCELLED' | 'CLOSED';

export interface PayableState {
  readonly id: Word;
  readonly buyer: number;
  readonly supplier: number;
  readonly cashAsset: number;
  readonly originalFace: bigint;
  /** Register day number. */
  readonly dueDay: number;
  readonly fingerprint: Word;
  readonly revision: number;
  readonly termsHash: Word;
  readonly documentHash: Word;
  readonly evidenceHash: Word;
  readonly issuedAt: Date;
  readonly issuedBlock: number;
  face: bigint;
  paid: bigint;
  claimed: bigint;
  status: PayableStatus;
  heldUntil: number;
}

export interface HoldingState {
  readonly payable: Word;
  readonly member: number;
  units: bigint;
  frozen: bigint;
  frozenUntil: number;
  /** Already paid out on the units held now; the register's own number. */
  claimed: bigint;
  /** All this member was ever paid on this payable; stays when the units are gone. */
  received: bigint;
}

export interface DepositState {
  readonly cashAsset: number;
  readonly member: number;
  balance: bigint;
}

export interface CarriedState {
  readonly bank: number;
  readonly obligorGroup: number;
  readonly cashAsset: number;
  units: bigint;
}

export interface CashAssetState {
  readonly cashAsset: number;
  readonly currency: string;
  readonly token: Word;
  readonly issuer: number;
}

export type MovementKind =
  | 'ISSUE'
  | 'PASS'
  | 'SALE'
  | 'PAYMENT'
  | 'CLAIM'
  | 'SURRENDER'
  | 'CANCEL'
  | 'FREEZE'
  | 'FORCED';

export interface MovementFact {
  readonly logIndex: number;
  readonly kind: MovementKind;
  readonly payable: Word;
  readonly from?: number;
  readonly to?: number;
  readonly units: bigint;
  readonly amount?: bigint;
  readonly evidence?: Word;
  readonly transactionHash: Word;
}

export type MoneyKind = 'MINT' | 'BURN' | 'TRANSFER' | 'SALE' | 'PAYMENT' | 'CLAIM';

/** Money that moved. `from` is absent for MINT and CLAIM (it comes from the payable), `to` for BURN and PAYMENT. */
export interface MoneyFact {
  readonly logIndex: number;
  readonly kind: MoneyKind;
  readonly cashAsset: number;
  readonly from?: number;
  readonly to?: number;
  readonly amount: bigint;
  readonly payable?: Word;
  readonly reference?: Word;
  readonly transactionHash: Word;
}

export interface LimitFact {
  readonly bank: number;
  readonly obligorGroup: number;
  readonly cashAsset: number;
  readonly amount: bigint;
}

export interface KeyFact {
  readonly address: Word;
  readonly member: number;
  readonly active: boolean;
}

export interface PaidFact {
  readonly payable: Word;
  readonly payer: number;
  readonly amount: bigint;
  readonly paidAfter: bigint;
}

/** The register did something this projection does not understand: it must stop, not guess. */
export class ProjectionFault extends Error {}

/** What one block changes. Rows in the maps are read before and written after; facts are only added. */
export class BlockState {
  readonly members = new Map<number, MemberState>();
  readonly payables = new Map<Word, PayableState>();
  readonly holdings = new Map<string, HoldingState>();
  readonly deposits = new Map<string, DepositState>();
  readonly carried = new Map<string, CarriedState>();
  readonly cashAssets = new Map<number, CashAssetState>();
  readonly newCashAssets: CashAssetState[] = [];
  readonly keys: KeyFact[] = [];
  readonly limits: LimitFact[] = [];
  readonly movements: MovementFact[] = [];
  readonly money: MoneyFact[] = [];
  readonly paid: PaidFact[] = [];
  readonly changedMembers = new Set<number>();

  constructor(
    readonly number: number,
    readonly time: Date,
  ) {}

  member(id: number): MemberState {
    return known(this.members.get(id), `member ${id}`);
  }

  payable(id: Word): PayableState {
    return known(this.payables.get(id), `payable ${id}`);
  }

  cashAsset(index: number): CashAssetState {
    return known(this.cashAssets.get(index), `cash asset ${index}`);
  }

  holding(payable: Word, member: number): HoldingState {
    const key = holdingKey(payable, member);
    const existing = this.holdings.get(key);
    if (existing !== undefined) return existing;
    const fresh = { payable, member, units: 0n, frozen: 0n, frozenUntil: 0, claimed: 0n, received: 0n };
    this.holdings.set(key, fresh);
    return fresh;
  }

  deposit(cashAsset: number, member: number): DepositState {
    const key = `${cashAsset}:${member}`;
    const existing = this.deposits.get(key);
    if (existing !== undefined) return existing;
    const fresh = { cashAsset, member, balance: 0n };
    this.deposits.set(key, fresh);
    return fresh;
  }

  carriedBy(bank: number, obligorGroup: number, cashAsset: number): CarriedState {
    const key = `${bank}:${obligorGroup}:${cashAsset}`;
    const existing = this.carried.get(key);
    if (existing !== undefined) return existing;
    const fresh = { bank, obligorGroup, cashAsset, units: 0n };
    this.carried.set(key, fresh);
    return fresh;
  }
}

export function holdingKey(payable: Word, member: number): string {
  return `${payable}:${member}`;
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new ProjectionFault(`the log speaks of ${what}, which the projection does not know`);
  return value;
}
