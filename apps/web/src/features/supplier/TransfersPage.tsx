import { Button } from '@mantine/core';
import { IconArrowDownLeft, IconArrowsExchange, IconArrowUpRight } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../api/generated';
import { transfersQuery } from '../../api/queries';
import type { Column } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ListPage } from '../../components/ListPage';
import { Money } from '../../components/Money';
import { StateBadge } from '../../components/StateBadge';
import { useList, usePatchSearch } from '../../components/useList';
import { DueDay, Until } from '../../components/When';
import { minorToDecimal } from '../../lib/money';
import { TRANSFER_STATES } from '../../lib/states';
import { useMe } from '../session/me';
import { type TransferDecision, TransferDialog } from './TransferDialog';
import { TransferPanel } from './TransferPanel';

const route = getRouteApi('/app/transfers');

// long: one page in reading order; every step of it is one component
export function TransfersPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const list = useList(transfersQuery({ direction: search.direction, state: search.state }));
  const own = me?.session.organisation.id;
  const columns = useColumns(own);
  const [decision, setDecision] = useState<TransferDecision>();
  const actions = (transfer: Transfer, size: 'compact-sm' | 'sm') => {
    if (transfer.state !== 'OFFERED' || !me?.can('MAKER')) return null;
    if (transfer.from.id === own)
      return (
        <Button size={size} variant="default" onClick={() => setDecision({ verb: 'withdraw', transfer })}>
          {t('transfers.withdraw')}
        </Button>
      );
    return (
      <>
        <Button size={size} variant="default" onClick={() => setDecision({ verb: 'refuse', transfer })}>
          {t('transfers.refuse')}
        </Button>
        <Button size={size} onClick={() => setDecision({ verb: 'accept', transfer })}>
          {t('transfers.accept')}
        </Button>
      </>
    );
  };
  return (
    <>
      <ListPage
        name="transfers"
        title={t('transfers.title')}
        words={t('transfers.words')}
        filters={[
          {
            label: t('transfers.direction'),
            param: 'direction',
            value: search.direction,
            options: [
              { value: 'IN', label: t('transfers.in') },
              { value: 'OUT', label: t('transfers.out') },
            ],
          },
          {
            label: t('common.state'),
            param: 'state',
            value: search.state,
            options: TRANSFER_STATES.map((value) => ({ value, label: t(`states.transfer.${value}`) })),
          },
        ]}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        actions={(row) => actions(row, 'compact-sm')}
        empty={
          <EmptyState
            icon={IconArrowsExchange}
            title={t('transfers.empty.title')}
            words={t('transfers.empty.words')}
            action={
              <Button component={Link} to="/holdings">
                {t('transfers.empty.action')}
              </Button>
            }
          />
        }
      />
      <TransferPanel
        id={search.open}
        onClose={() => patch({ open: undefined })}
        actions={(transfer) => actions(transfer, 'sm')}
      />
      {decision && <TransferDialog {...decision} onClose={() => setDecision(undefined)} />}
    </>
  );
}

// long: one table, column after column
function useColumns(own: string | undefined): Column<Transfer>[] {
  const { t } = useTranslation();
  // long: one table, column after column
  return useMemo(() => {
    const outgoing = (row: Transfer) => row.from.id === own;
    const other = (row: Transfer) => (outgoing(row) ? row.to : row.from);
    return [
      {
        id: 'counterparty',
        header: t('transfers.counterparty'),
        cell: (row) => other(row).name,
        csv: (row) => other(row).name,
      },
      {
        id: 'direction',
        header: t('transfers.direction'),
        cell: (row) => (
          <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
            {outgoing(row) ? <IconArrowUpRight size={15} aria-hidden /> : <IconArrowDownLeft size={15} aria-hidden />}
            {outgoing(row) ? t('transfers.out') : t('transfers.in')}
          </span>
        ),
        csv: (row) => (outgoing(row) ? 'OUT' : 'IN'),
      },
      { id: 'what', header: t('transfers.what'), cell: (row) => row.reference, csv: (row) => row.reference },
      {
        id: 'payable',
        header: t('holdings.reference'),
        cell: (row) => row.payable.reference,
        csv: (row) => row.payable.reference,
        hideBelow: 'lg',
      },
      {
        id: 'due',
        header: t('common.due'),
        cell: (row) => <DueDay day={row.payable.dueDay} settled />,
        csv: (row) => row.payable.dueDay,
        hideBelow: 'lg',
      },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <StateBadge kind="transfer" state={row.state} />,
        csv: (row) => t(`states.transfer.${row.state}`),
      },
      {
        id: 'expires',
        header: t('common.expires'),
        cell: (row) => (row.state === 'OFFERED' ? <Until at={row.expiresAt} /> : <span className="hw-dim">–</span>),
        csv: (row) => row.expiresAt,
        card: 'none',
      },
      {
        id: 'amount',
        header: t('common.amount'),
        align: 'right',
        card: 'amount',
        cell: (row) => <Money value={{ minor: row.units, currency: row.payable.face.currency }} />,
        csv: (row) => minorToDecimal(row.units, row.payable.face.currency),
      },
      {
        id: 'currency',
        header: t('common.currency'),
        cell: () => null,
        csv: (row) => row.payable.face.currency,
        exportOnly: true,
      },
    ];
  }, [t, own]);
}
