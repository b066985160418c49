import { BarChart } from '@mantine/charts';
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payable } from '../../api/generated';
import { Money } from '../../components/Money';
import { useToday } from '../../components/When';
import { formatDay, formatMonth } from '../../lib/days';
import { chartHeight, compactMinor, decimalsOf } from '../../lib/money';
import classes from './buyer.module.css';
import { type Grain, ladder, openTotals, type Rung } from './owed';

/** What falls due and when. The same numbers stand in a table for whoever does not see the bars. */
export function LadderChart({ payables }: { payables: readonly Payable[] }) {
  const { t } = useTranslation();
  const { today } = useToday();
  const currencies = openTotals(payables).map(({ currency }) => currency);
  const [chosen, setChosen] = useState<string>();
  const [grain, setGrain] = useState<Grain>('month');
  const currency = chosen && currencies.includes(chosen) ? chosen : (currencies[0] ?? 'CNY');
  const rungs = ladder(payables, currency, grain, today);
  if (rungs.length === 0) return <div className={classes.quiet}>{t('home.chart.none')}</div>;
  return (
    <div className={classes.card}>
      <div className={classes.chartHead}>
        <div className={classes.legend}>
          <span>
            <i className={classes.swatch} style={{ background: 'var(--hw-chart-1)' }} />
            {t('buyer.ladder.open')}
          </span>
          {rungs[0]?.key === 'overdue' && (
            <span>
              <i className={classes.swatch} style={{ background: 'var(--hw-bad-fg)' }} />
              {t('buyer.ladder.overdue')}
            </span>
          )}
        </div>
        {currencies.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('buyer.ladder.currency')}
            data={currencies}
            value={currency}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label={t('buyer.ladder.by')}
          value={grain}
          onChange={(value) => setGrain(value === 'week' ? 'week' : 'month')}
          data={[
            { value: 'week', label: t('buyer.ladder.week') },
            { value: 'month', label: t('buyer.ladder.month') },
          ]}
        />
      </div>
      <Bars rungs={rungs} currency={currency} grain={grain} />
      <LadderTable rungs={rungs} currency={currency} grain={grain} />
    </div>
  );
}

interface RungProps {
  rungs: readonly Rung[];
  currency: string;
  grain: Grain;
}

function useRungLabel(grain: Grain) {
  const { t, i18n } = useTranslation();
  return (key: string, long: boolean) => {
    if (key === 'overdue') return t('buyer.ladder.overdue');
    if (key === 'later') return t('buyer.ladder.later');
    if (grain === 'month') return formatMonth(key.slice(0, 7), i18n.language);
    if (long) return t('buyer.ladder.weekOf', { day: formatDay(key, i18n.language) });
    return new Intl.DateTimeFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: 'UTC',
      day: 'numeric',
      month: 'short',
    }).format(new Date(`${key}T00:00:00Z`));
  };
}

function Bars({ rungs, currency, grain }: RungProps) {
  const { t, i18n } = useTranslation();
  const label = useRungLabel(grain);
  const data = rungs.map((rung) => ({
    period: label(rung.key, false),
    amount: chartHeight(rung.minor, currency),
    color: rung.key === 'overdue' ? 'var(--hw-bad-fg)' : 'var(--hw-chart-1)',
  }));
  const tip = (period: unknown) => {
    const rung = rungs.find((candidate) => label(candidate.key, false) === period);
    if (!rung) return null;
    return (
      <div className={classes.tip}>
        <div className="hw-dim">{label(rung.key, true)}</div>
        <Money value={{ minor: rung.minor, currency }} strong />
        <div className="hw-dim">{t('buyer.home.payables', { count: rung.count })}</div>
      </div>
    );
  };
  return (
    <div aria-hidden>
      <BarChart
        h={230}
        data={data}
        dataKey="period"
        series={[{ name: 'amount', color: 'var(--hw-chart-1)' }]}
        getBarColor={(value, series) => data.find((entry) => entry.amount === value)?.color ?? String(series.color)}
        valueFormatter={(value) =>
          compactMinor(`${Math.trunc(value)}${'0'.repeat(decimalsOf(currency))}`, currency, i18n.language)
        }
        tickLine="none"
        barChartProps={{ accessibilityLayer: false }}
        gridAxis="x"
        barProps={{ radius: [4, 4, 0, 0], maxBarSize: 44, isAnimationActive: false }}
        yAxisProps={{ width: 56, tickCount: 4 }}
        xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 4 }}
        tooltipProps={{ content: ({ label: period }) => tip(period) }}
      />
    </div>
  );
}

function LadderTable({ rungs, currency, grain }: RungProps) {
  const { t } = useTranslation();
  const label = useRungLabel(grain);
  return (
    <table className="hw-hidden">
      <caption>{t('buyer.ladder.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('buyer.ladder.period')}</th>
          <th scope="col">{t('common.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {rungs.map((rung) => (
          <tr key={rung.key}>
            <th scope="row">{label(rung.key, true)}</th>
            <td>
              <Money value={{ minor: rung.minor, currency }} />, {t('buyer.home.payables', { count: rung.count })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
