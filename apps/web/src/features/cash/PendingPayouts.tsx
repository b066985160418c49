import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payout } from '../../api/generated';
import { payoutsQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { Money } from '../../components/Money';
import { Section } from '../../components/PageHeader';
import { StateBadge } from '../../components/StateBadge';
import { useList } from '../../components/useList';
import { Instant } from '../../components/When';

/** Payouts of one's own, the open ones above those that ended. Nothing is shown before there was one. */
export function PendingPayouts() {
  const { t } = useTranslation();
  const list = useList(payoutsQuery({}));
  const columns = useMemo<Column<Payout>[]>(
    () => [
      { id: 'account', header: t('cash.account'), cell: (row) => row.account.number },
      { id: 'requested', header: t('cash.requested'), cell: (row) => <Instant at={row.requestedAt} /> },
      {
        id: 'reference',
        header: t('common.reference'),
        cell: (row) => row.bankReference ?? (row.reason ? t('cash.returnedWords', { reason: row.reason }) : '–'),
        hideBelow: 'md',
      },
      { id: 'state', header: t('common.state'), cell: (row) => <StateBadge kind="payout" state={row.state} /> },
      {
        id: 'amount',
        header: t('common.amount'),
        align: 'right',
        card: 'amount',
        cell: (row) => <Money value={row.amount} />,
      },
    ],
    [t],
  );
  if (list.rows.length === 0) return null;
  return (
    <Section title={t('cash.payouts')}>
      <DataTable label={t('cash.payouts')} columns={columns} list={list} rowKey={(row) => row.id} empty={null} />
    </Section>
  );
}
