import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../api/generated';
import { en } from '../i18n/en';
import { formatDay, formatInstant } from '../lib/days';
import { formatMinor } from '../lib/money';
import classes from './Timeline.module.css';

type Event = keyof typeof en.timeline.event;
const isKnown = (name: string): name is Event => Object.hasOwn(en.timeline.event, name);
/** The API names events like `invoice.confirmed`; a dictionary key cannot hold the dot. */
const keyOf = (event: string): string => event.toUpperCase().replaceAll(/[.-]/g, '_');

interface Props {
  entries: readonly TimelineEntry[];
  /** What comes next and who has it; absent where it has ended. */
  next?: string;
  currency?: string;
}

/** What happened, who, when, and what comes next. */
export function Timeline({ entries, next, currency }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <ol className={classes.timeline}>
      {entries.map((entry) => (
        <li key={[entry.occurredAt, entry.event, entry.person, entry.organisation].join()}>
          <div className={classes.event}>
            <EventWords event={entry.event} />
          </div>
          <div className={classes.meta}>
            {[entry.person, entry.organisation].filter(Boolean).join(', ')}
            {entry.person || entry.organisation ? ' · ' : ''}
            <time dateTime={entry.occurredAt}>{formatInstant(entry.occurredAt, i18n.language)}</time>
          </div>
          {details(entry.details, t, i18n.language, currency).map((line) => (
            <div key={line} className={classes.detail}>
              {line}
            </div>
          ))}
        </li>
      ))}
      {next && (
        <li className={classes.next}>
          <div className={classes.event}>{t('common.next')}</div>
          <div className={classes.meta}>{next}</div>
        </li>
      )}
    </ol>
  );
}

function EventWords({ event }: { event: string }) {
  const { t } = useTranslation();
  const key = keyOf(event);
  return isKnown(key) ? t(`timeline.event.${key}`) : plain(event);
}

const plain = (event: string): string => {
  const words = event.toLowerCase().replaceAll(/[._-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Only the details a person wants; identifiers stay in the machine. */
function details(raw: Readonly<Record<string, string>>, t: TFunction, language: string, currency?: string): string[] {
  const lines: string[] = [];
  if (raw.decision === 'CONFIRM') lines.push(t('timeline.confirm'));
  if (raw.decision === 'REJECT') lines.push(t('timeline.reject'));
  const amount = raw.units ?? raw.minor ?? raw.amount;
  const code = raw.currency ?? currency;
  if (amount && code && /^\d+$/.test(amount)) lines.push(`${formatMinor(amount, code, language)} ${code}`);
  if (raw.dueDay) lines.push(`${t('common.due')}: ${formatDay(raw.dueDay, language)}`);
  if (raw.to) lines.push(`${t('common.to')}: ${raw.to}`);
  if (raw.reference) lines.push(`${t('common.reference')}: ${raw.reference}`);
  if (raw.reason) lines.push(raw.reason);
  return lines;
}
