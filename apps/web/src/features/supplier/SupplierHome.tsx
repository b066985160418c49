import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { balancesQuery, holdingsQuery } from '../../api/queries';
import { EmptyState } from '../../components/EmptyState';
import { FigureCard, FigureRow, Stacked } from '../../components/Figures';
import { Money } from '../../components/Money';
import { PageHeader, Section } from '../../components/PageHeader';
import { ChartSkeleton } from '../../components/Skeletons';
import { TodoList } from '../../components/TodoList';
import { useList } from '../../components/useList';
import { useToday } from '../../components/When';
import { addDays } from '../../lib/days';
import { addMinor, isZero, totalsByCurrency } from '../../lib/money';
import { useMe } from '../session/me';
import { UploadDialog } from './UploadDialog';
import { useSupplierTodos } from './useSupplierTodos';

const MonthChart = lazy(() => import('../../components/MonthChart').then((module) => ({ default: module.MonthChart })));

/** What needs doing now, what there is, and when it turns into money. */
// long: one page in reading order; every step of it is one component
export function SupplierHome() {
  const { t } = useTranslation();
  const { today } = useToday();
  const me = useMe();
  const [uploading, upload] = useDisclosure(false);
  const balances = useQuery(balancesQuery);
  const holdings = useList(holdingsQuery({ limit: 100 }));
  const todos = useSupplierTodos(holdings.rows);
  const live = holdings.rows.filter(
    (row) => (row.payable.state === 'OPEN' || row.payable.state === 'PAYING') && !isZero(row.held),
  );
  const soon = live.filter((row) => row.payable.dueDay <= addDays(today, 30));
  const held = totalsByCurrency(live.map((row) => ({ minor: row.held, currency: row.payable.face.currency })));
  const due = totalsByCurrency(soon.map((row) => ({ minor: row.held, currency: row.payable.face.currency })));
  const fresh = !holdings.pending && holdings.rows.length === 0;
  return (
    <>
      <PageHeader
        title={t('home.title')}
        words={t('home.supplier.words')}
        action={
          me?.can('MAKER') && (
            <Button leftSection={<IconUpload size={16} aria-hidden />} onClick={upload.open}>
              {t('invoices.upload')}
            </Button>
          )
        }
      />
      <FigureRow>
        <FigureCard
          label={t('home.figures.available')}
          value={
            <Stacked empty="–">
              {(balances.data ?? [])
                .filter(({ balance }) => !isZero(balance))
                .map((balance) => (
                  <Money key={balance.currency} value={{ minor: balance.available, currency: balance.currency }} />
                ))}
            </Stacked>
          }
        />
        <FigureCard
          label={t('home.figures.held')}
          value={
            <Stacked empty="–">
              {held.map((total) => (
                <Money key={total.currency} value={total} />
              ))}
            </Stacked>
          }
        />
        <FigureCard
          label={t('home.figures.due30')}
          value={
            <Stacked empty="–">
              {due.map((total) => (
                <Money key={total.currency} value={total} />
              ))}
            </Stacked>
          }
        />
      </FigureRow>
      <Section title={t('home.todo')}>
        <TodoList items={todos.items} pending={todos.pending} />
      </Section>
      <Section title={t('home.chart.cashflow')}>
        {fresh ? (
          <EmptyState
            icon={IconUpload}
            title={t('home.supplier.start')}
            words={t('home.supplier.startWords')}
            action={
              me?.can('MAKER') && (
                <Button variant="default" onClick={upload.open}>
                  {t('home.supplier.startAction')}
                </Button>
              )
            }
          />
        ) : (
          <Suspense fallback={<ChartSkeleton />}>
            <MonthChart
              title={t('home.chart.cashflow')}
              words={t('home.chart.cashflowWords')}
              items={live.map((row) => ({
                day: row.payable.dueDay,
                currency: row.payable.face.currency,
                parts: { free: row.free, bound: addMinor(row.offered, row.requested, row.frozen) },
              }))}
              series={[
                { name: 'free', label: t('home.chart.free'), color: 'var(--hw-chart-1)' },
                { name: 'bound', label: t('home.chart.bound'), color: 'var(--hw-chart-2)' },
              ]}
            />
          </Suspense>
        )}
      </Section>
      <UploadDialog opened={uploading} onClose={upload.close} />
    </>
  );
}
