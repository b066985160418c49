import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Holding } from '../../api/generated';
import { FigureCard, FigureRow, Stacked } from '../../components/Figures';
import { Money } from '../../components/Money';
import { useToday } from '../../components/When';
import { daysBetween } from '../../lib/days';
import { totalsByCurrency } from '../../lib/money';
import { outstandingOf } from './position';

/** What a set of holdings still brings, as sums by currency. */
export function totalDue(holdings: readonly Holding[], counts: (holding: Holding) => boolean = () => true) {
  const amounts = holdings
    .filter(counts)
    .map((holding) => ({ minor: outstandingOf(holding), currency: holding.payable.face.currency }));
  return totalsByCurrency(amounts).filter(({ minor }) => minor !== '0');
}

/** Held, coming soon, late, received: the portfolio in four figures. Over all of it, whatever the list below is filtered by. */
export function PortfolioFigures({ holdings, pending }: { holdings: readonly Holding[]; pending: boolean }) {
  const { t } = useTranslation();
  const { today } = useToday();
  if (pending) return <Skeleton height={86} mb={28} />;
  const soon = (holding: Holding) => !holding.payable.overdue && daysBetween(today, holding.payable.dueDay) <= 30;
  const received = totalsByCurrency(
    holdings.map((holding) => ({ minor: holding.received, currency: holding.payable.face.currency })),
  ).filter(({ minor }) => minor !== '0');
  const figures = [
    { label: t('bank.portfolio.outstanding'), amounts: totalDue(holdings) },
    { label: t('bank.portfolio.due30'), amounts: totalDue(holdings, soon) },
    { label: t('bank.portfolio.overdue'), amounts: totalDue(holdings, (holding) => holding.payable.overdue) },
    { label: t('bank.portfolio.received'), amounts: received },
  ];
  return (
    <FigureRow>
      {figures.map(({ label, amounts }) => (
        <FigureCard
          key={label}
          label={label}
          value={
            <Stacked empty="–">
              {amounts.map((amount) => (
                <Money key={amount.currency} value={amount} />
              ))}
            </Stacked>
          }
        />
      ))}
    </FigureRow>
  );
}
