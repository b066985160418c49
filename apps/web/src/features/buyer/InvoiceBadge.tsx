import { IconClockHour4, IconProgress } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Invoice } from '../../api/generated';
import { StateBadge } from '../../components/StateBadge';
import badge from '../../components/StateBadge.module.css';

/** To its buyer "with the buyer" says nothing: it reads what is to be done. */
export function InvoiceBadge({ state }: { state: Invoice['state'] }) {
  const { t } = useTranslation();
  if (state === 'SUBMITTED') {
    return (
      <span className={`${badge.badge} ${badge.info}`}>
        <IconProgress size={13} stroke={2.2} aria-hidden />
        {t('buyer.confirm.tab.check')}
      </span>
    );
  }
  if (state === 'PROPOSED') {
    return (
      <span className={`${badge.badge} ${badge.wait}`}>
        <IconClockHour4 size={13} stroke={2.2} aria-hidden />
        {t('buyer.confirm.tab.approve')}
      </span>
    );
  }
  return <StateBadge kind="invoice" state={state} />;
}
