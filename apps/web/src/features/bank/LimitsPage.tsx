import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconGauge } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreditLimit } from '../../api/generated';
import { limitsQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Money, useMoneyText } from '../../components/Money';
import { Notice } from '../../components/Notice';
import { PageHeader } from '../../components/PageHeader';
import { ExportButton, Toolbar } from '../../components/Toolbar';
import { isMore, minorToDecimal, remaining } from '../../lib/money';
import { useMe } from '../session/me';
import classes from './bank.module.css';
import { SetLimitDialog } from './SetLimitDialog';
import { inUse, UsageBar, useShare } from './UsageBar';

/** What the bank will carry, per buyer group and currency. limit = carried + blocked + available. */
export function LimitsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const query = useQuery(limitsQuery);
  const columns = useLimitColumns();
  const [setting, set] = useDisclosure(false);
  const [changing, setChanging] = useState<CreditLimit>();
  const checker = me?.can('CHECKER') ?? false;
  const rows = query.data ?? [];
  const list = {
    rows,
    pending: query.isPending,
    error: query.data ? null : query.error,
    hasMore: false,
    loadingMore: false,
    loadMore: () => {},
    retry: () => void query.refetch(),
  };
  const setButton = <Button onClick={set.open}>{t('bank.limit.set')}</Button>;
  return (
    <>
      <PageHeader title={t('nav.limits')} words={t('bank.limit.words')} action={checker && setButton} />
      {!checker && (
        <Notice tone="neutral" title={t('bank.limit.onlyChecker')} words={t('bank.limit.onlyCheckerWords')} />
      )}
      <Toolbar aside={<ExportButton name="limits" columns={columns} readAll={async () => rows} />} />
      <DataTable
        label={t('nav.limits')}
        columns={columns}
        list={list}
        rowKey={(row) => `${row.obligorGroup}/${row.currency}`}
        actions={(row) =>
          checker && (
            <Button size="compact-sm" variant="default" onClick={() => setChanging(row)}>
              {t('bank.limit.change')}
            </Button>
          )
        }
        empty={
          <EmptyState
            icon={IconGauge}
            title={t('bank.limit.empty.title')}
            words={checker ? t('bank.limit.empty.words') : t('bank.limit.empty.ask')}
            action={checker && setButton}
          />
        }
      />
      {setting && <SetLimitDialog onClose={set.close} />}
      {changing && <SetLimitDialog limit={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}

function useLimitColumns(): Column<CreditLimit>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const amount = (id: 'utilised' | 'blocked' | 'available' | 'limit', words: string): Column<CreditLimit> => ({
      id,
      header: words,
      align: 'right',
      card: id === 'limit' ? 'amount' : 'line',
      cell: (row) => (
        <span title={hint(id)}>
          <Money value={{ minor: row[id], currency: row.currency }} strong={id === 'available'} />
        </span>
      ),
      csv: (row) => minorToDecimal(row[id], row.currency),
    });
    const hint = (id: string) =>
      id === 'utilised' ? t('bank.limit.utilisedHint') : id === 'blocked' ? t('bank.limit.blockedHint') : undefined;
    return [
      {
        id: 'group',
        header: t('bank.limit.group'),
        cell: (row) => (
          <>
            {row.obligorGroup}
            <div className={classes.sub} style={{ fontWeight: 400 }}>
              {row.buyers.join(', ')}
            </div>
          </>
        ),
        csv: (row) => row.obligorGroup,
      },
      { id: 'use', header: t('bank.limit.use'), cell: (row) => <Use limit={row} /> },
      amount('utilised', t('bank.limit.utilised')),
      amount('blocked', t('bank.limit.blocked')),
      amount('available', t('bank.limit.available')),
      amount('limit', t('bank.limit.amount')),
      { id: 'currency', header: t('common.currency'), cell: () => null, csv: (row) => row.currency, exportOnly: true },
    ];
  }, [t]);
}

function Use({ limit }: { limit: CreditLimit }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const share = useShare(limit);
  const used = inUse(limit);
  const over = isMore(used, limit.limit);
  return (
    <div style={{ minWidth: 150 }}>
      <UsageBar limit={limit} />
      <div className={classes.sub} style={over ? { color: 'var(--hw-bad-fg)' } : undefined}>
        {over
          ? t('bank.limit.over', { amount: money(remaining(used, limit.limit), limit.currency) })
          : t('bank.limit.ofLimit', { share })}
      </div>
    </div>
  );
}
