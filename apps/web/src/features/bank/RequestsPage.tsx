import { Button, NativeSelect } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinancingRequest } from '../../api/generated';
import { requestsQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ColumnsMenu, ViewsMenu } from '../../components/ListMenus';
import { Money } from '../../components/Money';
import { PageHeader } from '../../components/PageHeader';
import { StateBadge } from '../../components/StateBadge';
import { ExportButton, SearchField, Toolbar } from '../../components/Toolbar';
import { useList, usePatchSearch } from '../../components/useList';
import { usePrefs } from '../../components/usePrefs';
import { DueDay, Until } from '../../components/When';
import { minorToDecimal } from '../../lib/money';
import { REQUEST_STATES } from '../../lib/states';
import { useMe } from '../session/me';
import { useRateText } from './PriceRows';
import { RequestPanel } from './RequestPanel';

const route = getRouteApi('/app/bank/requests');

/** The market: what suppliers ask cash for. It opens on what can be quoted; what is over is a filter away. */
// long: the parts of one screen, from top to bottom
export function RequestsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const prefs = usePrefs('bank-requests');
  const state = search.state ?? 'OPEN';
  const list = useList(requestsQuery({ q: search.q, state }));
  const columns = useRequestColumns();
  const closed = state !== 'OPEN';
  const quotable = (row: FinancingRequest) => me?.can('MAKER') && row.state === 'OPEN' && row.quoteCount === 0;
  return (
    <>
      <PageHeader title={t('bank.request.title')} words={t('bank.request.words')} />
      <Toolbar
        aside={
          <>
            <ViewsMenu search={{ q: search.q, state: search.state }} prefs={prefs} />
            <ColumnsMenu columns={columns} prefs={prefs} />
            <ExportButton name="financing-requests" columns={columns} readAll={list.readAll} />
          </>
        }
      >
        <SearchField value={search.q} label={t('bank.request.search')} />
        <NativeSelect
          aria-label={t('common.state')}
          value={state}
          onChange={(event) =>
            patch({ state: event.currentTarget.value === 'OPEN' ? undefined : event.currentTarget.value })
          }
          data={REQUEST_STATES.map((value) => ({
            value,
            label: `${t('common.state')}: ${t(`states.request.${value}`)}`,
          }))}
        />
      </Toolbar>
      <DataTable
        label={t('bank.request.title')}
        columns={columns}
        list={list}
        hidden={prefs.hidden}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        actions={(row) =>
          quotable(row) && (
            <Button size="compact-sm" variant="default" onClick={() => patch({ open: row.id }, false)}>
              {t('bank.request.quote')}
            </Button>
          )
        }
        filtered={Boolean(search.q)}
        onClearFilters={() => patch({ q: undefined, state: undefined })}
        empty={
          <EmptyState
            icon={IconScale}
            title={closed ? t('bank.request.empty.closed') : t('bank.request.empty.title')}
            words={closed ? t('bank.request.empty.closedWords') : t('bank.request.empty.words')}
            action={
              !closed && (
                <Button component={Link} to="/bank/limits" variant="default">
                  {t('bank.request.toLimits')}
                </Button>
              )
            }
          />
        }
      />
      <RequestPanel id={search.open} onClose={() => patch({ open: undefined })} />
    </>
  );
}

// long: one entry a column
function useRequestColumns(): Column<FinancingRequest>[] {
  const { t } = useTranslation();
  const rate = useRateText();
  return useMemo(
    () => [
      {
        id: 'reference',
        header: t('holdings.reference'),
        cell: (row) => row.payable.reference,
        csv: (row) => row.payable.reference,
      },
      {
        id: 'buyer',
        header: t('holdings.buyer'),
        cell: (row) => row.payable.buyer.name,
        csv: (row) => row.payable.buyer.name,
      },
      { id: 'holder', header: t('bank.request.holder'), cell: (row) => row.holder.name, csv: (row) => row.holder.name },
      {
        id: 'due',
        header: t('common.due'),
        cell: (row) => <DueDay day={row.payable.dueDay} />,
        csv: (row) => row.payable.dueDay,
      },
      {
        id: 'days',
        header: t('common.days'),
        cell: () => null,
        csv: (row) => String(row.payable.daysToDue),
        exportOnly: true,
      },
      {
        id: 'until',
        header: t('bank.request.until'),
        hideBelow: 'lg',
        cell: (row) => (row.state === 'OPEN' ? <Until at={row.expiresAt} /> : <span className="hw-dim">–</span>),
        csv: (row) => row.expiresAt,
      },
      {
        id: 'state',
        header: t('bank.request.ours'),
        cell: (row) => <Ours request={row} />,
        csv: (row) => (row.bestQuote ? rate(row.bestQuote.price.ratePpm) : t('bank.request.notQuoted')),
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
    ],
    [t, rate],
  );
}

/** A bank sees of all quotes only its own: its rate where one stands, how it ended where the request is over. */
function Ours({ request }: { request: FinancingRequest }) {
  const { t } = useTranslation();
  const rate = useRateText();
  if (request.state !== 'OPEN') return <StateBadge kind="request" state={request.state} />;
  if (!request.bestQuote) return <span className="hw-dim">{t('bank.request.notQuoted')}</span>;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8 }}>
      <span className="hw-num">{rate(request.bestQuote.price.ratePpm)}</span>
      <StateBadge kind="quote" state={request.bestQuote.state} />
    </span>
  );
}
