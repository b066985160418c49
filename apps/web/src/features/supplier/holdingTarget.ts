import type { Holding, Payable } from '../../api/generated';
import { isMore, remaining } from '../../lib/money';

/** What a dialog needs to know of a holding, whether it came from the list or from the panel. */
export interface HoldingTarget {
  id: string;
  reference: string;
  currency: string;
  free: string;
}

type Position = Omit<Holding, 'payable'>;

export const targetOf = (payable: Payable, position: Pick<Position, 'free'>): HoldingTarget => ({
  id: payable.id,
  reference: payable.reference,
  currency: payable.face.currency,
  free: position.free,
});

/** Free units of a payable that still runs can be passed on or financed. */
export const isUsable = (payable: Payable, position: Pick<Position, 'free'>): boolean =>
  (payable.state === 'OPEN' || payable.state === 'PAYING') && position.free !== '0';

/** What the buyer has paid for this holding and was not collected yet: floor(units x paid / face) - received. */
export function collectable(payable: Payable, position: Pick<Position, 'held' | 'received'>): string {
  const face = BigInt(payable.face.minor);
  if (face === 0n || !isMore(payable.paid.minor, '0')) return '0';
  const due = (BigInt(position.held) * BigInt(payable.paid.minor)) / face;
  return remaining(due.toString(), position.received);
}
