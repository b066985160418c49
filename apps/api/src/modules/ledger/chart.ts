/**
 * The chart of accounts: the network's deposit money as double entry, per currency. An account is a text, so that a
 * balance can be asked for without a table of accounts.
 *
 *   account-money:<settlement bank>   money in the settlement bank's own books behind the deposit money (an asset: debit)
 *   deposit:<member>                  deposit money of a member, the settlement bank's own included (a liability: credit)
 *   settlement:<payable>              paid into a payable and not yet claimed (a liability: credit)
 *   fees:<member>                     what a member has earned in fees (a liability: credit)
 *
 * At any moment: account-money = all deposits + all settlements + all fees, per currency.
 */
export type Account = `account-money:${number}` | `deposit:${number}` | `settlement:${string}` | `fees:${number}`;

export const accountMoney = (settlementBank: number): Account => `account-money:${settlementBank}`;
export const deposit = (member: number): Account => `deposit:${member}`;
export const settlement = (payable: string): Account => `settlement:${payable}`;
