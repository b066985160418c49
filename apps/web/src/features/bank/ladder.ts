import type { Holding } from '../../api/generated';
import { addMinor, isZero } from '../../lib/money';
import { outstandingOf } from './position';

export interface Rung {
  /** YYYY-MM, or 'overdue' for what should have come already. */
  month: string;
  minor: string;
}

/** So many months fit side by side on one page. */
const MOST_MONTHS = 12;

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/**
 * What falls due by month in one currency, from this month to the last one that brings something (a year at most), months
 * without anything included, so that distance in time is distance on the page. What is late comes first, on its own.
 */
export function ladderOf(holdings: readonly Holding[], currency: string, today: string): Rung[] {
  const due = holdings.filter(
    (holding) => holding.payable.face.currency === currency && !isZero(outstandingOf(holding)),
  );
  const sums = new Map<string, string>();
  for (const holding of due) {
    const month = holding.payable.overdue ? 'overdue' : holding.payable.dueDay.slice(0, 7);
    sums.set(month, addMinor(sums.get(month) ?? '0', outstandingOf(holding)));
  }
  const late = sums.get('overdue');
  const last = [...sums.keys()]
    .filter((month) => month !== 'overdue')
    .sort()
    .at(-1);
  const rungs: Rung[] = late ? [{ month: 'overdue', minor: late }] : [];
  for (
    let month = today.slice(0, 7), count = 0;
    last && month <= last && count < MOST_MONTHS;
    month = nextMonth(month), count += 1
  ) {
    rungs.push({ month, minor: sums.get(month) ?? '0' });
  }
  return rungs;
}
