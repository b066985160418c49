import { useEffect } from 'react';
import type { QuoteListItem } from '../../api/generated';
import type { List } from '../../components/useList';

/**
 * The quote an address points at. There is no quote to be asked for by itself, so further pages of the list are read
 * until it turns up; `missing` once the list has ended without it.
 */
export function useQuoteRow(list: List<QuoteListItem>, id: string | undefined) {
  const row = id === undefined ? undefined : list.rows.find((candidate) => candidate.id === id);
  const reading = id !== undefined && !row && list.hasMore && !list.loadingMore;
  const { loadMore } = list;
  useEffect(() => {
    if (reading) loadMore();
  });
  return { row, missing: id !== undefined && !row && !list.pending && !list.hasMore };
}
