import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryOptions,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { compact } from '../lib/search';

export interface Paged<T> {
  items: T[];
  nextCursor?: string;
}

type PagedOptions<T, K extends QueryKey> = UseInfiniteQueryOptions<Paged<T>, Error, InfiniteData<Paged<T>>, K, string>;

export interface List<T> {
  rows: T[];
  pending: boolean;
  error: Error | null;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
  /** Every row of the filter, not only what is on screen, for an export. */
  readAll: () => Promise<T[]>;
}

/** An export stops here; a list this long wants a report instead. */
const EXPORT_PAGES = 100;

export function useList<T, K extends QueryKey>(options: PagedOptions<T, K>): List<T> {
  const query = useInfiniteQuery(options);
  const client = useQueryClient();
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    rows,
    pending: query.isPending,
    error: query.data ? null : query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
    readAll: async () => {
      const { queryFn, initialPageParam, getNextPageParam } = options;
      const all = await client.fetchInfiniteQuery<Paged<T>, Error, Paged<T>, QueryKey, string>({
        queryKey: [...options.queryKey, 'export'],
        queryFn: queryFn as never,
        initialPageParam,
        getNextPageParam,
        pages: EXPORT_PAGES,
        staleTime: 0,
      });
      return all.pages.flatMap((page) => page.items);
    },
  };
}

/** Changes some search parameters of the page one is on and keeps the rest; the list stays, so nothing scrolls. */
export function usePatchSearch() {
  const navigate = useNavigate();
  return (patch: Readonly<Record<string, unknown>>, replace = true) =>
    void navigate({
      to: '.',
      replace,
      resetScroll: false,
      // Every list shares this hook, so the router cannot know whose parameters these are; each route checks them on arrival.
      search: ((before: object) => compact({ ...before, ...patch })) as never,
    });
}
