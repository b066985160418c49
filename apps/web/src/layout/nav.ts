import {
  IconArrowsExchange,
  IconBuildingBank,
  IconBuildingCommunity,
  IconCash,
  IconChartBar,
  IconClock,
  IconCoins,
  IconFileCheck,
  IconFileInvoice,
  IconGauge,
  IconHome,
  IconListCheck,
  IconReceipt,
  IconScale,
  IconSend,
  IconStack2,
  IconTags,
  IconTimeline,
  type TablerIcon,
} from '@tabler/icons-react';
import type { MemberRole } from '../api/generated';
import type { en } from '../i18n/en';

type Label = Exclude<keyof typeof en.nav, 'group' | 'waiting' | 'refused' | 'suspended'>;
type Group = keyof typeof en.nav.group;

export interface NavItem {
  to: string;
  label: Label;
  icon: TablerIcon;
  demoOnly?: boolean;
}

export interface NavGroup {
  role: MemberRole;
  label: Group;
  items: readonly NavItem[];
}

const cash: NavItem = { to: '/cash', label: 'cash', icon: IconCash };

/** The screens of each role, in the order its work goes. */
export const NAV: readonly NavGroup[] = [
  {
    role: 'SUPPLIER',
    label: 'supplier',
    items: [
      { to: '/supplier', label: 'home', icon: IconHome },
      { to: '/invoices', label: 'invoices', icon: IconFileInvoice },
      { to: '/holdings', label: 'holdings', icon: IconStack2 },
      { to: '/transfers', label: 'transfers', icon: IconArrowsExchange },
      { to: '/financing', label: 'financing', icon: IconCoins },
      cash,
    ],
  },
  {
    role: 'BUYER',
    label: 'buyer',
    items: [
      { to: '/buyer', label: 'home', icon: IconHome },
      { to: '/buyer/confirm', label: 'confirm', icon: IconFileCheck },
      { to: '/buyer/payables', label: 'payables', icon: IconReceipt },
      cash,
    ],
  },
  {
    role: 'BANK',
    label: 'bank',
    items: [
      { to: '/bank', label: 'home', icon: IconHome },
      { to: '/bank/requests', label: 'requests', icon: IconScale },
      { to: '/bank/quotes', label: 'quotes', icon: IconTags },
      { to: '/bank/portfolio', label: 'portfolio', icon: IconChartBar },
      { to: '/bank/limits', label: 'limits', icon: IconGauge },
      cash,
    ],
  },
  {
    role: 'SETTLEMENT_BANK',
    label: 'settlement',
    items: [
      { to: '/settlement/deposits', label: 'deposits', icon: IconBuildingBank },
      { to: '/settlement/payouts', label: 'payouts', icon: IconSend },
    ],
  },
  {
    role: 'OPERATOR',
    label: 'operator',
    items: [
      { to: '/operator/organisations', label: 'organisations', icon: IconBuildingCommunity },
      { to: '/operator/payables', label: 'payables', icon: IconReceipt },
      { to: '/operator/operations', label: 'operations', icon: IconListCheck },
      { to: '/operator/register', label: 'register', icon: IconTimeline },
      { to: '/operator/clock', label: 'clock', icon: IconClock, demoOnly: true },
    ],
  },
  {
    role: 'SUPERVISOR',
    label: 'supervisor',
    items: [
      { to: '/operator/organisations', label: 'organisations', icon: IconBuildingCommunity },
      { to: '/operator/payables', label: 'payables', icon: IconReceipt },
    ],
  },
];

/** The groups a member sees, each screen once even where two roles share it. */
export function navFor(roles: readonly MemberRole[], demo: boolean): NavGroup[] {
  const seen = new Set<string>();
  return NAV.filter((group) => roles.includes(group.role)).map((group) => ({
    ...group,
    items: group.items.filter((item) => {
      const shown = !seen.has(item.to) && (!item.demoOnly || demo);
      seen.add(item.to);
      return shown;
    }),
  }));
}

/** Where a member begins: the first screen of its first role, or Settings before it has any. */
export function homeOf(roles: readonly MemberRole[]): string {
  return navFor(roles, false)[0]?.items[0]?.to ?? '/settings/colleagues';
}
