import { Button } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Holding } from '../../api/generated';
import { holdingsQuery } from '../../api/queries';
import type { Column } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ListPage } from '../../components/ListPage';
import { Money } from '../../components/Money';
import { PayableBadge } from '../../components/PayableBadge';
import { useList, usePatchSearch } from '../../components/useList';
import { DueDay } from '../../components/When';
import { isZero, minorToDecimal } from '../../lib/money';
import { PAYABLE_STATES } from '../../lib/states';
import { HoldingPanel } from './HoldingPanel';
import { PortfolioFigures } from './PortfolioFigures';
import { outstandingOf } from './position';
import { useAll } from './useAll';

const route = getRouteApi('/app/bank/portfolio');

/** What the bank has bought: what is due, what is late, what has come back. */
export function PortfolioPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const list = useList(holdingsQuery({ q: search.q, state: search.state }));
  const all = useAll(holdingsQuery({ limit: 100 }));
  const columns = useHoldingColumns();
  return (
    <>
      <ListPage
        name="portfolio"
        title={t('bank.portfolio.title')}
        words={t('bank.portfolio.words')}
        search={{ label: t('holdings.search'), value: search.q }}
        filters={[
          {
            label: t('common.state'),
            param: 'state',
            value: search.state,
            options: PAYABLE_STATES.map((value) => ({ value, label: t(`states.payable.${value}`) })),
          },
        ]}
        columns={columns}
        list={list}
        rowKey={(row) => row.payable.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.payable.id }, false)}
        empty={
          <EmptyState
            icon={IconChartBar}
            title={t('bank.portfolio.empty.title')}
            words={t('bank.portfolio.empty.words')}
            action={
              <Button component={Link} to="/bank/requests">
                {t('bank.home.toRequests')}
              </Button>
            }
          />
        }
      >
        {(all.pending || all.rows.length > 0) && <PortfolioFigures holdings={all.rows} pending={all.pending} />}
      </ListPage>
      <HoldingPanel id={search.open} onClose={() => patch({ open: undefined })} />
    </>
  );
}

function useHoldingColumns(): Column<Holding>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const amount = (id: string, header: string, minorOf: (row: Holding) => string): Column<Holding> => ({
      id,
      header,
      align: 'right',
      card: id === 'outstanding' ? 'amount' : 'line',
      hideBelow: id === 'received' ? 'md' : undefined,
      cell: (row) =>
        isZero(minorOf(row)) ? (
          <span className="hw-dim">–</span>
        ) : (
          <Money value={{ minor: minorOf(row), currency: row.payable.face.currency }} />
        ),
      csv: (row) => minorToDecimal(minorOf(row), row.payable.face.currency),
    });
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
        cell: (row) => <DueDay day={row.payable.dueDay} settled={isZero(outstandingOf(row))} />,
        csv: (row) => row.payable.dueDay,
      },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <PayableBadge payable={row.payable} />,
        csv: (row) => t(`states.payable.${row.payable.overdue ? 'OVERDUE' : row.payable.state}`),
      },
      amount('held', t('bank.portfolio.held'), (row) => row.held),
      amount('received', t('bank.portfolio.received'), (row) => row.received),
      amount('outstanding', t('bank.portfolio.outstanding'), outstandingOf),
      {
        id: 'currency',
        header: t('common.currency'),
        cell: () => null,
        csv: (row) => row.payable.face.currency,
        exportOnly: true,
      },
    ];
  }, [t]);
}
