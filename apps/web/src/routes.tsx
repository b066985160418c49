import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import type { MemberRole } from './api/generated';
import { metaQuery, sessionQuery } from './api/queries';
import { AppLayout } from './layout/AppLayout';
import { homeOf } from './layout/nav';
import { compact, idOf, listSearch, oneOf, ownPath } from './lib/search';
import {
  INVOICE_STATES,
  OPERATION_STATES,
  ORGANISATION_STATES,
  PAYABLE_STATES,
  PAYOUT_STATES,
  QUOTE_STATES,
  REQUEST_STATES,
  TRANSFER_STATES,
} from './lib/states';

interface Context {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { to?: string } => compact({ to: ownPath(raw.to) }),
  component: lazyRouteComponent(() => import('./features/session/SignInPage'), 'SignInPage'),
});

const link = createRoute({
  getParentRoute: () => root,
  path: '/links/$token',
  component: lazyRouteComponent(() => import('./features/session/LinkPage'), 'LinkPage'),
});

/** Everything behind sign-in. Reading the session here means no screen ever flashes for somebody signed out. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
    return { session };
  },
  loader: ({ context }) => context.queryClient.ensureQueryData(metaQuery),
  component: AppLayout,
});

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: homeOf(context.session.organisation.roles), replace: true });
  },
});

/** A screen of one role: who lacks it is taken home, where its own work is. */
const only =
  (...roles: MemberRole[]) =>
  ({ context }: { context: { session: { organisation: { roles: MemberRole[] } } } }) => {
    if (!roles.some((role) => context.session.organisation.roles.includes(role)))
      throw redirect({ to: '/', replace: true });
  };

const supplier = [
  createRoute({
    getParentRoute: () => app,
    path: '/supplier',
    beforeLoad: only('SUPPLIER'),
    component: lazyRouteComponent(() => import('./features/supplier/SupplierHome'), 'SupplierHome'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/invoices',
    beforeLoad: only('SUPPLIER'),
    validateSearch: listSearch(INVOICE_STATES),
    component: lazyRouteComponent(() => import('./features/supplier/InvoicesPage'), 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/holdings',
    beforeLoad: only('SUPPLIER'),
    validateSearch: listSearch(PAYABLE_STATES),
    component: lazyRouteComponent(() => import('./features/supplier/HoldingsPage'), 'HoldingsPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/transfers',
    beforeLoad: only('SUPPLIER'),
    validateSearch: (raw: Record<string, unknown>) =>
      compact({
        direction: oneOf(raw.direction, ['IN', 'OUT']),
        state: oneOf(raw.state, TRANSFER_STATES),
        open: idOf(raw.open),
      }),
    component: lazyRouteComponent(() => import('./features/supplier/TransfersPage'), 'TransfersPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/financing',
    beforeLoad: only('SUPPLIER'),
    validateSearch: listSearch(REQUEST_STATES),
    component: lazyRouteComponent(() => import('./features/supplier/FinancingPage'), 'FinancingPage'),
  }),
];

const buyer = [
  createRoute({
    getParentRoute: () => app,
    path: '/buyer',
    beforeLoad: only('BUYER'),
    component: lazyRouteComponent(() => import('./features/buyer/BuyerHome'), 'BuyerHome'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/buyer/confirm',
    beforeLoad: only('BUYER'),
    validateSearch: listSearch(INVOICE_STATES),
    component: lazyRouteComponent(() => import('./features/buyer/ConfirmPage'), 'ConfirmPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/buyer/payables',
    beforeLoad: only('BUYER'),
    validateSearch: listSearch([...PAYABLE_STATES, 'OVERDUE']),
    component: lazyRouteComponent(() => import('./features/buyer/PayablesPage'), 'PayablesPage'),
  }),
];

const bank = [
  createRoute({
    getParentRoute: () => app,
    path: '/bank',
    beforeLoad: only('BANK'),
    component: lazyRouteComponent(() => import('./features/bank/BankHome'), 'BankHome'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/bank/requests',
    beforeLoad: only('BANK'),
    validateSearch: listSearch(REQUEST_STATES),
    component: lazyRouteComponent(() => import('./features/bank/RequestsPage'), 'RequestsPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/bank/quotes',
    beforeLoad: only('BANK'),
    validateSearch: listSearch(QUOTE_STATES),
    component: lazyRouteComponent(() => import('./features/bank/QuotesPage'), 'QuotesPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/bank/portfolio',
    beforeLoad: only('BANK'),
    validateSearch: listSearch(PAYABLE_STATES),
    component: lazyRouteComponent(() => import('./features/bank/PortfolioPage'), 'PortfolioPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/bank/limits',
    beforeLoad: only('BANK'),
    component: lazyRouteComponent(() => import('./features/bank/LimitsPage'), 'LimitsPage'),
  }),
];

const settlement = [
  createRoute({
    getParentRoute: () => app,
    path: '/settlement/deposits',
    beforeLoad: only('SETTLEMENT_BANK'),
    component: lazyRouteComponent(() => import('./features/settlement/DepositsPage'), 'DepositsPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/settlement/payouts',
    beforeLoad: only('SETTLEMENT_BANK'),
    validateSearch: listSearch(PAYOUT_STATES),
    component: lazyRouteComponent(() => import('./features/settlement/PayoutsPage'), 'PayoutsPage'),
  }),
];

const operator = [
  createRoute({
    getParentRoute: () => app,
    path: '/operator/organisations',
    beforeLoad: only('OPERATOR', 'SUPERVISOR'),
    validateSearch: listSearch(ORGANISATION_STATES),
    component: lazyRouteComponent(() => import('./features/operator/OrganisationsPage'), 'OrganisationsPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/operator/payables',
    beforeLoad: only('OPERATOR', 'SUPERVISOR'),
    validateSearch: listSearch(PAYABLE_STATES),
    component: lazyRouteComponent(() => import('./features/operator/AllPayablesPage'), 'AllPayablesPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/operator/operations',
    beforeLoad: only('OPERATOR'),
    validateSearch: listSearch(OPERATION_STATES),
    component: lazyRouteComponent(() => import('./features/operator/OperationsPage'), 'OperationsPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/operator/register',
    beforeLoad: only('OPERATOR'),
    component: lazyRouteComponent(() => import('./features/operator/RegisterPage'), 'RegisterPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/operator/clock',
    beforeLoad: only('OPERATOR'),
    component: lazyRouteComponent(() => import('./features/operator/ClockPage'), 'ClockPage'),
  }),
];

const cash = createRoute({
  getParentRoute: () => app,
  path: '/cash',
  validateSearch: (raw: Record<string, unknown>) =>
    compact({ currency: oneOf(raw.currency, ['CNY', 'EUR', 'USD', 'GBP', 'JPY', 'KWD']) }),
  component: lazyRouteComponent(() => import('./features/cash/CashPage'), 'CashPage'),
});

const settingsHome = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'colleagues' }, replace: true });
  },
});
const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('./features/settings/SettingsPage'), 'SettingsPage'),
});

export const routeTree = root.addChildren([
  signIn,
  link,
  app.addChildren([home, ...supplier, ...buyer, ...bank, ...settlement, ...operator, cash, settingsHome, settings]),
]);
