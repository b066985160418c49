import type { Holding, Movement, Payable } from '../../api/generated';
import { addMinor, isZero, remaining } from '../../lib/money';

type Units = Pick<Holding, 'held' | 'received' | 'frozen'>;

/** What is still to come of a holding: its units are kept until all of them are paid, so what was received counts against them. */
export function outstandingOf(holding: Units): string {
  return isZero(holding.held) ? '0' : remaining(holding.held, holding.received);
}

/** What the buyer has paid and this holder has not collected: its share of every payment, rounded down, as the register does. */
export function claimableOf(holding: Units, payable: Pick<Payable, 'face' | 'paid'>): string {
  const face = BigInt(payable.face.minor);
  const units = BigInt(holding.held) - BigInt(holding.frozen);
  if (face === 0n || units <= 0n) return '0';
  return remaining(((units * BigInt(payable.paid.minor)) / face).toString(), holding.received);
}

/** What the bank paid for its units, and what they bring above that; nothing where some came another way than by a sale. */
export function purchaseOf(
  movements: readonly Movement[],
  bankId: string,
): { units: string; cost: string; earns: string } | undefined {
  const bought = movements.filter((movement) => movement.to?.id === bankId && movement.kind !== 'ISSUE');
  if (bought.length === 0 || bought.some((movement) => movement.price === undefined)) return undefined;
  const units = addMinor(...bought.map((movement) => movement.units));
  const cost = addMinor(...bought.map((movement) => movement.price ?? '0'));
  return { units, cost, earns: remaining(units, cost) };
}
