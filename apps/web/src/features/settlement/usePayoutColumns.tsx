import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payout } from '../../api/generated';
import type { Column } from '../../components/DataTable';
import { Money } from '../../components/Money';
import { StateBadge } from '../../components/StateBadge';
import { Instant } from '../../components/When';
import { minorToDecimal } from '../../lib/money';

/** The columns of what waits (where to send it) and of what is done (how it ended). */
// long: one entry a column
export function usePayoutColumns(which: 'waiting' | 'past'): Column<Payout>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const member: Column<Payout> = {
      id: 'member',
      header: t('bank.payout.member'),
      cell: (row) => row.organisation.name,
      csv: (row) => row.organisation.name,
    };
    const account: Column<Payout> = {
      id: 'account',
      header: t('bank.payout.account'),
      hideBelow: which === 'past' ? 'lg' : undefined,
      cell: (row) => <span className="hw-num">{row.account.number}</span>,
      csv: (row) => row.account.number,
    };
    const holder: Column<Payout> = {
      id: 'holder',
      header: t('bank.payout.holder'),
      cell: (row) => row.account.holder,
      csv: (row) => row.account.holder,
      hideBelow: 'md',
      exportOnly: which === 'past',
      card: 'none',
    };
    const asked: Column<Payout> = {
      id: 'asked',
      header: t('bank.payout.asked'),
      cell: (row) => <Instant at={row.requestedAt} />,
      csv: (row) => row.requestedAt,
      exportOnly: which === 'past',
    };
    const decided: Column<Payout> = {
      id: 'decided',
      header: t('bank.payout.decided'),
      cell: (row) => (row.decidedAt ? <Instant at={row.decidedAt} /> : '–'),
      csv: (row) => row.decidedAt ?? '',
    };
    const reference: Column<Payout> = {
      id: 'reference',
      header: t('bank.deposit.reference'),
      cell: (row) => row.bankReference ?? <span className="hw-dim">{row.reason ?? '–'}</span>,
      csv: (row) => row.bankReference ?? row.reason ?? '',
    };
    const state: Column<Payout> = {
      id: 'state',
      header: t('common.state'),
      cell: (row) => <StateBadge kind="payout" state={row.state} />,
      csv: (row) => t(`states.payout.${row.state}`),
    };
    const amount: Column<Payout> = {
      id: 'amount',
      header: t('common.amount'),
      align: 'right',
      card: 'amount',
      cell: (row) => <Money value={row.amount} />,
      csv: (row) => minorToDecimal(row.amount.minor, row.amount.currency),
    };
    const currency: Column<Payout> = {
      id: 'currency',
      header: t('common.currency'),
      cell: () => null,
      csv: (row) => row.amount.currency,
      exportOnly: true,
    };
    return which === 'waiting'
      ? [member, holder, account, asked, amount, currency]
      : [member, state, decided, reference, account, holder, asked, amount, currency];
  }, [t, which]);
}
