import { Button } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payable } from '../../api/generated';
import { payablesQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ColumnsMenu, ViewsMenu } from '../../components/ListMenus';
import { Money } from '../../components/Money';
import { PageHeader } from '../../components/PageHeader';
import { StateBadge } from '../../components/StateBadge';
import { ExportButton, SearchField, Toolbar } from '../../components/Toolbar';
import { type List, useList, usePatchSearch } from '../../components/useList';
import { usePrefs } from '../../components/usePrefs';
import { DueDay } from '../../components/When';
import { minorToDecimal } from '../../lib/money';
import { useMe } from '../session/me';
import classes from './buyer.module.css';
import { openOf, owedQuery } from './owed';
import { PayablePanel } from './PayablePanel';
import { PayDialog } from './PayDialog';
import { useSettled } from './settled';
import { StateTabs } from './Tabs';

const route = getRouteApi('/app/buyer/payables');

type View = 'toPay' | 'overdue' | 'settled' | 'cancelled';

/** What this buyer has promised: what is to be paid first, what is late, what is done. */
export function PayablesPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const prefs = usePrefs('buyer-payables');
  const view = viewOf(search.state);
  const list = useViewList(view, search.q);
  const columns = useColumns();
  const [paying, setPaying] = useState<Payable>();
  const mayPay = (payable: Payable) => me?.can('TREASURER') && (payable.state === 'OPEN' || payable.state === 'PAYING');
  return (
    <>
      <PageHeader title={t('buyer.payables.title')} words={t('buyer.payables.words')} />
      <StateTabs
        label={t('common.state')}
        value={search.state}
        options={[
          { value: '', label: t('buyer.payables.tab.toPay') },
          { value: 'OVERDUE', label: t('buyer.payables.tab.overdue') },
          { value: 'PAID', label: t('buyer.payables.tab.settled') },
          { value: 'CANCELLED', label: t('buyer.payables.tab.cancelled') },
        ]}
      />
      <Toolbar
        aside={
          <>
            <ViewsMenu search={{ q: search.q, state: search.state }} prefs={prefs} />
            <ColumnsMenu columns={columns} prefs={prefs} />
            <ExportButton name="payables" columns={columns} readAll={list.readAll} />
          </>
        }
      >
        <SearchField value={search.q} label={t('buyer.payables.search')} />
      </Toolbar>
      <DataTable
        label={t('buyer.payables.title')}
        columns={columns}
        list={list}
        hidden={prefs.hidden}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        actions={(row) =>
          mayPay(row) && (
            <Button size="compact-sm" variant="default" onClick={() => setPaying(row)}>
              {t('buyer.payables.pay')}
            </Button>
          )
        }
        filtered={Boolean(search.q)}
        onClearFilters={() => patch({ q: undefined })}
        empty={<Empty view={view} />}
      />
      <PayablePanel id={search.open} onClose={() => patch({ open: undefined })} onPay={setPaying} />
      {paying && <PayDialog payable={paying} onClose={() => setPaying(undefined)} />}
    </>
  );
}

function viewOf(state: string | undefined): View {
  if (state === 'OVERDUE') return 'overdue';
  if (state === 'PAID' || state === 'CLOSED') return 'settled';
  return state === 'CANCELLED' ? 'cancelled' : 'toPay';
}

/** What is owed comes as a whole, so that the earliest due stands first; the rest is paged by the API. */
function useViewList(view: View, q: string | undefined): List<Payable> {
  const owed = useQuery(owedQuery);
  const settled = useSettled(q);
  const cancelled = useList(payablesQuery({ q, state: 'CANCELLED' }));
  if (view === 'settled') return settled;
  if (view === 'cancelled') return cancelled;
  const rows = (owed.data?.payables ?? []).filter(
    (payable) => (view === 'toPay' || payable.overdue) && matches(payable, q),
  );
  return {
    rows,
    pending: owed.isPending,
    error: owed.data ? null : owed.error,
    hasMore: false,
    loadingMore: false,
    loadMore: () => undefined,
    retry: () => void owed.refetch(),
    readAll: async () => rows,
  };
}

function matches(payable: Payable, q: string | undefined): boolean {
  const text = [payable.reference, payable.invoiceNumber, payable.supplier?.name].join(' ').toLowerCase();
  return !q || text.includes(q.toLowerCase());
}

function Empty({ view }: { view: View }) {
  const { t } = useTranslation();
  const action = view === 'toPay' && (
    <Button component={Link} variant="default" to="/buyer/confirm">
      {t('buyer.payables.empty.toPay.action')}
    </Button>
  );
  return (
    <EmptyState
      icon={IconReceipt}
      title={t(`buyer.payables.empty.${view}.title`)}
      words={t(`buyer.payables.empty.${view}.words`)}
      action={action}
    />
  );
}

const isSettled = (row: Payable) => row.state !== 'OPEN' && row.state !== 'PAYING';

// long: one table, column after column
function useColumns(): Column<Payable>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'reference', header: t('invoices.payable'), cell: (row) => row.reference, csv: (row) => row.reference },
      {
        id: 'supplier',
        header: t('buyer.payables.supplier'),
        cell: (row) => <span className={classes.name}>{row.supplier?.name ?? '–'}</span>,
        csv: (row) => row.supplier?.name ?? '',
      },
      {
        id: 'invoice',
        header: t('invoices.number'),
        cell: (row) => <span className={classes.code}>{row.invoiceNumber ?? '–'}</span>,
        csv: (row) => row.invoiceNumber ?? '',
        hideBelow: 'lg',
      },
      {
        id: 'due',
        header: t('common.due'),
        cell: (row) => <DueDay day={row.dueDay} settled={isSettled(row)} />,
        csv: (row) => row.dueDay,
      },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <StateBadge kind="payable" state={row.overdue ? 'OVERDUE' : row.state} />,
        csv: (row) => t(`states.payable.${row.overdue ? 'OVERDUE' : row.state}`),
      },
      {
        id: 'face',
        header: t('buyer.payables.face'),
        align: 'right',
        hideBelow: 'lg',
        card: 'none',
        cell: (row) => <Money value={row.face} />,
        csv: (row) => minorToDecimal(row.face.minor, row.face.currency),
      },
      {
        id: 'paid',
        header: t('buyer.payables.paid'),
        align: 'right',
        hideBelow: 'md',
        card: 'none',
        cell: (row) => <Money value={row.paid} />,
        csv: (row) => minorToDecimal(row.paid.minor, row.paid.currency),
      },
      {
        id: 'open',
        header: t('buyer.payables.open'),
        align: 'right',
        card: 'amount',
        cell: (row) => <Money value={{ minor: openOf(row), currency: row.face.currency }} strong={!isSettled(row)} />,
        csv: (row) => minorToDecimal(openOf(row), row.face.currency),
      },
      {
        id: 'currency',
        header: t('common.currency'),
        cell: () => null,
        csv: (row) => row.face.currency,
        exportOnly: true,
      },
    ],
    [t],
  );
}
