import { IconAlertTriangle, IconClockHour4, IconGauge, IconScale, type TablerIcon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FinancingRequest, Holding, QuoteListItem } from '../../api/generated';
import { limitsQuery } from '../../api/queries';
import { useMoneyText } from '../../components/Money';
import { useToday } from '../../components/When';
import { formatDay, formatRelative } from '../../lib/days';
import { outstandingOf } from './position';

export interface Todo {
  key: string;
  icon: TablerIcon;
  tone: 'info' | 'wait' | 'bad';
  title: string;
  words: string;
  verb: string;
  to: '/bank/requests' | '/bank/quotes' | '/bank/portfolio' | '/bank/limits';
  open?: string;
}

/** A quote that ends within this time is worth a look before it does. */
const SOON_MS = 6 * 3_600_000;

interface Work {
  requests: readonly FinancingRequest[];
  quotes: readonly QuoteListItem[];
  holdings: readonly Holding[];
}

/** What needs a person of the bank now, most pressing first: late money, prices about to end, then requests to quote. */
// long: one block a kind of thing to do, most pressing first
export function useTodos({ requests, quotes, holdings }: Work): Todo[] {
  const { t, i18n } = useTranslation();
  const { now } = useToday();
  const money = useMoneyText();
  const limits = useQuery(limitsQuery);
  const { language } = i18n;
  const late = holdings
    .filter((holding) => holding.payable.overdue && outstandingOf(holding) !== '0')
    .map(({ payable, ...holding }): Todo => {
      const amount = money(outstandingOf(holding), payable.face.currency);
      return {
        key: `late-${payable.id}`,
        icon: IconAlertTriangle,
        tone: 'bad',
        title: t('bank.home.overdue', { amount, buyer: payable.buyer.name }),
        words: t('bank.home.overdueWords', { reference: payable.reference, when: formatDay(payable.dueDay, language) }),
        verb: t('home.look'),
        to: '/bank/portfolio',
        open: payable.id,
      };
    });
  const ending = quotes
    .filter((quote) => Date.parse(quote.expiresAt) - now() < SOON_MS)
    .map((quote): Todo => {
      const { payable, holder, price } = quote;
      const when = formatRelative(quote.expiresAt, now(), language);
      return {
        key: `quote-${quote.id}`,
        icon: IconClockHour4,
        tone: 'wait',
        title: t('bank.home.expiring', { amount: money(price.units, payable.face.currency), when }),
        words: t('bank.home.expiringWords', {
          holder: holder.name,
          reference: payable.reference,
          buyer: payable.buyer.name,
        }),
        verb: t('home.look'),
        to: '/bank/quotes',
        open: quote.id,
      };
    });
  const open = requests
    .filter((request) => request.quoteCount === 0)
    .map((request): Todo => {
      const { payable, holder, units } = request;
      return {
        key: `request-${request.id}`,
        icon: IconScale,
        tone: 'info',
        title: t('home.bank.request', { name: holder.name, amount: money(units, payable.face.currency) }),
        words: t('home.bank.requestWords', { buyer: payable.buyer.name, due: formatDay(payable.dueDay, language) }),
        verb: t('bank.home.quote'),
        to: '/bank/requests',
        open: request.id,
      };
    });
  const noLimit: Todo[] =
    limits.data?.length === 0
      ? [
          {
            key: 'no-limits',
            icon: IconGauge,
            tone: 'wait',
            title: t('home.bank.noLimits'),
            words: t('home.bank.noLimitsWords'),
            verb: t('bank.limit.set'),
            to: '/bank/limits',
          },
        ]
      : [];
  return [...noLimit, ...late, ...ending, ...open];
}
