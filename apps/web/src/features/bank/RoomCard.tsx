import { Anchor, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FinancingRequest } from '../../api/generated';
import { useMoneyText } from '../../components/Money';
import { Notice } from '../../components/Notice';
import classes from './bank.module.css';
import type { Room } from './room';
import { UsageBar, UsageLegend } from './UsageBar';

/** What the bank can still take: the limit with this request laid on it, and the cash. Answers "may I?" before the rate. */
export function RoomCard({ request, room, quoted }: { request: FinancingRequest; room: Room; quoted: boolean }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const { currency } = request.payable.face;
  if (!room.known) return <Skeleton height={150} />;
  const toLimits = (
    <Anchor component={Link} to="/bank/limits" fz="sm">
      {t('bank.request.toLimits')}
    </Anchor>
  );
  if (!room.limit) {
    return (
      <Notice tone="wait" title={t('bank.request.noLimit', { currency })} words={t('bank.request.noLimitWords')}>
        {toLimits}
      </Notice>
    );
  }
  const extra = quoted || request.state !== 'OPEN' ? undefined : request.units;
  return (
    <>
      {extra && !room.enough && (
        <Notice tone="bad" title={t('bank.request.limitShort')} words={t('bank.request.limitShortWords')}>
          {toLimits}
        </Notice>
      )}
      <div className={classes.card}>
        <div className={classes.cardHead} style={{ marginBottom: 8 }}>
          <strong>{t('bank.request.limitOn', { group: room.limit.obligorGroup })}</strong>
          <span className={classes.dim}>{money(room.limit.limit, currency)}</span>
        </div>
        <UsageBar limit={room.limit} extra={extra} />
        <UsageLegend limit={room.limit} extra={extra} inline />
        <div
          className={classes.cardHead}
          style={{ borderTop: '1px solid var(--hw-line)', marginTop: 8, paddingTop: 10 }}
        >
          <strong>{t('bank.request.cash')}</strong>
          <span className="hw-num">{t('bank.request.cashFree', { amount: money(room.cash, currency) })}</span>
        </div>
      </div>
    </>
  );
}
