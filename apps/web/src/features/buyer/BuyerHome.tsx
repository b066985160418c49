import { Anchor, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Payable } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { balancesQuery, invoicesQuery } from '../../api/queries';
import { Money } from '../../components/Money';
import { ProblemNotice } from '../../components/Notice';
import { PageHeader, Section } from '../../components/PageHeader';
import { useList } from '../../components/useList';
import { DueDay, useToday } from '../../components/When';
import { isZero } from '../../lib/money';
import { useMe } from '../session/me';
import classes from './buyer.module.css';
import { CashCover } from './CashCover';
import { type FigureItem, Figures } from './Figures';
import { LadderChart } from './LadderChart';
import { dueWithin, type Owed, openOf, openTotals, owedQuery } from './owed';
import { Todo } from './Todo';

const SOON_DAYS = 30;
const SOON_ROWS = 6;
const COUNTED = 100;

/** What waits for a decision, what will have to be paid, and whether the money for it is there. */
// long: one page in reading order; every step of it is one component
export function BuyerHome() {
  const { t } = useTranslation();
  const owed = useQuery(owedQuery);
  const balances = useQuery(balancesQuery);
  const submitted = useList(invoicesQuery({ state: 'SUBMITTED', limit: COUNTED }));
  const proposed = useList(invoicesQuery({ state: 'PROPOSED', limit: COUNTED }));
  const problem = owed.error ?? balances.error ?? submitted.error ?? proposed.error;
  const waiting = owed.isPending || submitted.pending || proposed.pending;
  const payables = owed.data?.payables ?? [];
  return (
    <>
      <PageHeader title={t('home.title')} words={t('home.buyer.words')} />
      {problem && <ProblemNotice problem={toProblem(problem)} />}
      <TopFigures
        owed={owed.data}
        submitted={count(submitted)}
        proposed={count(proposed)}
        available={balances.data ?? []}
        pending={waiting || balances.isPending}
      />
      <div className={classes.columns}>
        <div>
          <Section title={t('home.todo')}>
            {waiting ? (
              <Skeleton height={150} radius="lg" />
            ) : (
              <Todo submitted={submitted.rows} proposed={proposed.rows} payables={payables} />
            )}
          </Section>
          <Section
            title={t('buyer.ladder.title')}
            aside={
              <span className="hw-dim" style={{ fontSize: 12.5 }}>
                {t('buyer.ladder.words')}
              </span>
            }
          >
            {owed.isPending ? <Skeleton height={290} radius="lg" /> : <LadderChart payables={payables} />}
            {owed.data?.cut && <p className={classes.todoWords}>{t('buyer.home.cut', { count: payables.length })}</p>}
          </Section>
        </div>
        <div>
          <Section title={t('buyer.cover.title')}>
            {owed.isPending || balances.isPending ? (
              <Skeleton height={150} radius="lg" />
            ) : (
              <CashCover payables={payables} balances={balances.data ?? []} />
            )}
          </Section>
          <Section
            title={t('home.buyer.soon')}
            aside={
              <Anchor component={Link} fz="sm" to="/buyer/payables">
                {t('buyer.home.seeAll')}
              </Anchor>
            }
          >
            {owed.isPending ? <Skeleton height={200} radius="lg" /> : <Soon payables={payables} />}
          </Section>
        </div>
      </div>
    </>
  );
}

const count = (list: { rows: readonly unknown[]; hasMore: boolean }) => `${list.rows.length}${list.hasMore ? '+' : ''}`;

interface TopProps {
  owed: Owed | undefined;
  submitted: string;
  proposed: string;
  available: readonly { currency: string; available: string }[];
  pending: boolean;
}

function TopFigures({ owed, submitted, proposed, available, pending }: TopProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { today } = useToday();
  const payables = owed?.payables ?? [];
  const late = payables.filter((payable) => payable.overdue);
  const soon = dueWithin(payables, today, SOON_DAYS);
  const items: FigureItem[] = [
    {
      label: t('home.figures.toConfirm'),
      value: submitted,
      note: t(me?.can('MAKER') ? 'buyer.home.readyMaker' : 'buyer.home.forMaker'),
      to: { to: '/buyer/confirm', search: { state: 'SUBMITTED' } },
    },
    {
      label: t('home.figures.toApprove'),
      value: proposed,
      note: t(me?.can('CHECKER') ? 'buyer.home.readyChecker' : 'buyer.home.forChecker'),
      to: { to: '/buyer/confirm', search: { state: 'PROPOSED' } },
    },
    {
      label: t('home.figures.due30'),
      amounts: openTotals(soon),
      bad: late.length > 0,
      note:
        late.length > 0 ? (
          <>
            <IconAlertTriangle size={13} aria-hidden />
            {t('home.figures.overdue')}: {t('buyer.home.payables', { count: late.length })}
          </>
        ) : (
          t('buyer.home.overdueNone')
        ),
      to: { to: '/buyer/payables' },
    },
    {
      label: t('home.figures.owed'),
      amounts: openTotals(payables),
      note: t('buyer.home.payables', { count: payables.length }),
      to: { to: '/buyer/payables' },
    },
    {
      label: t('home.figures.available'),
      amounts: available
        .filter(({ available }) => !isZero(available))
        .map((balance) => ({ minor: balance.available, currency: balance.currency })),
      to: { to: '/cash' },
    },
  ];
  return <Figures items={items} pending={pending} label={t('home.title')} />;
}

function Soon({ payables }: { payables: readonly Payable[] }) {
  const { t } = useTranslation();
  const { today } = useToday();
  const soon = dueWithin(payables, today, SOON_DAYS);
  if (soon.length === 0) return <div className={classes.quiet}>{t('home.buyer.soonNone')}</div>;
  return (
    <div className={classes.card} style={{ paddingBlock: 6 }}>
      <table className={classes.soon} aria-label={t('home.buyer.soon')}>
        <tbody>
          {soon.slice(0, SOON_ROWS).map((payable) => (
            <tr key={payable.id}>
              <td>
                <Link to="/buyer/payables" search={{ open: payable.id }} className={classes.soonLink}>
                  {payable.supplier?.name ?? payable.reference}
                </Link>
                <div className={classes.todoWords}>
                  <DueDay day={payable.dueDay} />
                </div>
              </td>
              <td>
                <Money value={{ minor: openOf(payable), currency: payable.face.currency }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {soon.length > SOON_ROWS && (
        <p className={classes.todoWords}>{t('home.chart.more', { count: soon.length - SOON_ROWS })}</p>
      )}
    </div>
  );
}
