import { BarChart } from '@mantine/charts';
import { Anchor, Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CreditLimit } from '../../api/generated';
import { limitsQuery } from '../../api/queries';
import { EmptyState } from '../../components/EmptyState';
import { useMoneyText } from '../../components/Money';
import { Section } from '../../components/PageHeader';
import { formatRate } from '../../lib/money';
import classes from './bank.module.css';
import { UsageLegend, useShare } from './UsageBar';

/** Height of one bar with its distance, and of the axis under them. */
const BAR_PX = 42;
const AXIS_PX = 34;

/** Share of a limit in thousandths of a percent, a number because a chart draws pixels; figures stand beside in full. */
function percent(part: string, limit: string): number {
  const whole = BigInt(limit);
  return whole === 0n ? 0 : Number((BigInt(part) * 100_000n) / whole) / 1000;
}

/** Exposure against limit, one bar for each buyer group and currency, each as a share of its own limit. */
export function ExposureChart() {
  const { t } = useTranslation();
  const query = useQuery(limitsQuery);
  const limits = query.data ?? [];
  return (
    <Section
      title={t('home.chart.exposure')}
      aside={
        <Anchor component={Link} to="/bank/limits" fz="sm">
          {t('bank.home.limits')}
        </Anchor>
      }
    >
      {query.isPending && <Skeleton height={220} />}
      {query.data?.length === 0 && (
        <EmptyState
          title={t('home.bank.noLimits')}
          words={t('home.bank.noLimitsWords')}
          action={
            <Button component={Link} to="/bank/limits" variant="default">
              {t('bank.home.limits')}
            </Button>
          }
        />
      )}
      {limits.length > 0 && (
        <div className={classes.card}>
          <Bars limits={limits} />
          {limits.map((limit) => (
            <Words key={`${limit.obligorGroup}/${limit.currency}`} limit={limit} inline={limits.length > 1} />
          ))}
        </div>
      )}
    </Section>
  );
}

/** One line beside its bar: a long name is cut, and nothing in it may break. */
function labelOf({ obligorGroup, currency }: CreditLimit): string {
  const name = obligorGroup.length > 16 ? `${obligorGroup.slice(0, 15)}…` : obligorGroup;
  return `${name} · ${currency}`.replaceAll(' ', '\u00a0');
}

function Bars({ limits }: { limits: readonly CreditLimit[] }) {
  const { t, i18n } = useTranslation();
  const data = limits.map((limit) => {
    const used = percent(limit.utilised, limit.limit);
    const blocked = percent(limit.blocked, limit.limit);
    const free = Math.max(0, 100 - used - blocked);
    return { name: labelOf(limit), used, blocked, free };
  });
  const most = Math.max(100, ...data.map((row) => Math.ceil(row.used + row.blocked)));
  const share = (value: number) => formatRate(Math.round(value * 10_000), i18n.language, value % 1 === 0 ? 0 : 1);
  return (
    <div aria-hidden>
      <BarChart
        h={limits.length * BAR_PX + AXIS_PX}
        data={data}
        dataKey="name"
        orientation="vertical"
        type="stacked"
        series={[
          { name: 'used', label: t('bank.limit.utilised'), color: 'var(--hw-chart-1)' },
          { name: 'blocked', label: t('bank.limit.blocked'), color: 'var(--hw-chart-2)' },
          { name: 'free', label: t('bank.limit.available'), color: 'var(--hw-neutral-bg)' },
        ]}
        valueFormatter={share}
        withYAxis={limits.length > 1}
        yAxisProps={{ width: 150 }}
        xAxisProps={{ domain: [0, most], ticks: [0, 25, 50, 75, 100] }}
        gridAxis="none"
        tickLine="none"
        maxBarWidth={18}
        barProps={{ isAnimationActive: false }}
        barChartProps={{ accessibilityLayer: false }}
        tooltipAnimationDuration={0}
      />
    </div>
  );
}

/** The bar in words: which part is which, in full figures. */
function Words({ limit, inline }: { limit: CreditLimit; inline: boolean }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const share = useShare(limit);
  return (
    <div style={{ marginTop: 12 }}>
      <div className={classes.cardHead}>
        <strong>{inline ? `${limit.obligorGroup} · ${limit.currency}` : limit.obligorGroup}</strong>
        <span className={classes.dim}>
          {t('bank.limit.ofLimit', { share })} · {t('bank.limit.amount')} {money(limit.limit, limit.currency)}
        </span>
      </div>
      <UsageLegend limit={limit} inline={inline} />
    </div>
  );
}
