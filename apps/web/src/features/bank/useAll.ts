import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryOptions,
  useInfiniteQuery,
} from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Paged } from '../../components/useList';

/** Ten pages of a hundred: beyond that, figures over a list belong into a report. */
const MOST_PAGES = 10;

/**
 * Every row of a list, page after page, for figures that only mean something over the whole. `complete` is false while
 * pages are still coming, or where the list is longer than is read here.
 */
export function useAll<T, K extends QueryKey>(
  options: UseInfiniteQueryOptions<Paged<T>, Error, InfiniteData<Paged<T>>, K, string>,
) {
  const query = useInfiniteQuery(options);
  const pages = query.data?.pages.length ?? 0;
  const more = query.hasNextPage && !query.isFetching && !query.isError && pages < MOST_PAGES;
  const { fetchNextPage } = query;
  useEffect(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    rows,
    pending: query.isPending || more || query.isFetchingNextPage,
    complete: !query.hasNextPage,
    error: query.error,
  };
}
