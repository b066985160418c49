import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/problem';
import classes from './Dialogs.module.css';
import { ProblemNotice } from './Notice';

interface FrameProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  size?: number | string;
}

/** Every dialog: full screen on a phone, focus kept inside, Esc closes. */
export function Dialog({ opened, onClose, title, children, size = 460 }: FrameProps) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} centered>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content radius="lg">
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('common.close')} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface ConfirmProps extends Omit<FrameProps, 'children'> {
  children?: ReactNode;
  verb: string;
  onConfirm: () => void;
  busy: boolean;
  problem?: ApiProblem | null;
  danger?: boolean;
}

/** Says what is about to happen before it does; the button carries the verb, never "OK". */
export function ConfirmDialog({
  opened,
  onClose,
  title,
  children,
  verb,
  onConfirm,
  busy,
  problem,
  danger,
}: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <ProblemNotice problem={problem} />
      {children}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button color={danger ? 'red.8' : undefined} loading={busy} onClick={onConfirm} data-autofocus>
          {verb}
        </Button>
      </Group>
    </Dialog>
  );
}

interface ReasonProps extends Omit<FrameProps, 'children'> {
  verb: string;
  words?: string;
  onSubmit: (reason: string) => void;
  busy: boolean;
  problem?: ApiProblem | null;
}

/** A refusal always carries a reason, because somebody on the other side must act on it. */
export function ReasonDialog({ opened, onClose, title, words, verb, onSubmit, busy, problem }: ReasonProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = () => {
    if (reason.trim()) onSubmit(reason.trim());
    else setMissing(true);
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <ProblemNotice problem={problem} />
      <Stack gap="sm">
        {words && <div className="hw-dim">{words}</div>}
        <Textarea
          label={t('common.reason')}
          description={t('common.reasonHint')}
          minRows={3}
          autosize
          maxLength={500}
          data-autofocus
          value={reason}
          error={missing && !reason.trim() ? t('common.fault.required') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button color="red.8" loading={busy} onClick={submit}>
          {verb}
        </Button>
      </Group>
    </Dialog>
  );
}
