import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import {
  changeColleagueRoles,
  type InviteColleague,
  type IssuedLink,
  inviteColleague,
  issuePasswordReset,
  removeColleague,
  type User,
  type UserRole,
} from '../../api/generated';
import { CopyLink } from '../../components/CopyLink';
import { ConfirmDialog, Dialog } from '../../components/Dialogs';
import { ProblemNotice } from '../../components/Notice';
import { isEmail } from './rules';
import classes from './settings.module.css';

const ROLES = ['ADMINISTRATOR', 'MAKER', 'CHECKER', 'TREASURER', 'VIEWER'] as const satisfies readonly UserRole[];

export type ColleagueStep = { step: 'invite' } | { step: 'roles' | 'remove' | 'reset'; user: User };

export function ColleagueDialog({ step, onClose }: { step: ColleagueStep; onClose: () => void }) {
  if (step.step === 'invite') return <InviteDialog onClose={onClose} />;
  if (step.step === 'roles') return <RolesDialog user={step.user} onClose={onClose} />;
  if (step.step === 'remove') return <RemoveDialog user={step.user} onClose={onClose} />;
  return <ResetDialog user={step.user} onClose={onClose} />;
}

interface PersonProps {
  user: User;
  onClose: () => void;
}

function RolePicker({
  value,
  onChange,
  error,
}: {
  value: UserRole[];
  onChange: (roles: UserRole[]) => void;
  error?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('settings.roles')}
      value={value}
      error={error}
      onChange={(chosen) => onChange(ROLES.filter((role) => chosen.includes(role)))}
    >
      <div className={classes.roleRow} style={{ marginTop: 8 }}>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`states.userRole.${role}`)}
            description={t(`states.userRoleHint.${role}`)}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function Buttons({ onClose, verb, busy }: { onClose: () => void; verb: string; busy: boolean }) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" mt="lg" gap="xs">
      <Button variant="default" onClick={onClose}>
        {t('common.cancel')}
      </Button>
      <Button type="submit" loading={busy}>
        {verb}
      </Button>
    </Group>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<UserRole[]>(['MAKER']);
  const [tried, setTried] = useState(false);
  const [link, setLink] = useState<IssuedLink>();
  const invite = useCommand({
    run: (body: InviteColleague, headers) => inviteColleague({ body, headers, throwOnError: true }),
    touches: ['members'],
    onDone: (issued) => setLink(issued),
  });
  const submit = () => {
    setTried(true);
    if (isEmail(email.trim()) && roles.length > 0) invite.mutate({ email: email.trim(), roles });
  };
  return (
    <Dialog opened onClose={onClose} title={link ? t('settings.inviteDone') : t('settings.inviteTitle')} size={500}>
      {link ? (
        <CopyLink link={link} label={t('settings.inviteLink')} />
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <ProblemNotice problem={invite.error} />
          <Stack gap="md">
            <TextInput
              label={t('settings.email')}
              type="email"
              maxLength={254}
              data-autofocus
              value={email}
              error={tried && !isEmail(email.trim()) ? t('common.fault.email') : undefined}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <RolePicker
              value={roles}
              onChange={setRoles}
              error={tried && roles.length === 0 ? t('settings.rolesMissing') : undefined}
            />
          </Stack>
          <Buttons onClose={onClose} verb={t('settings.inviteSend')} busy={invite.isPending} />
        </form>
      )}
    </Dialog>
  );
}

function RolesDialog({ user, onClose }: PersonProps) {
  const { t } = useTranslation();
  const [roles, setRoles] = useState<UserRole[]>(user.roles);
  const change = useCommand({
    run: (next: UserRole[], headers) =>
      changeColleagueRoles({ path: { id: user.id }, body: { roles: next }, headers, throwOnError: true }),
    touches: ['members', 'session'],
    done: () => t('settings.editDone'),
    onDone: onClose,
  });
  return (
    <Dialog opened onClose={onClose} title={t('settings.editTitle', { name: user.name })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (roles.length > 0) change.mutate(roles);
        }}
      >
        <ProblemNotice problem={change.error} />
        <RolePicker
          value={roles}
          onChange={setRoles}
          error={roles.length === 0 ? t('settings.rolesMissing') : undefined}
        />
        <Buttons onClose={onClose} verb={t('common.save')} busy={change.isPending} />
      </form>
    </Dialog>
  );
}

function RemoveDialog({ user, onClose }: PersonProps) {
  const { t } = useTranslation();
  const remove = useCommand({
    run: (id: string, headers) => removeColleague({ path: { id }, headers, throwOnError: true }),
    touches: ['members'],
    done: () => t('settings.removeDone', { name: user.name }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('settings.removeTitle', { name: user.name })}
      verb={t('settings.remove')}
      danger
      busy={remove.isPending}
      problem={remove.error}
      onConfirm={() => remove.mutate(user.id)}
    >
      {t('settings.removeWords')}
    </ConfirmDialog>
  );
}

function ResetDialog({ user, onClose }: PersonProps) {
  const { t } = useTranslation();
  const [link, setLink] = useState<IssuedLink>();
  const reset = useCommand({
    run: (id: string, headers) => issuePasswordReset({ path: { id }, headers, throwOnError: true }),
    touches: [],
    onDone: (issued) => setLink(issued),
  });
  if (link) {
    return (
      <Dialog opened onClose={onClose} title={t('settings.resetTitle', { name: user.name })} size={500}>
        <CopyLink link={link} label={t('settings.resetLink')} />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('settings.resetTitle', { name: user.name })}
      verb={t('settings.inviteSend')}
      busy={reset.isPending}
      problem={reset.error}
      onConfirm={() => reset.mutate(user.id)}
    >
      {t('operator.link.resetWords', { name: user.name })}
    </ConfirmDialog>
  );
}
