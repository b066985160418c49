import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CashBalance } from '../../api/generated';
import { EmptyState } from '../../components/EmptyState';
import { FigureCard, FigureRow } from '../../components/Figures';
import { Money } from '../../components/Money';
import { isZero } from '../../lib/money';
import { useMe } from '../session/me';
import classes from './BalanceCards.module.css';

/** balance = available + set aside, one card for each currency. */
export function BalanceCards({ balances }: { balances: readonly CashBalance[] | undefined }) {
  const { t } = useTranslation();
  const me = useMe();
  if (!balances) return <Skeleton height={108} />;
  // The API names every currency it settles in; a card for each empty one would bury the one that counts.
  const used = balances.filter(({ balance }) => !isZero(balance));
  if (used.length === 0)
    return (
      <EmptyState
        title={t('cash.empty.title')}
        words={me?.is('SUPPLIER') ? t('cash.empty.supplier') : t('cash.empty.bank')}
      />
    );
  return (
    <FigureRow>
      {used.map(({ currency, available, reserved, balance, settlementBank }) => (
        <FigureCard
          key={`${currency}-${settlementBank}`}
          label={`${t('cash.available')} · ${currency}`}
          value={<Money value={{ minor: available, currency }} />}
        >
          <dl className={classes.parts} title={t('cash.reservedHint')}>
            <div>
              <dt>{t('cash.reserved')}</dt>
              <dd>
                <Money value={{ minor: reserved, currency }} />
              </dd>
            </div>
            <div>
              <dt>{t('cash.total')}</dt>
              <dd>
                <Money value={{ minor: balance, currency }} />
              </dd>
            </div>
          </dl>
          <div className="hw-dim" style={{ fontSize: 12.5 }}>
            {t('cash.with', { bank: settlementBank })}
          </div>
        </FigureCard>
      ))}
    </FigureRow>
  );
}
