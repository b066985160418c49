import type { TransactionLike, TypedDataDomain, TypedDataField } from 'ethers';
import type { Word } from '../register.js';

/** Whom a key acts for: one member, or one role of governance. */
export type Purpose = `MEMBER:${number}` | `GOVERNANCE:${string}`;

/**
 * Signs for one address. The custodial keystore is one way to be a signer; a member's own signing service is another.
 * Nothing outside this interface ever sees a private key.
 */
export interface Signer {
  readonly address: string;
  readonly purpose: Purpose;
  signTransaction(transaction: TransactionLike): Promise<Word>;
  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<Word>;
}
