import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  ListFinancingRequestsData,
  ListHoldingsData,
  ListInvoicesData,
  ListOperationsData,
  ListOrganisationsData,
  ListPayablesData,
  ListPayoutsData,
  ListQuotesData,
  ListTransfersData,
  MemberRole,
} from './generated';
import * as api from './generated/sdk.gen';
import { ApiProblem } from './problem';

/**
 * Every query the web asks. The first part of a key is the topic whose live events make it stale
 * (see live.ts), so a screen never has to know what changes it.
 */
export type Topic =
  | 'session'
  | 'meta'
  | 'clock'
  | 'invoices'
  | 'payables'
  | 'holdings'
  | 'transfers'
  | 'financing'
  | 'cash'
  | 'operations'
  | 'credit'
  | 'members';

interface Page<T> {
  items: T[];
  nextCursor?: string;
}

const strict = { throwOnError: true } as const;

/** A cursor-paged list under one topic; `rows` of the result is flattened by useRows. */
function pages<T>(
  topic: Topic,
  name: string,
  filter: object,
  fetchPage: (query: { cursor?: string }, signal: AbortSignal) => Promise<{ data: Page<T> }>,
) {
  return infiniteQueryOptions({
    queryKey: [topic, name, filter] as const,
    queryFn: async ({ pageParam, signal }): Promise<Page<T>> =>
      (await fetchPage({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal)).data,
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

type Filter<D extends { query?: unknown }> = Omit<NonNullable<D['query']>, 'cursor'>;

export const sessionQuery = queryOptions({
  queryKey: ['session'] as const,
  queryFn: async () => {
    try {
      return (await api.getSession(strict)).data;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});
export const metaQuery = queryOptions({
  queryKey: ['meta'] as const,
  queryFn: async () => (await api.getMeta(strict)).data,
  staleTime: Number.POSITIVE_INFINITY,
});
export const clockQuery = queryOptions({
  queryKey: ['clock'] as const,
  queryFn: async () => {
    const clock = (await api.getClock(strict)).data;
    return { ...clock, aheadMs: Date.parse(clock.now) - Date.now() };
  },
  staleTime: 300_000,
  refetchInterval: 300_000,
});
export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['members', 'link', token] as const,
    queryFn: async () => (await api.getLink({ path: { token }, ...strict })).data,
    retry: false,
  });

export const invoicesQuery = (filter: Filter<ListInvoicesData>) =>
  pages('invoices', 'list', filter, (query, signal) => api.listInvoices({ query, signal, ...strict }));
export const invoiceQuery = (id: string) =>
  queryOptions({
    queryKey: ['invoices', 'one', id] as const,
    queryFn: async () => (await api.getInvoice({ path: { id }, ...strict })).data,
  });
export const payablesQuery = (filter: Filter<ListPayablesData>) =>
  pages('payables', 'list', filter, (query, signal) => api.listPayables({ query, signal, ...strict }));
export const payableQuery = (id: string) =>
  queryOptions({
    queryKey: ['payables', 'one', id] as const,
    queryFn: async () => (await api.getPayable({ path: { id }, ...strict })).data,
  });
export const holdingsQuery = (filter: Filter<ListHoldingsData>) =>
  pages('holdings', 'list', filter, (query, signal) => api.listHoldings({ query, signal, ...strict }));
export const transfersQuery = (filter: Filter<ListTransfersData>) =>
  pages('transfers', 'list', filter, (query, signal) => api.listTransfers({ query, signal, ...strict }));
export const transferQuery = (id: string) =>
  queryOptions({
    queryKey: ['transfers', 'one', id] as const,
    queryFn: async () => (await api.getTransfer({ path: { id }, ...strict })).data,
  });
export const requestsQuery = (filter: Filter<ListFinancingRequestsData>) =>
  pages('financing', 'requests', filter, (query, signal) => api.listFinancingRequests({ query, signal, ...strict }));
export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['financing', 'request', id] as const,
    queryFn: async () => (await api.getFinancingRequest({ path: { id }, ...strict })).data,
  });
export const quotesQuery = (filter: Filter<ListQuotesData>) =>
  pages('financing', 'quotes', filter, (query, signal) => api.listQuotes({ query, signal, ...strict }));
export const pricePreviewQuery = (id: string, ratePpm: number, feeMinor: string) =>
  queryOptions({
    queryKey: ['financing', 'preview', id, ratePpm, feeMinor] as const,
    queryFn: async () => (await api.previewPrice({ path: { id }, body: { ratePpm, feeMinor }, ...strict })).data,
    retry: false,
    placeholderData: (previous) => previous,
  });

export const limitsQuery = queryOptions({
  queryKey: ['credit', 'limits'] as const,
  queryFn: async () => (await api.listCreditLimits(strict)).data.items,
});
export const obligorGroupsQuery = queryOptions({
  queryKey: ['members', 'groups'] as const,
  queryFn: async () => (await api.listObligorGroups(strict)).data.items,
});

export const balancesQuery = queryOptions({
  queryKey: ['cash', 'balances'] as const,
  queryFn: async () => (await api.listCashBalances(strict)).data.items,
});
export const cashEntriesQuery = (filter: { currency?: 'CNY' | 'EUR' | 'USD' | 'GBP' | 'JPY' | 'KWD' }) =>
  pages('cash', 'entries', filter, (query, signal) =>
    api.listCashEntries({ query: { ...query, ...filter }, signal, ...strict }),
  );
export const payoutsQuery = (filter: Filter<ListPayoutsData>) =>
  pages('cash', 'payouts', filter, (query, signal) => api.listPayouts({ query, signal, ...strict }));
export const depositsQuery = pages('cash', 'deposits', {}, (query, signal) =>
  api.listDeposits({ query, signal, ...strict }),
);

export const directoryQuery = (q: string, role?: MemberRole) =>
  queryOptions({
    queryKey: ['members', 'directory', q, role ?? ''] as const,
    queryFn: async () =>
      (await api.searchDirectory({ query: { ...(q ? { q } : {}), ...(role ? { role } : {}), limit: 20 }, ...strict }))
        .data.items,
    placeholderData: (previous) => previous,
  });
export const organisationsQuery = (filter: Filter<ListOrganisationsData>) =>
  pages('members', 'organisations', filter, (query, signal) => api.listOrganisations({ query, signal, ...strict }));
export const colleaguesQuery = queryOptions({
  queryKey: ['members', 'colleagues'] as const,
  queryFn: async () => (await api.listColleagues(strict)).data,
});

export const operationsQuery = (filter: Filter<ListOperationsData>) =>
  pages('operations', 'list', filter, (query, signal) => api.listOperations({ query, signal, ...strict }));
export const registerStatusQuery = queryOptions({
  queryKey: ['operations', 'register'] as const,
  queryFn: async () => (await api.getRegisterStatus(strict)).data,
  refetchInterval: 5_000,
});
export const sampleInvoicesQuery = queryOptions({
  queryKey: ['meta', 'samples'] as const,
  queryFn: async () => (await api.listSampleInvoices(strict)).data.items,
  staleTime: Number.POSITIVE_INFINITY,
});
