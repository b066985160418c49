import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinancingRequestDetail } from '../../api/generated';
import { Money, useMoneyText } from '../../components/Money';
import { Notice } from '../../components/Notice';
import { StateBadge } from '../../components/StateBadge';
import { Until } from '../../components/When';
import { addMinor, formatRate } from '../../lib/money';
import classes from './FairPriceCard.module.css';

interface Props {
  quote: FinancingRequestDetail['quotes'][number];
  currency: string;
  best: boolean;
  action: ReactNode;
}

/** What a quote really is: proceeds, every deduction, the yearly cost, and what else one could do instead. */
export function FairPriceCard({ quote, currency, best, action }: Props) {
  const { t, i18n } = useTranslation();
  const { price } = quote;
  const line = (label: string, minor: string, sign = '') => (
    <div className={classes.line}>
      <dt>{label}</dt>
      <dd>
        {minor !== '0' && sign}
        <Money value={{ minor, currency }} />
      </dd>
    </div>
  );
  return (
    <article className={classes.card} aria-label={quote.bank.name}>
      <div className={classes.head}>
        <div>
          <div className={classes.bank}>{quote.bank.name}</div>
          {quote.state === 'OFFERED' && (
            <div className="hw-dim">
              {t('financing.card.until')} <Until at={quote.expiresAt} />
            </div>
          )}
        </div>
        {best ? (
          <span className={classes.best}>{t('financing.card.best')}</span>
        ) : (
          <StateBadge kind="quote" state={quote.state} />
        )}
      </div>
      <div className={classes.figures}>
        <div>
          <div className={classes.label}>{t('financing.card.proceeds')}</div>
          <div className={classes.big}>
            <Money value={{ minor: price.proceeds, currency }} />
          </div>
        </div>
        <div className={classes.right}>
          <div className={classes.label}>{t('financing.card.allIn')}</div>
          <div className={classes.big}>{formatRate(price.allInRatePpm, i18n.language)}</div>
        </div>
      </div>
      <dl className={classes.lines}>
        {line(t('financing.card.units'), price.units)}
        {line(
          `${t('financing.card.discount')} (${formatRate(price.ratePpm, i18n.language)}, ${t('common.days', { count: price.days })})`,
          price.discount,
          '− ',
        )}
        {line(t('financing.card.fee'), price.fee, '− ')}
      </dl>
      {quote.fairPrice && <Alternatives fair={quote.fairPrice} currency={currency} open={quote.state === 'OFFERED'} />}
      {action && <div className={classes.foot}>{action}</div>}
    </article>
  );
}

function Alternatives({
  fair,
  currency,
  open,
}: {
  fair: NonNullable<Props['quote']['fairPrice']>;
  currency: string;
  open: boolean;
}) {
  const { t, i18n } = useTranslation();
  const money = useMoneyText();
  const cost = addMinor(fair.price.discount, fair.price.fee);
  return (
    <>
      <div className={classes.group}>{t('financing.card.alternatives')}</div>
      <dl className={classes.lines}>
        <div className={classes.line}>
          <dt>{t('financing.card.accept')}</dt>
          <dd>{t('financing.card.costNow', { cost: money(cost, currency) })}</dd>
        </div>
        <div className={classes.line}>
          <dt>{t('financing.card.loan')}</dt>
          <dd>
            {t('financing.card.loanWords', {
              rate: formatRate(fair.bankLoan.ratePpm, i18n.language),
              cost: money(fair.bankLoan.cost, currency),
            })}
          </dd>
        </div>
        <div className={classes.line}>
          <dt>{t('financing.card.hold')}</dt>
          <dd>
            {t('financing.card.holdWords', {
              amount: money(fair.holdToMaturity.proceeds, currency),
              days: fair.holdToMaturity.days,
            })}
          </dd>
        </div>
      </dl>
      <p className={classes.source}>{t('financing.card.source', { source: fair.bankLoan.source })}</p>
      {open && fair.warning && (
        <Notice tone="bad" title={t('financing.card.warning')} words={t('financing.card.warningWords')} />
      )}
    </>
  );
}
