import { type Interface, keccak256, toUtf8Bytes } from 'ethers';
import { dayNumber } from '../../../common/day.js';
import { DomainError } from '../../../common/errors.js';
import type { Currency } from '../../../common/money.js';
import type { MemberRole } from '../../../common/roles.js';
import { holderAddress } from '../chain/holder-address.js';
import type { RegisterAbis } from '../indexer/events.js';
import type { CashAssetState } from '../indexer/state.js';
import type { Purpose } from '../keystore/signer.js';
import type { QuoteTerms, RegisterCall, Word } from '../register.js';

/** What a call needs to know of the register beside itself. */
export interface CallContext {
  readonly abis: RegisterAbis;
  readonly members: Word;
  readonly payables: Word;
  readonly exchange: Word;
  readonly creditLimits: Word;
  readonly cashAssets: readonly CashAssetState[];
  /** Version of the fingerprint key a buyer has committed to; 0 before the first. */
  fingerprintScheme(buyerMember: number): Promise<number>;
  /** Address of the custodial key of a member about to be admitted, made on first use. */
  newMemberKey(member: number): Promise<string>;
  /** Address of a member's custodial key, undefined where it has none. */
  memberKey(member: number): Promise<string | undefined>;
  /** The operator, who triggers claims for everybody. */
  readonly operatorMember: number;
}

export interface EncodedCall {
  readonly to: Word;
  readonly data: Word;
  /** A bound, not an estimate: gas is free here, but a block has room for so much. */
  readonly gas: number;
}

const ZERO_WORD: Word = `0x${'0'.repeat(64)}`;

const ROLE_BITS: Record<MemberRole, number> = {
  BUYER: 1,
  SUPPLIER: 2,
  BANK: 4,
  SETTLEMENT_BANK: 8,
  SUPERVISOR: 16,
  OPERATOR: 32,
};

export function roleBits(roles: readonly MemberRole[]): number {
  return roles.reduce((bits, role) => bits | ROLE_BITS[role], 0);
}

/** Whose key signs a call. */
export function signerOf(call: RegisterCall, operatorMember: number): Purpose {
  switch (call.kind) {
    case 'ADMIT_MEMBER':
      return 'GOVERNANCE:MEMBERSHIP';
    case 'SET_CREDIT_LIMIT':
      return `MEMBER:${call.bankMember}`;
    case 'ISSUE_PAYABLE':
      return `MEMBER:${call.buyerMember}`;
    case 'PASS_UNITS':
    case 'TRANSFER_MONEY':
      return `MEMBER:${call.fromMember}`;
    case 'FILL_QUOTE':
      return `MEMBER:${call.terms.holderMember}`;
    case 'PAY_PAYABLE':
      return `MEMBER:${call.payerMember}`;
    case 'CLAIM':
      return `MEMBER:${operatorMember}`;
    case 'MINT_MONEY':
    case 'BURN_MONEY':
      return `MEMBER:${call.settlementBankMember}`;
  }
}

/** The contract call that carries out a register call. Errors: CURRENCY_UNKNOWN, ORGANISATION_NOT_ADMITTED. */
export async function encodeForChain(call: RegisterCall, context: CallContext): Promise<EncodedCall> {
  const { abis } = context;
  switch (call.kind) {
    case 'ADMIT_MEMBER': {
      const key = await context.newMemberKey(call.memberId);
      const group = call.obligorGroup;
      const until = dayNumber(call.validUntil);
      const supplierOnly = call.roles.length === 1 && call.roles[0] === 'SUPPLIER';
      const data = supplierOnly
        ? abis.members.encodeFunctionData('admitSupplier', [call.memberId, group, until, key])
        : abis.members.encodeFunctionData('admit', [call.memberId, roleBits(call.roles), group, until, key]);
      return encoded(context.members, data, 300_000);
    }
    case 'SET_CREDIT_LIMIT': {
      const asset = cashAssetOf(context.cashAssets, call.currency).cashAsset;
      const data = abis.creditLimits.encodeFunctionData('setLimit', [call.obligorGroup, asset, call.amount]);
      return encoded(context.creditLimits, data, 200_000);
    }
    case 'FILL_QUOTE': {
      const signer = await context.memberKey(call.terms.bankMember);
      if (signer === undefined) throw new DomainError('ORGANISATION_NOT_ADMITTED');
      const quote = quoteOf(call.terms, context.cashAssets);
      const data = abis.exchange.encodeFunctionData('fill', [quote, signer, call.signature]);
      return encoded(context.exchange, data, 500_000);
    }
    case 'MINT_MONEY':
    case 'TRANSFER_MONEY':
    case 'BURN_MONEY':
      return encodeMoney(call, context);
    default:
      return encodePayable(call, context);
  }
}

type MoneyCall = Extract<RegisterCall, { kind: 'MINT_MONEY' | 'TRANSFER_MONEY' | 'BURN_MONEY' }>;
type PayableCall = Extract<RegisterCall, { kind: 'ISSUE_PAYABLE' | 'PASS_UNITS' | 'PAY_PAYABLE' | 'CLAIM' }>;

