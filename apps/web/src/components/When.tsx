import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { clockQuery } from '../api/queries';
import { addDays, daysBetween, formatDay, formatInstant, formatRelative } from '../lib/days';

/** The network's day and instant, which in a demo is not the machine's. */
export function useToday(): { today: string; now: () => number } {
  const { data } = useQuery(clockQuery);
  const ahead = data?.aheadMs ?? 0;
  return { today: data?.today ?? addDays(new Date().toISOString().slice(0, 10), 0), now: () => Date.now() + ahead };
}

/** A due day with how far away it is; what is late says so in words, not in colour alone. */
export function DueDay({ day, settled }: { day: string; settled?: boolean }) {
  const { t, i18n } = useTranslation();
  const { today } = useToday();
  const days = daysBetween(today, day);
  const distance =
    days === 0
      ? t('common.dueToday')
      : days > 0
        ? t('common.inDays', { count: days })
        : t('common.daysAgo', { count: -days });
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {formatDay(day, i18n.language)} {!settled && <span className="hw-dim">· {distance}</span>}
    </span>
  );
}

export function Day({ day }: { day: string }) {
  const { i18n } = useTranslation();
  return <span style={{ whiteSpace: 'nowrap' }}>{formatDay(day, i18n.language)}</span>;
}

export function Instant({ at }: { at: string }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
      {formatInstant(at, i18n.language)}
    </time>
  );
}

export function Until({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const { now } = useToday();
  return (
    <time dateTime={at} title={formatInstant(at, i18n.language)} style={{ whiteSpace: 'nowrap' }}>
      {formatRelative(at, now(), i18n.language)}
    </time>
  );
}
