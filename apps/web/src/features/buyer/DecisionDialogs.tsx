import { Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import {
  approveDecision,
  declineDecision,
  type Invoice,
  type ProposeDecision,
  proposeDecision,
} from '../../api/generated';
import { Dialog, ReasonDialog } from '../../components/Dialogs';
import { ProblemNotice } from '../../components/Notice';
import { useToday } from '../../components/When';
import { formatDay, isDay } from '../../lib/days';
import classes from './buyer.module.css';
import { PromiseWords } from './Promise';

export interface Deciding {
  step: 'confirm' | 'reject' | 'approve' | 'decline';
  invoice: Invoice;
}

interface Props {
  invoice: Invoice;
  onClose: () => void;
}

/** The step a person chose, each with its consequence in words before it happens. */
export function DecisionDialog({ deciding, onClose }: { deciding: Deciding; onClose: () => void }) {
  const props = { invoice: deciding.invoice, onClose };
  if (deciding.step === 'confirm') return <ConfirmDialog {...props} />;
  if (deciding.step === 'reject') return <RejectDialog {...props} />;
  if (deciding.step === 'approve') return <ApproveDialog {...props} />;
  return <DeclineDialog {...props} />;
}

function usePropose({ invoice, onClose }: Props) {
  const { t } = useTranslation();
  return useCommand({
    run: (body: ProposeDecision, headers) =>
      proposeDecision({ path: { id: invoice.id }, body, headers, throwOnError: true }),
    touches: ['invoices'],
    done: () => t('buyer.confirm.proposeDone'),
    onDone: onClose,
  });
}

function ConfirmDialog({ invoice, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { today } = useToday();
  const [dueDay, setDueDay] = useState(invoice.dueDay);
  const [tried, setTried] = useState(false);
  const propose = usePropose({ invoice, onClose });
  const latest = formatDay(invoice.dueDay, i18n.language);
  const fault = !isDay(dueDay)
    ? t('common.fault.day')
    : dueDay > invoice.dueDay
      ? t('buyer.confirm.dueTooLate', { day: latest })
      : dueDay < today
        ? t('buyer.confirm.duePast')
        : undefined;
  const submit = () => {
    setTried(true);
    if (!fault) propose.mutate({ decision: 'CONFIRM', ...(dueDay === invoice.dueDay ? {} : { dueDay }) });
  };
  return (
    <Dialog opened onClose={onClose} title={t('buyer.confirm.proposeTitle', { number: invoice.number })} size={520}>
      <ProblemNotice problem={propose.error} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PromiseWords invoice={invoice} dueDay={fault ? invoice.dueDay : dueDay} kind="toPromise" />
        <Stack gap="sm">
          <TextInput
            type="date"
            label={t('buyer.confirm.dueDay')}
            description={t('buyer.confirm.dueDayHint', { day: latest })}
            min={today}
            max={invoice.dueDay}
            value={dueDay}
            error={tried || dueDay !== invoice.dueDay ? fault : undefined}
            onChange={(event) => setDueDay(event.currentTarget.value)}
            maw={220}
          />
          <div className="hw-dim">{t('buyer.confirm.proposeWords')}</div>
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={propose.isPending} data-autofocus>
            {t('buyer.confirm.proposeVerb')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function RejectDialog({ invoice, onClose }: Props) {
  const { t } = useTranslation();
  const propose = usePropose({ invoice, onClose });
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('buyer.confirm.rejectTitle', { number: invoice.number })}
      words={t('buyer.confirm.rejectWords')}
      verb={t('buyer.confirm.rejectVerb')}
      busy={propose.isPending}
      problem={propose.error}
      onSubmit={(reason) => propose.mutate({ decision: 'REJECT', reason })}
    />
  );
}

/** The second pair of eyes. The digest of what is on screen goes along, so that nothing else can be approved by it. */
function ApproveDialog({ invoice, onClose }: Props) {
  const { t } = useTranslation();
  const [read, setRead] = useState(false);
  const confirming = invoice.decision?.decision !== 'REJECT';
  const digest = invoice.decision?.digest;
  const approve = useCommand({
    run: (_: Invoice['id'], headers) =>
      approveDecision({ path: { id: invoice.id }, body: { digest }, headers, throwOnError: true }),
    touches: ['invoices', 'payables'],
    done: () => t(confirming ? 'buyer.confirm.approveDone' : 'buyer.confirm.approveRejectDone'),
    onDone: onClose,
  });
  const title = confirming
    ? t('buyer.confirm.approveTitle')
    : t('buyer.confirm.approveRejectTitle', { number: invoice.number });
  return (
    <Dialog opened onClose={onClose} title={title} size={520}>
      <ProblemNotice problem={approve.error} />
      {confirming ? (
        <>
          <PromiseWords invoice={invoice} dueDay={invoice.decision?.dueDay ?? invoice.dueDay} kind="title" />
          <p className={classes.todoWords}>
            {invoice.number} · {invoice.seller.name} ·{' '}
            {t('buyer.confirm.proposed', { name: invoice.decision?.maker ?? '' })}
          </p>
          <Checkbox
            size="sm"
            label={t('buyer.confirm.read')}
            checked={read}
            onChange={(event) => setRead(event.currentTarget.checked)}
            data-autofocus
          />
        </>
      ) : (
        <>
          <p style={{ marginTop: 0 }}>{invoice.decision?.reason}</p>
          <div className="hw-dim">
            {t('buyer.confirm.proposed', { name: invoice.decision?.maker ?? '' })}.{' '}
            {t('buyer.confirm.approveRejectWords')}
          </div>
        </>
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button disabled={confirming && !read} loading={approve.isPending} onClick={() => approve.mutate(invoice.id)}>
          {t(confirming ? 'buyer.confirm.approveVerb' : 'buyer.confirm.approveRejectVerb')}
        </Button>
      </Group>
    </Dialog>
  );
}

/** Not the shared reason dialog: this reason stays inside the buyer's house. */
function DeclineDialog({ invoice, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const decline = useCommand({
    run: (words: string, headers) =>
      declineDecision({ path: { id: invoice.id }, body: { reason: words }, headers, throwOnError: true }),
    touches: ['invoices'],
    done: () => t('buyer.confirm.declineDone'),
    onDone: onClose,
  });
  const submit = () => {
    setTried(true);
    if (reason.trim()) decline.mutate(reason.trim());
  };
  return (
    <Dialog opened onClose={onClose} title={t('buyer.confirm.declineTitle')}>
      <ProblemNotice problem={decline.error} />
      <Textarea
        label={t('common.reason')}
        description={t('buyer.confirm.declineWords')}
        autosize
        minRows={3}
        maxLength={500}
        data-autofocus
        value={reason}
        error={tried && !reason.trim() ? t('common.fault.required') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button loading={decline.isPending} onClick={submit}>
          {t('buyer.confirm.decline')}
        </Button>
      </Group>
    </Dialog>
  );
}
