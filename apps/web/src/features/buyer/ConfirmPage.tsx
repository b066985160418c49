import { Button } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invoice } from '../../api/generated';
import { invoicesQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ColumnsMenu, ViewsMenu } from '../../components/ListMenus';
import { Money } from '../../components/Money';
import { PageHeader } from '../../components/PageHeader';
import { ExportButton, FilterSelect, SearchField, Toolbar } from '../../components/Toolbar';
import { useList, usePatchSearch } from '../../components/useList';
import { usePrefs } from '../../components/usePrefs';
import { Day, DueDay } from '../../components/When';
import { minorToDecimal } from '../../lib/money';
import { useMe } from '../session/me';
import classes from './buyer.module.css';
import { type Deciding, DecisionDialog } from './DecisionDialogs';
import { DecisionPanel } from './DecisionPanel';
import { InvoiceBadge } from './InvoiceBadge';
import { isOwn } from './rights';
import { StateTabs } from './Tabs';

/** The first two states have tabs of their own. */
const STATES_ELSEWHERE = [
  'CONFIRMING',
  'CONFIRMED',
  'REJECTED',
  'WITHDRAWN',
] as const satisfies readonly Invoice['state'][];

const route = getRouteApi('/app/buyer/confirm');

/** Invoices addressed to this buyer, and what a maker and a checker do with them. */
// long: one page in reading order; every step of it is one component
export function ConfirmPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const prefs = usePrefs('buyer-confirm');
  const list = useList(invoicesQuery({ q: search.q, state: search.state }));
  const columns = useColumns();
  const [deciding, setDeciding] = useState<Deciding>();
  const empty = search.state === 'SUBMITTED' ? 'emptyCheck' : search.state === 'PROPOSED' ? 'emptyApprove' : 'empty';
  return (
    <>
      <PageHeader title={t('buyer.confirm.title')} words={t('buyer.confirm.words')} />
      <StateTabs
        label={t('common.state')}
        value={search.state}
        options={[
          { value: '', label: t('buyer.confirm.tab.all') },
          { value: 'SUBMITTED', label: t('buyer.confirm.tab.check') },
          { value: 'PROPOSED', label: t('buyer.confirm.tab.approve') },
        ]}
      />
      <Toolbar
        aside={
          <>
            <ViewsMenu search={{ q: search.q, state: search.state }} prefs={prefs} />
            <ColumnsMenu columns={columns} prefs={prefs} />
            <ExportButton name="invoices-to-confirm" columns={columns} readAll={list.readAll} />
          </>
        }
      >
        <SearchField value={search.q} label={t('invoices.search')} />
        <FilterSelect
          label={t('common.state')}
          param="state"
          value={search.state}
          options={STATES_ELSEWHERE.map((value) => ({ value, label: t(`states.invoice.${value}`) }))}
        />
      </Toolbar>
      <DataTable
        label={t('buyer.confirm.title')}
        columns={columns}
        list={list}
        hidden={prefs.hidden}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        actions={(row) => <RowActions invoice={row} onDecide={setDeciding} />}
        filtered={Boolean(search.q) || (search.state !== undefined && empty === 'empty')}
        onClearFilters={() => patch({ q: undefined, state: undefined })}
        empty={
          <EmptyState
            icon={IconFileCheck}
            title={t(`buyer.confirm.${empty}.title`)}
            words={t(`buyer.confirm.${empty}.words`)}
          />
        }
      />
      <DecisionPanel id={search.open} onClose={() => patch({ open: undefined })} onDecide={setDeciding} />
      {deciding && <DecisionDialog deciding={deciding} onClose={() => setDeciding(undefined)} />}
    </>
  );
}

/** One button a row, the step this person would take; the rest is in the panel. */
function RowActions({ invoice, onDecide }: { invoice: Invoice; onDecide: (deciding: Deciding) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  if (invoice.state === 'SUBMITTED' && me?.can('MAKER')) {
    return (
      <Button size="compact-sm" variant="default" onClick={() => onDecide({ step: 'confirm', invoice })}>
        {t('buyer.confirm.confirm')}
      </Button>
    );
  }
  if (invoice.state === 'PROPOSED' && me?.can('CHECKER') && !isOwn(invoice, me.session)) {
    return (
      <Button size="compact-sm" variant="default" onClick={() => onDecide({ step: 'approve', invoice })}>
        {t('buyer.confirm.approve')}
      </Button>
    );
  }
  return null;
}

// long: one table, column after column
function useColumns(): Column<Invoice>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'number', header: t('invoices.number'), cell: (row) => row.number, csv: (row) => row.number },
      {
        id: 'seller',
        header: t('invoices.seller'),
        cell: (row) => <span className={classes.name}>{row.seller.name}</span>,
        csv: (row) => row.seller.name,
      },
      {
        id: 'order',
        header: t('invoices.order'),
        cell: (row) => <span className={classes.code}>{row.orderNumber ?? '–'}</span>,
        csv: (row) => row.orderNumber ?? '',
        hideBelow: 'lg',
        card: 'none',
      },
      {
        id: 'issued',
        header: t('invoices.issued'),
        cell: (row) => <Day day={row.issueDay} />,
        csv: (row) => row.issueDay,
        hideBelow: 'lg',
        card: 'none',
      },
      {
        id: 'due',
        header: t('common.due'),
        cell: (row) => (
          <DueDay
            day={row.decision?.dueDay ?? row.dueDay}
            settled={row.state === 'REJECTED' || row.state === 'WITHDRAWN'}
          />
        ),
        csv: (row) => row.decision?.dueDay ?? row.dueDay,
      },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <InvoiceBadge state={row.state} />,
        csv: (row) => t(`states.invoice.${row.state}`),
      },
      {
        id: 'amount',
        header: t('invoices.total'),
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
