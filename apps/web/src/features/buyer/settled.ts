import type { Payable } from '../../api/generated';
import { payablesQuery } from '../../api/queries';
import { type List, useList } from '../../components/useList';

/**
 * Paid payables as one list. PAID becomes CLOSED as soon as the last holder has been paid, which means nothing to the
 * buyer, so both are read and the newest comes first.
 */
export function useSettled(q: string | undefined): List<Payable> {
  const paid = useList(payablesQuery({ q, state: 'PAID' }));
  const closed = useList(payablesQuery({ q, state: 'CLOSED' }));
  const byDue = (rows: Payable[]) => rows.sort((a, b) => b.dueDay.localeCompare(a.dueDay));
  return {
    rows: byDue([...paid.rows, ...closed.rows]),
    pending: paid.pending || closed.pending,
    error: paid.error ?? closed.error,
    hasMore: paid.hasMore || closed.hasMore,
    loadingMore: paid.loadingMore || closed.loadingMore,
    loadMore: () => {
      if (paid.hasMore) paid.loadMore();
      if (closed.hasMore) closed.loadMore();
    },
    retry: () => {
      paid.retry();
      closed.retry();
    },
    readAll: async () => byDue((await Promise.all([paid.readAll(), closed.readAll()])).flat()),
  };
}
