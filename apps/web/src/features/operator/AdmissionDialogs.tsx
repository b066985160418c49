import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { admitOrganisation, type Organisation, refuseOrganisation } from '../../api/generated';
import { Dialog, ReasonDialog } from '../../components/Dialogs';
import { Notice, ProblemNotice } from '../../components/Notice';
import { useToday } from '../../components/When';
import { isDay } from '../../lib/days';

interface Props {
  organisation: Organisation;
  onClose: () => void;
}

/** Lets an organisation in. The day until which it holds may stay empty: the API then takes five years. */
// long: one form in reading order, field after field
export function AdmitDialog({ organisation, onClose }: Props) {
  const { t } = useTranslation();
  const { today } = useToday();
  const [until, setUntil] = useState('');
  const roles = organisation.roles.map((role) => t(`states.memberRole.${role}`)).join(', ');
  const admit = useCommand({
    run: (validUntil: string, headers) =>
      admitOrganisation({
        path: { id: organisation.id },
        body: validUntil ? { validUntil } : {},
        headers,
        throwOnError: true,
      }),
    touches: ['members'],
    done: () => t('operator.organisations.admitDone', { name: organisation.name }),
    onDone: onClose,
  });
  const fault =
    until !== '' && (!isDay(until) || until <= today) ? t('operator.organisations.validUntilPast') : undefined;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('operator.organisations.admitTitle', { name: organisation.name })}
      size={500}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!fault) admit.mutate(until);
        }}
      >
        <ProblemNotice problem={admit.error} />
        <Notice
          tone="wait"
          title={t('operator.organisations.admitCheck')}
          words={`${organisation.name} · ${organisation.registryNumber} · ${organisation.country}`}
        />
        <Stack gap="sm">
          <div>{t('operator.organisations.admitWords', { roles })}</div>
          <TextInput
            type="date"
            maw={260}
            label={`${t('operator.organisations.validUntil')} (${t('common.optional')})`}
            description={t('operator.organisations.validUntilHint')}
            min={today}
            value={until}
            error={fault}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={admit.isPending} data-autofocus>
            {t('operator.organisations.admit')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

export function RefuseDialog({ organisation, onClose }: Props) {
  const { t } = useTranslation();
  const refuse = useCommand({
    run: (reason: string, headers) =>
      refuseOrganisation({ path: { id: organisation.id }, body: { reason }, headers, throwOnError: true }),
    touches: ['members'],
    done: () => t('operator.organisations.refuseDone', { name: organisation.name }),
    onDone: onClose,
  });
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('operator.organisations.refuseTitle', { name: organisation.name })}
      words={t('operator.organisations.refuseWords')}
      verb={t('operator.organisations.refuse')}
      busy={refuse.isPending}
      problem={refuse.error}
      onSubmit={(reason) => refuse.mutate(reason)}
    />
  );
}
