import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CashEntry } from '../../api/generated';
import { balancesQuery, cashEntriesQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Money } from '../../components/Money';
import { PageHeader, Section } from '../../components/PageHeader';
import { ExportButton, FilterSelect } from '../../components/Toolbar';
import { useList } from '../../components/useList';
import { Instant } from '../../components/When';
import { isZero, minorToDecimal } from '../../lib/money';
import { useMe } from '../session/me';
import { BalanceCards } from './BalanceCards';
import { PayOutDialog } from './PayOutDialog';
import { PendingPayouts } from './PendingPayouts';

const route = getRouteApi('/app/cash');

export function CashPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { currency } = route.useSearch();
  const { data: balances } = useQuery(balancesQuery);
  const list = useList(cashEntriesQuery({ currency }));
  const columns = useColumns();
  const [paying, pay] = useDisclosure(false);
  const spendable = (balances ?? []).filter((balance) => !isZero(balance.available));
  const codes = (balances ?? []).filter((balance) => !isZero(balance.balance)).map((balance) => balance.currency);
  return (
    <>
      <PageHeader
        title={t('cash.title')}
        words={t('cash.words')}
        action={me?.can('TREASURER') && spendable.length > 0 && <Button onClick={pay.open}>{t('cash.payOut')}</Button>}
      />
      <BalanceCards balances={balances} />
      <PendingPayouts />
      <Section
        title={t('cash.history')}
        aside={
          <div style={{ display: 'flex', gap: 8 }}>
            {codes.length > 1 && (
              <FilterSelect
                label={t('common.currency')}
                param="currency"
                value={currency}
                options={codes.map((code) => ({ value: code, label: code }))}
              />
            )}
            <ExportButton name="cash" columns={columns} readAll={list.readAll} />
          </div>
        }
      >
        <DataTable
          label={t('cash.history')}
          columns={columns}
          list={list}
          rowKey={(row) => row.id}
          empty={
            <EmptyState icon={IconCash} title={t('cash.emptyHistory.title')} words={t('cash.emptyHistory.words')} />
          }
        />
      </Section>
      <Account />
      {paying && <PayOutDialog balances={spendable} onClose={pay.close} />}
    </>
  );
}

function Account() {
  const { t } = useTranslation();
  const me = useMe();
  const account = me?.session.organisation.account;
  return (
    <Section
      title={t('cash.account')}
      aside={
        <Button
          component={Link}
          to="/settings/$section"
          params={{ section: 'organisation' } as never}
          variant="subtle"
          size="compact-sm"
        >
          {account ? t('nav.settings') : t('cash.accountSet')}
        </Button>
      }
    >
      <div>
        {account ? (
          <>
            {account.holder} · <span className="hw-num">{account.number}</span>
          </>
        ) : (
          <span className="hw-dim">{t('cash.accountNone')}</span>
        )}
      </div>
    </Section>
  );
}

function useColumns(): Column<CashEntry>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const side = (row: CashEntry, direction: 'IN' | 'OUT') =>
      row.direction === direction ? <Money value={row.amount} /> : null;
    const text = (row: CashEntry, direction: 'IN' | 'OUT') =>
      row.direction === direction ? minorToDecimal(row.amount.minor, row.amount.currency) : '';
    return [
      {
        id: 'kind',
        header: t('cash.kind'),
        cell: (row) => t(`states.cashKind.${row.kind}`),
        csv: (row) => t(`states.cashKind.${row.kind}`),
      },
      {
        id: 'when',
        header: t('cash.when'),
        cell: (row) => <Instant at={row.occurredAt} />,
        csv: (row) => row.occurredAt,
      },
      {
        id: 'counterparty',
        header: t('cash.counterparty'),
        cell: (row) => row.counterparty?.name ?? <span className="hw-dim">–</span>,
        csv: (row) => row.counterparty?.name ?? '',
      },
      {
        id: 'reference',
        header: t('common.reference'),
        cell: (row) => [row.payableReference, row.reference].filter(Boolean).join(' · '),
        csv: (row) => [row.payableReference, row.reference].filter(Boolean).join(' '),
        hideBelow: 'md',
      },
      { id: 'in', header: t('cash.in'), align: 'right', cell: (row) => side(row, 'IN'), csv: (row) => text(row, 'IN') },
      {
        id: 'out',
        header: t('cash.out'),
        align: 'right',
        cell: (row) => side(row, 'OUT'),
        csv: (row) => text(row, 'OUT'),
      },
      {
        id: 'currency',
        header: t('common.currency'),
        cell: () => null,
        csv: (row) => row.amount.currency,
        exportOnly: true,
      },
    ];
  }, [t]);
}
