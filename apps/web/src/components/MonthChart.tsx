import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Paper, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMonth } from '../lib/days';
import { chartHeight, compactMinor, decimalsOf, formatMinor } from '../lib/money';
import { byMonth, type Dated } from '../lib/months';

interface Props {
  title: string;
  words: string;
  items: readonly Dated[];
  series: readonly { name: string; label: string; color: string }[];
}

/** Amounts by month as stacked bars. Bars are drawn from rounded numbers; every figure read is the exact one, and a table says the same to a screen reader. */
export function MonthChart({ title, words, items, series }: Props) {
  const { t, i18n } = useTranslation();
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
  const exact = (month: string, name: string) =>
    months.find((candidate) => candidate.month === month)?.parts[name] ?? '0';
  const data = months.map(({ month, parts }) => ({
    month,
    ...Object.fromEntries(series.map(({ name }) => [name, chartHeight(parts[name] ?? '0', currency ?? '')])),
  }));
  return (
    <Paper withBorder p="md" radius="lg" component="figure" m={0} bg="var(--hw-card)">
      <div
        style={{
          display: 'flex',
          justifyContent: 'space-between',
          gap: 12,
          alignItems: 'flex-start',
          marginBottom: 12,
        }}
      >
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
      </div>
      {months.length === 0 || !currency ? (
        <Text c="dimmed" size="sm" py="xl" ta="center">
          {t('home.chart.none')}
        </Text>
      ) : (
        <>
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
              yAxisProps={{
                width: 56,
                tickCount: 4,
                tickFormatter: (value: number) =>
                  compactMinor(`${BigInt(Math.round(value))}${'0'.repeat(zeros(currency))}`, currency, i18n.language),
              }}
              barProps={{ radius: 2, isAnimationActive: false }}
              tooltipProps={{
                content: ({ label, payload }) => (
                  <Paper withBorder shadow="md" p="xs" radius="md">
                    <Text size="sm" fw={600}>
                      {formatMonth(String(label ?? ''), i18n.language)}
                    </Text>
                    {payload?.map((entry) => {
                      const name = String(entry.name ?? entry.dataKey);
                      const of = series.find((candidate) => candidate.name === name || candidate.label === name);
                      return (
                        of && (
                          <Text key={name} size="sm" className="hw-num">
                            {of.label}: {formatMinor(exact(String(label ?? ''), of.name), currency, i18n.language)}{' '}
                            {currency}
                          </Text>
                        )
                      );
                    })}
                  </Paper>
                ),
              }}
            />
          </div>
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
        </>
      )}
    </Paper>
  );
}

/** chartHeight dropped the minor units; an axis label puts them back. */
const zeros = decimalsOf;
