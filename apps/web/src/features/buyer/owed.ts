import { queryOptions } from '@tanstack/react-query';
import { listPayables, type Payable } from '../../api/generated';
import { addDays } from '../../lib/days';
import { addMinor, isMore, remaining, totalsByCurrency } from '../../lib/money';

/** Pages read for the whole of what is owed; a buyer with more than this wants a report, and is told so. */
const PAGES_MAX = 20;
const PAGE = 100;

export interface Owed {
  /** Open and partly paid payables, the earliest due first. */
  payables: Payable[];
  /** There are more than are counted here. */
  cut: boolean;
}

/** Everything still owed, in one list, because sums and ladders of a first page would be wrong. */
export const owedQuery = queryOptions({
  queryKey: ['payables', 'owed'] as const,
  queryFn: async ({ signal }): Promise<Owed> => {
    const [open, paying] = await Promise.all([readAll('OPEN', signal), readAll('PAYING', signal)]);
    const payables = [...open.payables, ...paying.payables].sort((a, b) => a.dueDay.localeCompare(b.dueDay));
    return { payables, cut: open.cut || paying.cut };
  },
});

async function readAll(state: Payable['state'], signal: AbortSignal): Promise<Owed> {
  const payables: Payable[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = { state, limit: PAGE, ...(cursor ? { cursor } : {}) };
    const { data } = await listPayables({ query, signal, throwOnError: true });
    payables.push(...data.items);
    cursor = data.nextCursor;
    if (!cursor) break;
  }
  return { payables, cut: cursor !== undefined };
}

/** What is still open of one payable, in minor units. */
export const openOf = (payable: Pick<Payable, 'face' | 'paid'>): string =>
  remaining(payable.face.minor, payable.paid.minor);

/** What is still open of many, by currency. */
export const openTotals = (payables: readonly Payable[]) =>
  totalsByCurrency(payables.map((payable) => ({ minor: openOf(payable), currency: payable.face.currency })));

/** Due within so many days from today, what is overdue included: it has to be paid first. */
export function dueWithin(payables: readonly Payable[], today: string, days: number): Payable[] {
  const last = addDays(today, days);
  return payables.filter((payable) => payable.dueDay <= last);
}

export type Grain = 'week' | 'month';

export interface Rung {
  /** First day of the week or month as YYYY-MM-DD; 'overdue' and 'later' are the two ends. */
  key: string;
  minor: string;
  count: number;
}

/** Rungs shown before everything further away is put together. */
const RUNGS_MAX = 12;

/** What is open by week or month of its due day, overdue first, empty periods kept so that distance in time can be seen. */
export function ladder(payables: readonly Payable[], currency: string, grain: Grain, today: string): Rung[] {
  const mine = payables.filter((payable) => payable.face.currency === currency);
  if (mine.length === 0) return [];
  const late = mine.filter((payable) => payable.dueDay < today);
  const ahead = mine.filter((payable) => payable.dueDay >= today);
  const lastDay = ahead.at(-1)?.dueDay ?? today;
  const rungs: Rung[] = [];
  let start = startOf(today, grain);
  for (let index = 0; index < RUNGS_MAX && start <= lastDay; index += 1) {
    const end = nextStart(start, grain);
    rungs.push(
      sumUp(
        start,
        ahead.filter((payable) => payable.dueDay >= start && payable.dueDay < end),
      ),
    );
    start = end;
  }
  const later = ahead.filter((payable) => payable.dueDay >= start);
  return [
    ...(late.length > 0 ? [sumUp('overdue', late)] : []),
    ...rungs,
    ...(later.length > 0 ? [sumUp('later', later)] : []),
  ];
}

function sumUp(key: string, payables: readonly Payable[]): Rung {
  return { key, minor: addMinor('0', ...payables.map(openOf)), count: payables.length };
}

/** Weeks begin on Monday. */
function startOf(day: string, grain: Grain): string {
  if (grain === 'month') return `${day.slice(0, 7)}-01`;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

function nextStart(start: string, grain: Grain): string {
  return grain === 'week' ? addDays(start, 7) : startOf(addDays(start, 31), 'month');
}

export interface Cover {
  /** The first due day that the money at hand does not reach; absent where it covers everything. */
  shortOn?: string;
  shortBy: string;
}

/** Pays the payables in the order they fall due from what is available, and says where it ends. */
export function cover(payables: readonly Payable[], currency: string, available: string): Cover {
  let owed = '0';
  const mine = payables.filter((payable) => payable.face.currency === currency);
  for (const [index, payable] of mine.entries()) {
    owed = addMinor(owed, openOf(payable));
    // The shortfall of a day is that of all its payables together.
    if (mine[index + 1]?.dueDay === payable.dueDay) continue;
    if (isMore(owed, available)) return { shortOn: payable.dueDay, shortBy: remaining(owed, available) };
  }
  return { shortBy: '0' };
}
