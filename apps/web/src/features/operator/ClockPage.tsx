import { Button, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type AdvanceClock, advanceClock, type Clock } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { clockQuery, metaQuery } from '../../api/queries';
import { ConfirmDialog } from '../../components/Dialogs';
import { Notice, ProblemNotice } from '../../components/Notice';
import { PageHeader, Section } from '../../components/PageHeader';
import { Facts } from '../../components/Panel';
import { addDays, formatDay, formatInstant, isDay } from '../../lib/days';
import { owedQuery } from '../buyer/owed';
import classes from './operator.module.css';
import { span } from './time';

const PRESETS = [1, 7, 30, 90] as const;
const DAYS_MAX = 3650;

/** Moves a demo network forward in time. It says first what comes due on the way, because there is no way back. */
export function ClockPage() {
  const { t } = useTranslation();
  const { data: meta } = useQuery(metaQuery);
  const { data: clock, error } = useQuery(clockQuery);
  return (
    <>
      <PageHeader title={t('operator.clock.title')} words={t('operator.clock.words')} />
      {error && <ProblemNotice problem={toProblem(error)} />}
      {!clock && !error && <Skeleton height={260} radius="lg" />}
      {clock && meta && !meta.demo && (
        <Notice tone="neutral" title={t('operator.clock.unavailable')} words={t('operator.clock.unavailableWords')} />
      )}
      {clock && (
        <div className={classes.clock}>
          <div>
            <Now clock={clock} />
          </div>
          <div>{meta?.demo && <Forward clock={clock} />}</div>
        </div>
      )}
    </>
  );
}

function Now({ clock }: { clock: Clock }) {
  const { t, i18n } = useTranslation();
  return (
    <Section title={t('operator.clock.now')}>
      <div className={classes.card}>
        <p className={classes.now}>{formatDay(clock.today, i18n.language)}</p>
        <p className={classes.nowTime} style={{ marginTop: 0 }}>
          {formatInstant(clock.now, i18n.language)}
        </p>
        <Facts
          items={[
            [
              t('operator.clock.ahead'),
              clock.offsetSeconds > 0 ? span(clock.offsetSeconds, i18n.language) : t('operator.clock.aheadNone'),
            ],
          ]}
        />
      </div>
    </Section>
  );
}

// long: one form in reading order, field after field
function Forward({ clock }: { clock: Clock }) {
  const { t, i18n } = useTranslation();
  const [by, setBy] = useState<'days' | 'day'>('days');
  const [days, setDays] = useState('7');
  const [day, setDay] = useState('');
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const target =
    by === 'days'
      ? isCount(days)
        ? addDays(clock.today, Number(days))
        : undefined
      : isDay(day) && day > clock.today && day <= addDays(clock.today, DAYS_MAX)
        ? day
        : undefined;
  const arrive = target && formatDay(target, i18n.language);
  const ask = () => {
    setTried(true);
    if (target) setAsking(true);
  };
  return (
    <Section title={t('operator.clock.forward')}>
      <form
        className={classes.card}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <SegmentedControl
          fullWidth
          mb="md"
          aria-label={t('operator.clock.forward')}
          value={by}
          onChange={(value) => setBy(value === 'day' ? 'day' : 'days')}
          data={[
            { value: 'days', label: t('operator.clock.by') },
            { value: 'day', label: t('operator.clock.to') },
          ]}
        />
        {by === 'days' ? (
          <>
            <TextInput
              label={t('operator.clock.days')}
              inputMode="numeric"
              value={days}
              error={(tried || days !== '') && !target ? t('operator.clock.daysBad') : undefined}
              onChange={(event) => setDays(event.currentTarget.value)}
            />
            <div className={classes.presets}>
              {PRESETS.map((count) => (
                <Button key={count} size="compact-sm" variant="default" onClick={() => setDays(String(count))}>
                  {t('operator.clock.preset', { count })}
                </Button>
              ))}
            </div>
          </>
        ) : (
          <TextInput
            type="date"
            label={t('operator.clock.day')}
            min={addDays(clock.today, 1)}
            value={day}
            error={
              (tried || day !== '') && !target
                ? t('operator.clock.dayBad', { day: formatDay(clock.today, i18n.language) })
                : undefined
            }
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        )}
        {target && arrive && (
          <div className={classes.arrive}>
            <strong>{t('operator.clock.arrive', { day: arrive })}</strong>
            <Crossed target={target} />
          </div>
        )}
        <Button type="submit" mt="md">
          {arrive ? t('operator.clock.verb', { day: arrive }) : t('operator.clock.forward')}
        </Button>
      </form>
      {target && asking && <MoveDialog target={target} onClose={() => setAsking(false)} />}
    </Section>
  );
}

/** The question before a step that cannot be taken back. */
function MoveDialog({ target, onClose }: { target: string; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const arrive = formatDay(target, i18n.language);
  const move = useCommand({
    run: (body: AdvanceClock, headers) => advanceClock({ body, headers, throwOnError: true }),
    touches: ['clock', 'invoices', 'payables', 'holdings', 'transfers', 'financing', 'cash'],
    done: (now) => t('operator.clock.done', { day: formatDay(now.today, i18n.language) }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('operator.clock.confirmTitle', { day: arrive })}
      verb={t('operator.clock.verb', { day: arrive })}
      danger
      busy={move.isPending}
      problem={move.error}
      onConfirm={() => move.mutate({ to: target })}
    >
      <Notice tone="wait" title={t('operator.clock.warning')} words={t('operator.clock.warningWords')} />
      <Crossed target={target} />
    </ConfirmDialog>
  );
}

const isCount = (text: string): boolean =>
  /^\d{1,4}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= DAYS_MAX;

/** How many open payables fall due between now and then. */
function Crossed({ target }: { target: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(owedQuery);
  if (!data) return null;
  const count = data.payables.filter((payable) => !payable.overdue && payable.dueDay <= target).length;
  return (
    <span className="hw-dim">
      {count === 0 ? t('operator.clock.crossedNone') : t('operator.clock.crossed', { count })}
    </span>
  );
}
