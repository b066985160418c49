import { Skeleton } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payable, PayableDetail } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { payableQuery, payablesQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ColumnsMenu, ViewsMenu } from '../../components/ListMenus';
import { Money } from '../../components/Money';
import { ProblemNotice } from '../../components/Notice';
import { PageHeader } from '../../components/PageHeader';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { Timeline } from '../../components/Timeline';
import { ExportButton, FilterSelect, SearchField, Toolbar } from '../../components/Toolbar';
import { useList, usePatchSearch } from '../../components/useList';
import { usePrefs } from '../../components/usePrefs';
import { DueDay, Instant } from '../../components/When';
import { formatDay } from '../../lib/days';
import { minorToDecimal } from '../../lib/money';
import { PAYABLE_STATES } from '../../lib/states';
import { Movements } from '../buyer/Movements';
import { openOf } from '../buyer/owed';
import classes from './operator.module.css';

const route = getRouteApi('/app/operator/payables');

const ended = (payable: Payable) => payable.state !== 'OPEN' && payable.state !== 'PAYING';
const shown = (payable: Payable) => (payable.overdue ? 'OVERDUE' : payable.state);

/** Every payable of the network, for whoever watches over it. */
export function AllPayablesPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const prefs = usePrefs('all-payables');
  const list = useList(payablesQuery({ q: search.q, state: search.state }));
  const columns = useColumns();
  return (
    <>
      <PageHeader title={t('operator.payables.title')} words={t('operator.payables.words')} />
      <Toolbar
        aside={
          <>
            <ViewsMenu search={{ q: search.q, state: search.state }} prefs={prefs} />
            <ColumnsMenu columns={columns} prefs={prefs} />
            <ExportButton name="all-payables" columns={columns} readAll={list.readAll} />
          </>
        }
      >
        <SearchField value={search.q} label={t('operator.payables.search')} />
        <FilterSelect
          label={t('common.state')}
          param="state"
          value={search.state}
          options={PAYABLE_STATES.map((value) => ({ value, label: t(`states.payable.${value}`) }))}
        />
      </Toolbar>
      <DataTable
        label={t('operator.payables.title')}
        columns={columns}
        list={list}
        hidden={prefs.hidden}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        filtered={Boolean(search.q ?? search.state)}
        onClearFilters={() => patch({ q: undefined, state: undefined })}
        empty={
          <EmptyState
            icon={IconReceipt}
            title={t('operator.payables.empty.title')}
            words={t('operator.payables.empty.words')}
          />
        }
      />
      <PayablePanel id={search.open} onClose={() => patch({ open: undefined })} />
    </>
  );
}

function useColumns(): Column<Payable>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'reference', header: t('invoices.payable'), cell: (row) => row.reference, csv: (row) => row.reference },
      {
        id: 'buyer',
        header: t('invoices.buyer'),
        cell: (row) => <span className={classes.name}>{row.buyer.name}</span>,
        csv: (row) => row.buyer.name,
      },
      {
        id: 'supplier',
        header: t('buyer.payables.supplier'),
        cell: (row) => <span className={classes.name}>{row.supplier?.name ?? '–'}</span>,
        csv: (row) => row.supplier?.name ?? '',
      },
      {
        id: 'due',
        header: t('common.due'),
        cell: (row) => <DueDay day={row.dueDay} settled={ended(row)} />,
        csv: (row) => row.dueDay,
      },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <StateBadge kind="payable" state={shown(row)} />,
        csv: (row) => t(`states.payable.${shown(row)}`),
      },
      {
        id: 'paid',
        header: t('buyer.payables.paid'),
        align: 'right',
        hideBelow: 'lg',
        card: 'none',
        cell: (row) => <Money value={row.paid} />,
        csv: (row) => minorToDecimal(row.paid.minor, row.paid.currency),
      },
      {
        id: 'face',
        header: t('buyer.payables.face'),
        align: 'right',
        card: 'amount',
        cell: (row) => <Money value={row.face} />,
        csv: (row) => minorToDecimal(row.face.minor, row.face.currency),
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

function PayablePanel({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({ ...payableQuery(id ?? ''), enabled: id !== undefined });
  const payable = id ? query.data : undefined;
  return (
    <Panel opened={id !== undefined} onClose={onClose} title={payable?.reference ?? t('invoices.payable')}>
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!payable && !query.error && <Skeleton height={240} />}
      {payable && <Body payable={payable} />}
    </Panel>
  );
}

function Body({ payable }: { payable: PayableDetail }) {
  const { t, i18n } = useTranslation();
  const { currency } = payable.face;
  const words = { buyer: payable.buyer.name, day: formatDay(payable.dueDay, i18n.language) };
  return (
    <>
      <Figure aside={<StateBadge kind="payable" state={shown(payable)} />}>
        <Money value={payable.face} />
      </Figure>
      <Facts
        items={[
          [t('invoices.buyer'), payable.buyer.name],
          [t('buyer.payables.supplier'), payable.supplier?.name],
          [t('invoices.number'), payable.invoiceNumber],
          [t('common.due'), <DueDay key="d" day={payable.dueDay} settled={ended(payable)} />],
          [t('buyer.payables.paid'), <Money key="p" value={payable.paid} />],
          [
            t('buyer.payables.open'),
            !ended(payable) && <Money key="o" value={{ minor: openOf(payable), currency }} strong />,
          ],
          [t('buyer.payables.confirmed'), <Instant key="c" at={payable.confirmedAt} />],
        ]}
      />
      <PanelSection title={t('buyer.payables.movements')}>
        <Movements movements={payable.movements} currency={currency} />
      </PanelSection>
      <PanelSection title={t('common.history')}>
        <Timeline
          entries={payable.timeline}
          next={t(`operator.payables.next.${shown(payable)}`, words)}
          currency={currency}
        />
      </PanelSection>
    </>
  );
}
