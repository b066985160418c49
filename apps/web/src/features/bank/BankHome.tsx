import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CashBalance, Holding } from '../../api/generated';
import { balancesQuery, holdingsQuery, quotesQuery, requestsQuery } from '../../api/queries';
import { FigureCard, FigureRow, Stacked } from '../../components/Figures';
import { Money, useMoneyText } from '../../components/Money';
import { PageHeader } from '../../components/PageHeader';
import { useToday } from '../../components/When';
import { daysBetween } from '../../lib/days';
import { isZero } from '../../lib/money';
import classes from './bank.module.css';
import { ExposureChart } from './ExposureChart';
import { MaturityLadder } from './MaturityLadder';
import { totalDue } from './PortfolioFigures';
import { TodoList } from './TodoList';
import { useTodos } from './todos';
import { useAll } from './useAll';

/** What the bank can do now, what it carries, and when it comes back. */
export function BankHome() {
  const { t } = useTranslation();
  const requests = useAll(requestsQuery({ state: 'OPEN', limit: 100 }));
  const quotes = useAll(quotesQuery({ state: 'OFFERED', limit: 100 }));
  const holdings = useAll(holdingsQuery({ limit: 100 }));
  const todos = useTodos({ requests: requests.rows, quotes: quotes.rows, holdings: holdings.rows });
  const pending = requests.pending || quotes.pending || holdings.pending;
  return (
    <>
      <PageHeader
        title={t('home.title')}
        words={t('home.bank.words')}
        action={
          <Button component={Link} to="/bank/requests">
            {t('bank.home.toRequests')}
          </Button>
        }
      />
      <Headline
        holdings={holdings.rows}
        requests={requests.rows.length}
        quotes={quotes.rows.length}
        pending={pending}
      />
      <div className={classes.two}>
        <TodoList todos={todos} pending={pending} />
        <ExposureChart />
      </div>
      <MaturityLadder holdings={holdings.rows} pending={holdings.pending} />
    </>
  );
}

interface HeadlineProps {
  holdings: readonly Holding[];
  requests: number;
  quotes: number;
  pending: boolean;
}

function Headline({ holdings, requests, quotes, pending }: HeadlineProps) {
  const { t } = useTranslation();
  const { today } = useToday();
  const balances = useQuery(balancesQuery);
  if (pending || !balances.data) return <Skeleton height={104} mb={28} />;
  const held = totalDue(holdings);
  const soon = totalDue(holdings, ({ payable }) => !payable.overdue && daysBetween(today, payable.dueDay) <= 30);
  const count = holdings.filter((holding) => !isZero(holding.held)).length;
  return (
    <FigureRow>
      <Cash balances={balances.data} />
      <FigureCard label={t('home.figures.portfolio')} value={<Amounts amounts={held} />}>
        <div className={classes.sub}>{t('bank.home.holdings', { count })}</div>
      </FigureCard>
      <FigureCard label={t('home.figures.maturing30')} value={<Amounts amounts={soon} />}>
        <Late holdings={holdings} />
      </FigureCard>
      <FigureCard label={t('home.figures.openRequests')} value={requests}>
        <div className={classes.sub}>{t('bank.home.quoted', { count: quotes })}</div>
      </FigureCard>
    </FigureRow>
  );
}

function Amounts({ amounts }: { amounts: readonly { minor: string; currency: string }[] }) {
  return (
    <Stacked empty="–">
      {amounts.map((amount) => (
        <Money key={amount.currency} value={amount} />
      ))}
    </Stacked>
  );
}

/** Currencies the bank has nothing in are left out; a bank without any money sees a dash. */
function Cash({ balances }: { balances: readonly CashBalance[] }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const kept = balances.filter((balance) => !isZero(balance.balance));
  const aside = kept.filter((balance) => !isZero(balance.reserved));
  return (
    <FigureCard
      label={t('home.figures.available')}
      value={<Amounts amounts={kept.map(({ available, currency }) => ({ minor: available, currency }))} />}
    >
      {aside.map(({ currency, reserved }) => (
        <div key={currency} className={classes.sub}>
          {t('bank.home.setAside', { amount: money(reserved, currency) })}
        </div>
      ))}
    </FigureCard>
  );
}

function Late({ holdings }: { holdings: readonly Holding[] }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const late = totalDue(holdings, ({ payable }) => payable.overdue);
  if (late.length === 0) return <div className={classes.sub}>{t('bank.home.nothingOverdue')}</div>;
  return (
    <>
      {late.map(({ minor, currency }) => (
        <div key={currency} className={classes.sub} style={{ color: 'var(--hw-bad-fg)' }}>
          {t('bank.home.overduePart', { amount: money(minor, currency) })}
        </div>
      ))}
    </>
  );
}
