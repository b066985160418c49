import { useTranslation } from 'react-i18next';
import lines from '../../components/Timeline.module.css';
import { Instant } from '../../components/When';

export interface Step {
  words: string;
  at: string;
  detail?: string;
}

/** What happened to a quote or payout and what comes next, in the look of every other timeline. */
export function Steps({ steps, next }: { steps: readonly Step[]; next?: string }) {
  const { t } = useTranslation();
  return (
    <ol className={lines.timeline}>
      {steps.map((step) => (
        <li key={`${step.at}-${step.words}`}>
          <div className={lines.event}>{step.words}</div>
          <div className={lines.meta}>
            <Instant at={step.at} />
          </div>
          {step.detail && <div className={lines.detail}>{step.detail}</div>}
        </li>
      ))}
      {next && (
        <li className={lines.next}>
          <div className={lines.event}>{t('common.next')}</div>
          <div className={lines.meta}>{next}</div>
        </li>
      )}
    </ol>
  );
}
