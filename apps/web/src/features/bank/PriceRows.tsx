import { useTranslation } from 'react-i18next';
import type { Price } from '../../api/generated';
import { Money } from '../../components/Money';
import { formatRate } from '../../lib/money';
import classes from './bank.module.css';

/** A rate as given: two decimals, or up to four where it has them. */
export function useRateText() {
  const { i18n } = useTranslation();
  return (ppm: number) => formatRate(ppm, i18n.language, ppm % 100 === 0 ? 2 : ppm % 10 === 0 ? 3 : 4);
}

/** How the proceeds come about, from the amount down to what the supplier is paid. */
export function PriceRows({ price, currency }: { price: Price; currency: string }) {
  const { t } = useTranslation();
  const rate = useRateText();
  return (
    <dl className={classes.rows}>
      <div>
        <dt>{t('financing.card.units')}</dt>
        <dd>
          <Money value={{ minor: price.units, currency }} />
        </dd>
      </div>
      <div>
        <dt>
          {t('bank.request.discountFor', { rate: rate(price.ratePpm), days: t('common.days', { count: price.days }) })}
        </dt>
        <dd>
          − <Money value={{ minor: price.discount, currency }} />
        </dd>
      </div>
      <div>
        <dt>{t('bank.request.fee')}</dt>
        <dd>
          − <Money value={{ minor: price.fee, currency }} />
        </dd>
      </div>
      <div className={classes.total}>
        <dt>{t('bank.request.proceeds')}</dt>
        <dd>
          <Money value={{ minor: price.proceeds, currency }} />
        </dd>
      </div>
      <div>
        <dt>{t('bank.request.allIn')}</dt>
        <dd>{rate(price.allInRatePpm)}</dd>
      </div>
    </dl>
  );
}
