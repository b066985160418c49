import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuildingBank } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deposit } from '../../api/generated';
import { depositsQuery } from '../../api/queries';
import type { Column } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ListPage } from '../../components/ListPage';
import { Money } from '../../components/Money';
import { Notice } from '../../components/Notice';
import { StateBadge } from '../../components/StateBadge';
import { useList } from '../../components/useList';
import { Instant } from '../../components/When';
import { minorToDecimal } from '../../lib/money';
import { useMe } from '../session/me';
import { RecordDepositDialog } from './RecordDepositDialog';

/** What has arrived at the settlement bank for members, each under the reference of its statement. */
export function DepositsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const list = useList(depositsQuery);
  const columns = useDepositColumns();
  const [recording, record] = useDisclosure(false);
  const treasurer = me?.can('TREASURER');
  const button = treasurer && <Button onClick={record.open}>{t('bank.deposit.record')}</Button>;
  return (
    <>
      <ListPage
        name="deposits"
        title={t('bank.deposit.title')}
        words={t('bank.deposit.words')}
        action={button}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            icon={IconBuildingBank}
            title={t('bank.deposit.empty.title')}
            words={t('bank.deposit.empty.words')}
            action={button}
          />
        }
      >
        {!treasurer && (
          <Notice tone="neutral" title={t('bank.deposit.onlyTreasurer')} words={t('bank.deposit.onlyTreasurerWords')} />
        )}
      </ListPage>
      {recording && <RecordDepositDialog onClose={record.close} />}
    </>
  );
}

function useDepositColumns(): Column<Deposit>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'member',
        header: t('bank.payout.member'),
        cell: (row) => row.organisation.name,
        csv: (row) => row.organisation.name,
      },
      {
        id: 'reference',
        header: t('bank.deposit.reference'),
        cell: (row) => row.bankReference,
        csv: (row) => row.bankReference,
      },
      {
        id: 'recorded',
        header: t('bank.deposit.recorded'),
        cell: (row) => <Instant at={row.recordedAt} />,
        csv: (row) => row.recordedAt,
      },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <StateBadge kind="deposit" state={row.state} />,
        csv: (row) => t(`states.deposit.${row.state}`),
      },
      {
        id: 'amount',
        header: t('common.amount'),
        align: 'right',
        card: 'amount',
        cell: (row) => <Money value={row.amount} />,
        csv: (row) => minorToDecimal(row.amount.minor, row.amount.currency),
      },
      {
        id: 'currency',
        header: t('common.currency'),
        cell: () => null,
        csv: (row) => row.amount.currency,
        exportOnly: true,
      },
    ],
    [t],
  );
}
