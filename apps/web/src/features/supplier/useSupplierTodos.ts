import { IconArrowsExchange, IconBuildingBank, IconCash, IconCoins, IconFileX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Holding } from '../../api/generated';
import { invoicesQuery, requestsQuery, transfersQuery } from '../../api/queries';
import { useMoneyText } from '../../components/Money';
import type { Todo } from '../../components/TodoList';
import { useList } from '../../components/useList';
import { useToday } from '../../components/When';
import { formatRelative } from '../../lib/days';
import { formatRate, isZero } from '../../lib/money';
import { useMe } from '../session/me';
import { collectable } from './holdingTarget';

/** Everything that waits for a supplier: money to collect first, then decisions with a clock on them, then what to repair. */
// long: one kind of task after the other, in the order of the list
export function useSupplierTodos(holdings: readonly Holding[]): { items: Todo[]; pending: boolean } {
  const { t, i18n } = useTranslation();
  const money = useMoneyText();
  const me = useMe();
  const { now } = useToday();
  const transfers = useList(transfersQuery({ direction: 'IN', state: 'OFFERED' }));
  const requests = useList(requestsQuery({ state: 'OPEN' }));
  const rejected = useList(invoicesQuery({ state: 'REJECTED' }));
  const items: Todo[] = [];
  for (const row of holdings) {
    const open = collectable(row.payable, row);
    if (isZero(open)) continue;
    items.push({
      id: `c${row.payable.id}`,
      icon: IconCash,
      tone: 'good',
      title: t('home.supplier.collect', { amount: money(open, row.payable.face.currency) }),
      words: t('home.supplier.collectWords', { buyer: row.payable.buyer.name, reference: row.payable.reference }),
      to: '/holdings',
      search: { open: row.payable.id },
    });
  }
  for (const transfer of transfers.rows) {
    items.push({
      id: transfer.id,
      icon: IconArrowsExchange,
      tone: 'wait',
      title: t('home.supplier.transferIn', {
        name: transfer.from.name,
        amount: money(transfer.units, transfer.payable.face.currency),
      }),
      words: t('home.supplier.transferInWords', {
        reference: transfer.reference,
        when: formatRelative(transfer.expiresAt, now(), i18n.language),
      }),
      to: '/transfers',
      search: { open: transfer.id },
    });
  }
  for (const request of requests.rows) {
    if (request.quoteCount === 0) continue;
    const { currency } = request.payable.face;
    items.push({
      id: request.id,
      icon: IconCoins,
      tone: 'info',
      title: t('home.supplier.quotes', { count: request.quoteCount, amount: money(request.units, currency) }),
      words:
        request.bestQuote &&
        t('home.supplier.quotesWords', {
          amount: money(request.bestQuote.price.proceeds, currency),
          rate: formatRate(request.bestQuote.price.allInRatePpm, i18n.language),
        }),
      to: '/financing',
      search: { open: request.id },
    });
  }
  for (const invoice of rejected.rows.slice(0, 3)) {
    items.push({
      id: invoice.id,
      icon: IconFileX,
      tone: 'bad',
      title: t('home.supplier.rejected', { number: invoice.number }),
      words: invoice.decision?.reason,
      to: '/invoices',
      search: { open: invoice.id },
    });
  }
  if (me && !me.session.organisation.account) {
    items.push({
      id: 'account',
      icon: IconBuildingBank,
      tone: 'neutral',
      title: t('home.supplier.account'),
      words: t('home.supplier.accountWords'),
      to: '/settings/organisation',
    });
  }
  return { items, pending: transfers.pending || requests.pending };
}
