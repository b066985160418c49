import { IconAlertTriangle, IconCheck, IconCircle, IconClockHour4, IconProgress } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { en } from '../i18n/en';
import { TONES, type Tone } from '../lib/states';
import classes from './StateBadge.module.css';

const ICONS = {
  neutral: IconCircle,
  info: IconProgress,
  good: IconCheck,
  wait: IconClockHour4,
  bad: IconAlertTriangle,
};

type Kinds =
  | 'invoice'
  | 'payable'
  | 'transfer'
  | 'request'
  | 'quote'
  | 'payout'
  | 'deposit'
  | 'organisation'
  | 'operation';
type StateOf<K extends Kinds> = keyof (typeof en)['states'][K] & keyof typeof TONES;

/** A state as icon and word; the tint only helps. */
export function StateBadge<K extends Kinds>({ kind, state }: { kind: K; state: StateOf<K> }) {
  const { t } = useTranslation();
  const tone: Tone = TONES[state];
  const Icon = ICONS[tone];
  const key = `states.${kind}.${state}`;
  return (
    <span className={`${classes.badge} ${classes[tone]}`}>
      <Icon size={13} stroke={2.2} aria-hidden />
      {t(key as 'states.invoice.SUBMITTED')}
    </span>
  );
}
