import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCalendarDue,
  IconFileCheck,
  IconHourglass,
  IconUserCheck,
  type TablerIcon,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Invoice, Payable } from '../../api/generated';
import { useMoneyText } from '../../components/Money';
import { formatDay } from '../../lib/days';
import { useMe } from '../session/me';
import classes from './buyer.module.css';
import { openOf } from './owed';
import { isOwn } from './rights';

interface Item {
  key: string;
  icon: TablerIcon;
  tone?: 'bad' | 'wait';
  title: string;
  words: string;
  verb: string;
  to: string;
  search: Readonly<Record<string, string>>;
  primary?: boolean;
}

/** Payables shown one by one before they are summed up on their own page. */
const EACH_MAX = 4;
const SOON_DAYS = 7;

interface Props {
  submitted: readonly Invoice[];
  proposed: readonly Invoice[];
  payables: readonly Payable[];
}

/** What waits for this very person, by the roles it has; what waits for colleagues is said, not pressed upon. */
export function Todo(props: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const items = useItems(props);
  if (items.length === 0) {
    return (
      <div className={classes.quiet}>
        <strong>{t('home.todoNone')}</strong>
        {t('home.todoNoneWords')}
      </div>
    );
  }
  return (
    <ul className={classes.todo}>
      {items.map((item) => (
        <li key={item.key}>
          <span className={classes.todoIcon} data-tone={item.tone} aria-hidden>
            <item.icon size={16} stroke={1.8} />
          </span>
          <div className={classes.todoText}>
            <div className={classes.todoTitle}>{item.title}</div>
            <div className={classes.todoWords}>{item.words}</div>
          </div>
          <Button
            size="compact-sm"
            variant={item.primary ? 'filled' : 'default'}
            onClick={() => void navigate({ to: item.to, search: item.search as never })}
          >
            {item.verb}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function useItems({ submitted, proposed, payables }: Props): Item[] {
  const { t } = useTranslation();
  const me = useMe();
  const items: Item[] = [];
  const own = proposed.filter((invoice) => isOwn(invoice, me?.session));
  const others = proposed.length - own.length;
  if (others > 0 && me?.can('CHECKER')) {
    items.push({
      key: 'approve',
      icon: IconUserCheck,
      title: t('home.buyer.approve', { count: others }),
      words: t('home.buyer.approveWords'),
      verb: t('buyer.home.approve'),
      to: '/buyer/confirm',
      search: { state: 'PROPOSED' },
      primary: true,
    });
  }
  if (submitted.length > 0 && me?.can('MAKER')) {
    items.push({
      key: 'check',
      icon: IconFileCheck,
      title: t('home.buyer.confirm', { count: submitted.length }),
      words: t('home.buyer.confirmWords'),
      verb: t('buyer.home.check'),
      to: '/buyer/confirm',
      search: { state: 'SUBMITTED' },
      primary: items.length === 0,
    });
  }
  items.push(...usePayableItems(payables));
  if (own.length > 0) {
    items.push({
      key: 'own',
      icon: IconHourglass,
      tone: 'wait',
      title: t('buyer.home.ownWaiting', { count: own.length }),
      words: t('buyer.home.ownWaitingWords'),
      verb: t('home.look'),
      to: '/buyer/confirm',
      search: { state: 'PROPOSED' },
    });
  }
  return items;
}

function usePayableItems(payables: readonly Payable[]): Item[] {
  const { t, i18n } = useTranslation();
  const money = useMoneyText();
  const me = useMe();
  const verb = me?.can('TREASURER') ? t('buyer.home.pay') : t('home.look');
  const open = (payable: Payable) => ({ verb, to: '/buyer/payables', search: { open: payable.id } });
  const late = payables.filter((payable) => payable.overdue).slice(0, EACH_MAX);
  const soon = payables.filter((payable) => !payable.overdue && payable.daysToDue <= SOON_DAYS).slice(0, EACH_MAX);
  return [
    ...late.map(
      (payable): Item => ({
        key: payable.id,
        icon: IconAlertTriangle,
        tone: 'bad',
        title: t('home.buyer.overdue', { reference: payable.reference }),
        words: t('home.buyer.overdueWords', {
          amount: money(openOf(payable), payable.face.currency),
          when: formatDay(payable.dueDay, i18n.language),
        }),
        ...open(payable),
      }),
    ),
    ...soon.map(
      (payable): Item => ({
        key: payable.id,
        icon: IconCalendarDue,
        tone: 'wait',
        title: t('home.buyer.dueSoon', {
          reference: payable.reference,
          when: payable.daysToDue === 0 ? t('common.dueToday') : t('common.inDays', { count: payable.daysToDue }),
        }),
        words: t('home.buyer.dueSoonWords', {
          amount: money(openOf(payable), payable.face.currency),
          supplier: payable.supplier?.name ?? '–',
        }),
        ...open(payable),
      }),
    ),
  ];
}
