import { IconAlertTriangle, IconCircleCheck, IconClockHour4, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/problem';
import type { Tone } from '../lib/states';
import classes from './Notice.module.css';
import { problemWords } from './problemWords';

const ICONS = {
  neutral: IconInfoCircle,
  info: IconInfoCircle,
  good: IconCircleCheck,
  wait: IconClockHour4,
  bad: IconAlertTriangle,
};

interface Props {
  tone: Tone;
  title: string;
  words?: string;
  children?: ReactNode;
  /** Read out at once, for a refusal that answers something just pressed. */
  alert?: boolean;
}

export function Notice({ tone, title, words, children, alert }: Props) {
  const Icon = ICONS[tone];
  return (
    <div className={`${classes.notice} ${classes[tone]}`} role={alert ? 'alert' : undefined}>
      <Icon size={17} aria-hidden />
      <div>
        <div className={classes.title}>{title}</div>
        {words && <div>{words}</div>}
        {children && <div className={classes.extra}>{children}</div>}
      </div>
    </div>
  );
}

/** A refusal where the person is looking: what, and what to do next. */
export function ProblemNotice({ problem }: { problem: ApiProblem | null | undefined }) {
  const { t, i18n } = useTranslation();
  if (!problem) return null;
  const { what, next } = problemWords(problem, t, i18n.language);
  return <Notice tone="bad" title={what} words={next} alert />;
}
