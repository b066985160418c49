import type { Holding } from '../../api/generated';
import { addMinor, isZero } from '../../lib/money';
import { outstandingOf } from './position';

export interface Rung {
  /** YYYY-MM, 'overdue' for what should have come already, 'later' for what lies beyond the months shown. */
  month: string;
  minor: string;
}

/** So many months fit side by side on one page; fewer than the least would look like a gap. */
const MOST_MONTHS = 12;
const LEAST_MONTHS = 6;

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/**
 * What falls due by month in one currency, from this month on for at most a year, months without anything included, so that
 * distance in time is distance on the page. What is late comes first and what lies beyond comes last, each on its own.
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
  sums.delete('overdue');
  const last = [...sums.keys()].sort().at(-1);
  const rungs: Rung[] = [];
  let month = today.slice(0, 7);
  while (rungs.length < LEAST_MONTHS || (last !== undefined && month <= last && rungs.length < MOST_MONTHS)) {
    rungs.push({ month, minor: sums.get(month) ?? '0' });
    month = nextMonth(month);
  }
  const beyond = [...sums].flatMap(([key, minor]) => (key >= month ? [minor] : []));
  return [
    ...(late ? [{ month: 'overdue', minor: late }] : []),
    ...rungs,
    ...(beyond.length > 0 ? [{ month: 'later', minor: addMinor(...beyond) }] : []),
  ];
}