function encodeMoney(call: MoneyCall, context: CallContext): EncodedCall {
  const abi = context.abis.depositMoney;
  const { token, issuer } = cashAssetOf(context.cashAssets, call.currency);
  return encoded(token, moneyData(call, abi, issuer), 250_000);
}

function moneyData(call: MoneyCall, abi: Interface, bank: number): string {
  switch (call.kind) {
    case 'MINT_MONEY':
      return abi.encodeFunctionData('mint', [call.toMember, call.amount, referenceWord('MINT', call.reference)]);
    case 'BURN_MONEY': {
      const reference = referenceWord('BURN', call.reference);
      if (call.payoutId === undefined) return abi.encodeFunctionData('burn', [call.amount, reference]);
      return abi.encodeFunctionData('confirmPayout', [referenceWord('PAYOUT', call.payoutId), reference]);
    }
    case 'TRANSFER_MONEY': {
      const { fromMember, toMember, amount, payoutId } = call;
      if (payoutId === undefined) {
        return abi.encodeFunctionData('transferFrom', [holderAddress(fromMember), holderAddress(toMember), amount]);
      }
      const reference = referenceWord('PAYOUT', payoutId);
      if (toMember === bank) return abi.encodeFunctionData('askPayout', [amount, reference]);
      // The reason is between bank and member, and stays in the back office.
      return abi.encodeFunctionData('returnPayout', [reference, ZERO_WORD]);
    }
  }
}

async function encodePayable(call: PayableCall, context: CallContext): Promise<EncodedCall> {
  const abi = context.abis.payables;
  switch (call.kind) {
    case 'ISSUE_PAYABLE': {
      const item = {
        fingerprint: call.fingerprint,
        revision: call.revision,
        fingerprintScheme: await context.fingerprintScheme(call.buyerMember),
        supplier: call.supplierMember,
        face: call.face,
        cashAsset: cashAssetOf(context.cashAssets, call.currency).cashAsset,
        dueDay: dayNumber(call.dueDay),
        termsHash: call.termsHash,
        documentHash: call.documentHash,
        evidenceHash: call.evidenceHash,
      };
      return encoded(context.payables, abi.encodeFunctionData('issue', [item]), 400_000);
    }
    case 'PASS_UNITS': {
      const args = [call.payable, [call.toMember], [call.units], [call.evidenceHash]];
      return encoded(context.payables, abi.encodeFunctionData('pass', args), 300_000);
    }
    case 'PAY_PAYABLE': {
      const args = [call.payable, call.amount, call.expectedPaid];
      return encoded(context.payables, abi.encodeFunctionData('pay', args), 300_000);
    }
    case 'CLAIM': {
      const [holder] = call.holderMembers;
      if (holder === undefined || call.holderMembers.length > 1)
        throw new Error('a claim names one holder when it is sent');
      return encoded(context.payables, abi.encodeFunctionData('claim', [call.payable, holder]), 300_000);
    }
  }
}

/** The fields of a quote as the exchange signs and fills them: the bank bids, exactly this holder may fill. */
export function quoteOf(terms: QuoteTerms, cashAssets: readonly CashAssetState[]) {
  return {
    side: 0,
    maker: terms.bankMember,
    counterparty: terms.holderMember,
    id: terms.payable,
    units: terms.units,
    price: terms.price,
    cashAsset: cashAssetOf(cashAssets, terms.currency).cashAsset,
    nonce: terms.nonce,
    deadline: BigInt(Math.floor(terms.deadline.getTime() / 1000)),
  };
}

export const QUOTE_TYPES = {
  Quote: [
    { name: 'side', type: 'uint8' },
    { name: 'maker', type: 'uint32' },
    { name: 'counterparty', type: 'uint32' },
    { name: 'id', type: 'uint256' },
    { name: 'units', type: 'uint256' },
    { name: 'price', type: 'uint256' },
    { name: 'cashAsset', type: 'uint16' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
};

/** The first listed deposit money in a currency. Errors: CURRENCY_UNKNOWN. */
export function cashAssetOf(cashAssets: readonly CashAssetState[], currency: Currency): CashAssetState {
  const asset = cashAssets.find((candidate) => candidate.currency === currency);
  if (asset === undefined) throw new DomainError('CURRENCY_UNKNOWN', { currency });
  return asset;
}

/** Each bank reference has one effect on the register; the same text may book money in once and out once. */
export function referenceWord(use: 'MINT' | 'BURN' | 'PAYOUT', reference: string): Word {
  return lower(keccak256(toUtf8Bytes(`${use}:${reference}`)));
}

function encoded(to: Word, data: string, gas: number): EncodedCall {
  return { to, data: lower(data), gas };
}

function lower(hex: string): Word {
  return `0x${hex.slice(2).toLowerCase()}`;
}
