import { Button } from '@mantine/core';
import { IconCoins } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinancingRequest } from '../../api/generated';
import { requestsQuery } from '../../api/queries';
import type { Column } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ListPage } from '../../components/ListPage';
import { Money } from '../../components/Money';
import { StateBadge } from '../../components/StateBadge';
import { useList, usePatchSearch } from '../../components/useList';
import { DueDay, Until } from '../../components/When';
import { formatRate, minorToDecimal } from '../../lib/money';
import { REQUEST_STATES } from '../../lib/states';
import { RequestPanel } from './RequestPanel';

const route = getRouteApi('/app/financing');

export function FinancingPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const list = useList(requestsQuery({ q: search.q, state: search.state }));
  const columns = useColumns();
  return (
    <>
      <ListPage
        name="financing"
        title={t('financing.title')}
        words={t('financing.words')}
        search={{ label: t('financing.search'), value: search.q }}
        filters={[
          {
            label: t('common.state'),
            param: 'state',
            value: search.state,
            options: REQUEST_STATES.map((value) => ({ value, label: t(`states.request.${value}`) })),
          },
        ]}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        empty={
          <EmptyState
            icon={IconCoins}
            title={t('financing.empty.title')}
            words={t('financing.empty.words')}
            action={
              <Button component={Link} to="/holdings">
                {t('financing.empty.action')}
              </Button>
            }
          />
        }
      />
      <RequestPanel id={search.open} onClose={() => patch({ open: undefined })} />
    </>
  );
}

// long: one table, column after column
function useColumns(): Column<FinancingRequest>[] {
  const { t, i18n } = useTranslation();
  // long: one table, column after column
  return useMemo(() => {
    const dash = <span className="hw-dim">–</span>;
    const money = (row: FinancingRequest, minor: string | undefined) =>
      minor === undefined ? dash : <Money value={{ minor, currency: row.payable.face.currency }} />;
    return [
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
        cell: (row) => <StateBadge kind="request" state={row.state} />,
        csv: (row) => t(`states.request.${row.state}`),
      },
      {
        id: 'expires',
        header: t('common.expires'),
        cell: (row) => (row.state === 'OPEN' ? <Until at={row.expiresAt} /> : dash),
        csv: (row) => row.expiresAt,
        hideBelow: 'lg',
        card: 'none',
      },
      {
        id: 'quotes',
        header: t('financing.quotes'),
        align: 'right',
        cell: (row) => <span className="hw-num">{row.quoteCount}</span>,
        csv: (row) => String(row.quoteCount),
      },
      {
        id: 'rate',
        header: t('financing.bestRate'),
        align: 'right',
        cell: (row) =>
          row.bestQuote ? (
            <span className="hw-num">{formatRate(row.bestQuote.price.allInRatePpm, i18n.language)}</span>
          ) : (
            dash
          ),
        csv: (row) => (row.bestQuote ? String(row.bestQuote.price.allInRatePpm) : ''),
      },
      {
        id: 'best',
        header: t('financing.best'),
        align: 'right',
        cell: (row) => money(row, row.bestQuote?.price.proceeds),
        csv: (row) => (row.bestQuote ? minorToDecimal(row.bestQuote.price.proceeds, row.payable.face.currency) : ''),
      },
      {
        id: 'amount',
        header: t('financing.amount'),
        align: 'right',
        card: 'amount',
        cell: (row) => money(row, row.units),
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
  }, [t, i18n.language]);
}
