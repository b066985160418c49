import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { ApiProblem } from './api/problem';
import { sessionQuery } from './api/queries';
import { Crashed, Missing } from './layout/Fallbacks';
import { routeTree } from './routes';

/** A refusal will not change by asking again; a broken connection may. */
const retry = (count: number, error: Error) => count < 2 && (!(error instanceof ApiProblem) || error.outcomeUnknown);

/** A session can end while a page is open; the first answer that says so takes the person to sign-in, and back after it. */
const onError = (error: Error) => {
  if (error instanceof ApiProblem && error.code === 'SIGNED_OUT') queryClient.setQueryData(sessionQuery.queryKey, null);
};

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry, staleTime: 10_000, refetchOnWindowFocus: true }, mutations: { retry: false } },
});

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: Crashed,
  defaultNotFoundComponent: Missing,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
