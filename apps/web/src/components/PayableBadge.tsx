import type { Payable } from '../api/generated';
import { StateBadge } from './StateBadge';

/** Overdue is a view of the clock, not a stored state; it outranks what is stored. */
export function PayableBadge({ payable }: { payable: Pick<Payable, 'state' | 'overdue'> }) {
  return <StateBadge kind="payable" state={payable.overdue ? 'OVERDUE' : payable.state} />;
}
