import { IconAlertTriangle, IconCircleCheck, IconClockHour4 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CashBalance, Payable } from '../../api/generated';
import { Money, useMoneyText } from '../../components/Money';
import { useToday } from '../../components/When';
import { formatDay } from '../../lib/days';
import { isZero, totalsByCurrency } from '../../lib/money';
import classes from './buyer.module.css';
import { cover, dueWithin, openTotals } from './owed';

const SOON_DAYS = 30;

interface Props {
  payables: readonly Payable[];
  balances: readonly CashBalance[];
}

/** Whether the money at hand reaches, and until when, one currency after another. */
export function CashCover({ payables, balances }: Props) {
  const currencies = usedCurrencies(payables, balances);
  if (currencies.length === 0) return <NothingYet />;
  return (
    <div className={classes.card}>
      {currencies.map((currency) => (
        <One
          key={currency}
          currency={currency}
          payables={payables}
          balance={balances.find((one) => one.currency === currency)}
        />
      ))}
    </div>
  );
}

function NothingYet() {
  const { t } = useTranslation();
  return <div className={classes.quiet}>{t('home.chart.none')}</div>;
}

/** Currencies with money or debt in them; the others would only be rows of zeros. */
function usedCurrencies(payables: readonly Payable[], balances: readonly CashBalance[]): string[] {
  const held = balances.filter((balance) => !isZero(balance.balance)).map(({ currency }) => ({ minor: '0', currency }));
  return totalsByCurrency([...openTotals(payables), ...held]).map(({ currency }) => currency);
}

function One({
  currency,
  payables,
  balance,
}: {
  currency: string;
  payables: readonly Payable[];
  balance: CashBalance | undefined;
}) {
  const { t } = useTranslation();
  const { today } = useToday();
  const available = balance?.available ?? '0';
  const mine = payables.filter((payable) => payable.face.currency === currency);
  const soon = dueWithin(mine, today, SOON_DAYS);
  const late = mine.some((payable) => payable.overdue);
  const sum = (list: readonly Payable[]) => openTotals(list)[0]?.minor ?? '0';
  return (
    <div className={classes.cover}>
      <dl className={classes.coverList}>
        <div className={classes.coverRow}>
          <dt>{t('buyer.cover.available')}</dt>
          <dd>
            <Money value={{ minor: available, currency }} strong />
          </dd>
        </div>
        <div className={classes.coverRow}>
          <dt>{t(late ? 'buyer.cover.withinOverdue' : 'buyer.cover.within', { count: SOON_DAYS })}</dt>
          <dd>
            <Money value={{ minor: sum(soon), currency }} />
          </dd>
        </div>
        <div className={classes.coverRow}>
          <dt>{t('buyer.cover.all')}</dt>
          <dd>
            <Money value={{ minor: sum(mine), currency }} />
          </dd>
        </div>
      </dl>
      <Verdict payables={mine} currency={currency} available={available} bank={balance?.settlementBank} />
    </div>
  );
}

function Verdict({
  payables,
  currency,
  available,
  bank,
}: {
  payables: readonly Payable[];
  currency: string;
  available: string;
  bank: string | undefined;
}) {
  const { t, i18n } = useTranslation();
  const { today } = useToday();
  const money = useMoneyText();
  const found = cover(payables, currency, available);
  if (payables.length === 0)
    return (
      <p className={classes.verdict} data-tone="good">
        <IconCircleCheck size={15} aria-hidden />
        {t('buyer.cover.none')}
      </p>
    );
  if (!found.shortOn)
    return (
      <p className={classes.verdict} data-tone="good">
        <IconCircleCheck size={15} aria-hidden />
        {t('buyer.cover.enough')}
      </p>
    );
  const amount = money(found.shortBy, currency);
  const day = formatDay(found.shortOn, i18n.language);
  const now = found.shortOn <= today;
  const Icon = now ? IconAlertTriangle : IconClockHour4;
  return (
    <>
      <p className={classes.verdict} data-tone={now ? 'bad' : 'wait'}>
        <Icon size={15} aria-hidden />
        <span>
          {!now && !isZero(available) && <>{t('buyer.cover.until', { day })} </>}
          {now ? t('buyer.cover.shortNow', { amount }) : t('buyer.cover.short', { amount, day })}
        </span>
      </p>
      {bank && (
        <p className={classes.todoWords} style={{ margin: '4px 0 0 22px' }}>
          {t('buyer.cover.topUp', { bank })}
        </p>
      )}
    </>
  );
}
