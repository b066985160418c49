import type { Interface } from 'ethers';
import type { ErrorCode } from '../../../common/error-codes.js';
import type { Word } from '../register.js';

/** What the register's own refusals mean to people. An error that is not listed is REGISTER_REFUSED with its name. */
export const CODES: Readonly<Record<string, ErrorCode>> = {
  AlreadyIssued: 'INVOICE_DUPLICATE',
  PreviousRevisionNotCancelled: 'INVOICE_DUPLICATE',
  DueDayPast: 'DUE_DAY_PAST',
  TenorAboveMaximum: 'TENOR_TOO_LONG',
  TenorBelowMinimum: 'DUE_DAY_PAST',
  FaceAboveMaximum: 'AMOUNT_TOO_LARGE',
  FaceZero: 'AMOUNT_NOT_POSITIVE',
  AmountZero: 'AMOUNT_NOT_POSITIVE',
  UnitsZero: 'AMOUNT_NOT_POSITIVE',
  AmountOutOfRange: 'AMOUNT_TOO_LARGE',
  UnknownCashAsset: 'CURRENCY_UNKNOWN',
  CurrencyMismatch: 'CURRENCY_UNKNOWN',
  RoleMissing: 'ROLE_MISMATCH',
  NotABank: 'ROLE_MISMATCH',
  NotTheBank: 'ROLE_MISMATCH',
  NotActive: 'ORGANISATION_NOT_ADMITTED',
  BankNotActive: 'ORGANISATION_NOT_ADMITTED',
  NotAKey: 'ORGANISATION_NOT_ADMITTED',
  NotAMember: 'ORGANISATION_NOT_ADMITTED',
  ValidUntilPast: 'DAY_INVALID',
  MemberUnknown: 'ORGANISATION_UNKNOWN',
  MemberExists: 'ADMISSION_STATE',
  MemberIsRemoved: 'ADMISSION_STATE',
  BanksReceiveBySaleOnly: 'RECIPIENT_REFUSED',
  SameHolder: 'RECIPIENT_REFUSED',
  SelfIssue: 'RECIPIENT_REFUSED',
  StatusNotAllowed: 'PAYABLE_STATE',
  HeldUntil: 'PAYABLE_STATE',
  PausedUntil: 'PAYABLE_STATE',
  WholeHoldingOnly: 'UNITS_NOT_AVAILABLE',
  ERC1155InsufficientBalance: 'UNITS_NOT_AVAILABLE',
  ERC7943InsufficientUnfrozenBalance: 'UNITS_NOT_AVAILABLE',
  ERC20InsufficientBalance: 'FUNDS_NOT_AVAILABLE',
  PayoutsReserved: 'FUNDS_NOT_AVAILABLE',
  ReferenceUsed: 'REFERENCE_USED',
  NoPayoutPending: 'PAYOUT_STATE',
  PaidMismatch: 'PAYMENT_CHANGED',
  AmountAboveOutstanding: 'PAYMENT_TOO_LARGE',
  PartPaymentBeforeDueDay: 'PAYMENT_TOO_EARLY',
  NothingToClaim: 'NOTHING_TO_CLAIM',
  QuoteExpired: 'QUOTE_EXPIRED',
  NonceUsed: 'QUOTE_STATE',
  LimitExceeded: 'LIMIT_EXCEEDED',
};

export interface Refusal {
  readonly code: ErrorCode;
  /** The register's own words, for operations staff: error name and its values. */
  readonly detail: string;
}

/** Reads a contract's revert data with the errors of every contract, since one calls another. */
export class RefusalReader {
  constructor(private readonly abis: readonly Interface[]) {}

  read(data: Word | undefined, message: string): Refusal {
    if (data !== undefined && data.length >= 10) {
      for (const abi of this.abis) {
        const parsed = abi.parseError(data);
        if (parsed === null) continue;
        const values = parsed.args.map((value: unknown) => String(value)).join(', ');
        return { code: CODES[parsed.name] ?? 'REGISTER_REFUSED', detail: `${parsed.name}(${values})` };
      }
    }
    return { code: 'REGISTER_REFUSED', detail: message.slice(0, 300) };
  }
}
