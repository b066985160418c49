import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMonth } from '../lib/days';
import { chartHeight, compactMinor, decimalsOf, formatMinor } from '../lib/money';
import { byMonth, type Dated, type Month } from '../lib/months';

interface Props {
  title: string;
  words: string;
  items: readonly Dated[];
  series: readonly { name: string; label: string; color: string }[];
}

/** Amounts by month as stacked bars. Bars are drawn from rounded numbers; every figure read is the exact one, and a table says the same to a screen reader. */
export function MonthChart({ title, words, items, series }: Props) {
  const { t } = useTranslation();
  const currencies = [...new Set(items.map((item) => item.currency))];
  const [chosen, setChosen] = useState<string>();
  const currency = chosen && currencies.includes(chosen) ? chosen : currencies[0];
  const months = currency
    ? byMonth(
        items,
        currency,
        series.map(({ name }) => name),
      )
    : [];
  return (
    <Paper withBorder p="md" radius="lg" component="figure" m={0} bg="var(--hw-card)">
      <Group justify="space-between" align="flex-start" gap="sm" mb="sm">
        <Text component="figcaption" size="sm" c="dimmed">
          {words}
        </Text>
        {currencies.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t('common.currency')}
            data={currencies}
            value={currency}
            onChange={setChosen}
          />
        )}
      </Group>
      {months.length === 0 || !currency ? (
        <Text c="dimmed" size="sm" py="xl" ta="center">
          {t('home.chart.none')}
        </Text>
      ) : (
        <>
          <Bars months={months} series={series} currency={currency} />
          <SameAsTable title={title} months={months} series={series} currency={currency} />
        </>
      )}
    </Paper>
  );
}

interface Drawn {
  months: readonly Month[];
  series: Props['series'];
  currency: string;
}

function Bars({ months, series, currency }: Drawn) {
  const { i18n } = useTranslation();
  const data = months.map(({ month, parts }) => ({
    month,
    ...Object.fromEntries(series.map(({ name }) => [name, chartHeight(parts[name] ?? '0', currency)])),
  }));
  // chartHeight dropped the minor units; an axis label puts them back.
  const axis = (value: number) =>
    compactMinor(`${BigInt(Math.round(value))}${'0'.repeat(decimalsOf(currency))}`, currency, i18n.language);
  return (
    <div aria-hidden>
      <BarChart
        h={220}
        data={data}
        dataKey="month"
        type="stacked"
        series={series.map((entry) => ({ ...entry }))}
        barChartProps={{ accessibilityLayer: false }}
        gridAxis="x"
        tickLine="none"
        withLegend={series.length > 1}
        legendProps={{ verticalAlign: 'bottom' }}
        maxBarWidth={44}
        xAxisProps={{
          tickFormatter: (month: string) => formatMonth(month, i18n.language),
          interval: 'preserveStartEnd',
        }}
        yAxisProps={{ width: 56, tickCount: 4, tickFormatter: axis }}
        barProps={{ radius: 2, isAnimationActive: false }}
        tooltipProps={{
          content: ({ label }) => (
            <Exact month={months.find(({ month }) => month === label)} series={series} currency={currency} />
          ),
        }}
      />
    </div>
  );
}

/** What a bar stands for, to the last minor unit. */
function Exact({ month, series, currency }: { month: Month | undefined } & Omit<Drawn, 'months'>) {
  const { i18n } = useTranslation();
  if (!month) return null;
  return (
    <Paper withBorder shadow="md" p="xs" radius="md">
      <Text size="sm" fw={600}>
        {formatMonth(month.month, i18n.language)}
      </Text>
      {series.map(({ name, label }) => (
        <Text key={name} size="sm" className="hw-num">
          {label}: {formatMinor(month.parts[name] ?? '0', currency, i18n.language)} {currency}
        </Text>
      ))}
    </Paper>
  );
}

function SameAsTable({ title, months, series, currency }: Drawn & { title: string }) {
  const { t, i18n } = useTranslation();
  return (
    <table className="hw-hidden">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('home.chart.month')}</th>
          {series.map(({ name, label }) => (
            <th key={name} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, parts }) => (
          <tr key={month}>
            <th scope="row">{formatMonth(month, i18n.language)}</th>
            {series.map(({ name }) => (
              <td key={name}>
                {formatMinor(parts[name] ?? '0', currency, i18n.language)} {currency}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
