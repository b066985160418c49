import { BarChart } from '@mantine/charts';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Holding } from '../../api/generated';
import { EmptyState } from '../../components/EmptyState';
import { Section } from '../../components/PageHeader';
import { useToday } from '../../components/When';
import { formatMonth } from '../../lib/days';
import { chartHeight, compactMinor, decimalsOf, formatMinor } from '../../lib/money';
import classes from './bank.module.css';
import { ladderOf } from './ladder';
import { totalDue } from './PortfolioFigures';

/** When the portfolio comes back, month by month, one currency at a time: amounts of two currencies share no axis. */
export function MaturityLadder({ holdings, pending }: { holdings: readonly Holding[]; pending: boolean }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const currencies = totalDue(holdings).map(({ currency }) => currency);
  const currency = chosen && currencies.includes(chosen) ? chosen : currencies[0];
  return (
    <Section
      title={t('home.chart.maturing')}
      aside={
        currencies.length > 1 ? (
          <SegmentedControl
            size="xs"
            aria-label={t('common.currency')}
            value={currency}
            onChange={setChosen}
            data={currencies}
          />
        ) : (
          <span className={classes.dim}>{currency && `${t('home.chart.maturingWords')} ${currency}`}</span>
        )
      }
    >
      {pending && <Skeleton height={252} />}
      {!pending && !currency && (
        <EmptyState title={t('bank.home.ladderEmpty')} words={t('bank.home.ladderEmptyWords')} />
      )}
      {!pending && currency && <Ladder holdings={holdings} currency={currency} />}
    </Section>
  );
}

function Ladder({ holdings, currency }: { holdings: readonly Holding[]; currency: string }) {
  const { t, i18n } = useTranslation();
  const { today } = useToday();
  const labelOf = (month: string) => {
    if (month === 'overdue') return t('bank.portfolio.overdue');
    return month === 'later' ? t('bank.portfolio.dueLater') : formatMonth(month, i18n.language);
  };
  const rungs = ladderOf(holdings, currency, today).map(({ month, minor }) => ({
    label: labelOf(month),
    height: chartHeight(minor, currency),
    late: month === 'overdue',
    minor,
  }));
  const tone = new Map(rungs.map(({ height, late }) => [height, late]));
  const zeros = '0'.repeat(decimalsOf(currency));
  // The chart needs numbers for its pixels; the exact figures are in the tooltip and in the table for those who listen.
  const compact = (height: number) =>
    height === 0 ? '' : compactMinor(`${Math.trunc(height)}${zeros}`, currency, i18n.language);
  const exact = new Map(rungs.map(({ height, minor }) => [height, formatMinor(minor, currency, i18n.language)]));
  return (
    <div className={`${classes.card} ${classes.ladder}`}>
      <div aria-hidden>
        <BarChart
          h={220}
          data={rungs}
          dataKey="label"
          series={[{ name: 'height', label: t('home.chart.due'), color: 'var(--hw-chart-1)' }]}
          getBarColor={(value) => (tone.get(value) ? 'var(--hw-bad-fg)' : 'var(--hw-chart-1)')}
          valueFormatter={(height) => exact.get(height) ?? compact(height)}
          withBarValueLabel
          valueLabelProps={{ formatter: (height) => compact(Number(height)), fontSize: 11.5 }}
          withYAxis={false}
          gridAxis="none"
          tickLine="none"
          maxBarWidth={56}
          barProps={{ radius: [4, 4, 0, 0], isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false, margin: { top: 18 } }}
          tooltipAnimationDuration={0}
        />
      </div>
      <table className="hw-hidden">
        <caption>{t('home.chart.maturing')}</caption>
        <tbody>
          {rungs.map((rung) => (
            <tr key={rung.label}>
              <th scope="row">{rung.label}</th>
              <td>
                {formatMinor(rung.minor, currency, i18n.language)} {currency}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
