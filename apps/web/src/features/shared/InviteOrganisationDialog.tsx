import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type InviteOrganisation, inviteOrganisation } from '../../api/generated';
import { CopyLink } from '../../components/CopyLink';
import { Dialog } from '../../components/Dialogs';
import { ProblemNotice } from '../../components/Notice';

/** Makes an onboarding link for an organisation that is not here yet. */
export function InviteOrganisationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const form = useForm<InviteOrganisation>({
    initialValues: { organisationName: '', email: '' },
    validate: {
      organisationName: (value) => (value.trim() ? null : t('common.fault.required')),
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('common.fault.email')),
    },
  });
  const invite = useCommand({
    run: (body: InviteOrganisation, headers) =>
      inviteOrganisation({
        body: { organisationName: body.organisationName.trim(), email: body.email.trim() },
        headers,
        throwOnError: true,
      }),
    touches: ['members'],
  });
  return (
    <Dialog opened onClose={onClose} title={t('settings.inviteOrg.title')}>
      <ProblemNotice problem={invite.error} />
      {invite.data ? (
        <>
          <CopyLink link={invite.data} label={t('settings.inviteOrg.link')} />
          <Text size="sm" c="dimmed" mt="sm">
            {t('settings.inviteOrg.after')}
          </Text>
          <Group justify="flex-end" mt="lg">
            <Button onClick={onClose}>{t('common.close')}</Button>
          </Group>
        </>
      ) : (
        <form noValidate onSubmit={form.onSubmit((values) => invite.mutate(values))}>
          <Stack gap="sm">
            <TextInput
              label={t('settings.inviteOrg.name')}
              maxLength={140}
              data-autofocus
              {...form.getInputProps('organisationName')}
            />
            <TextInput label={t('settings.inviteOrg.email')} type="email" {...form.getInputProps('email')} />
          </Stack>
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {t('settings.inviteOrg.send')}
            </Button>
          </Group>
        </form>
      )}
    </Dialog>
  );
}
