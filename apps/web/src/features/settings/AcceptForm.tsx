import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type AcceptLink, acceptLink, type Link, type Session } from '../../api/generated';
import { ProblemNotice } from '../../components/Notice';
import { PasswordFields, passwordFits } from './PasswordFields';

interface Props {
  token: string;
  link: Link;
  onIn: (session: Session) => void;
}

/** For somebody invited (name and password) and for a forgotten password (password only). Signs in on success. */
export function AcceptForm({ token, link, onIn }: Props) {
  const { t } = useTranslation();
  const inviting = link.kind === 'INVITE';
  const [name, setName] = useState('');
  const [passwords, setPasswords] = useState({ first: '', second: '' });
  const [tried, setTried] = useState(false);
  const accept = useCommand({
    run: (body: AcceptLink, headers) => acceptLink({ path: { token }, body, headers, throwOnError: true }),
    touches: [],
    onDone: onIn,
  });
  const nameMissing = inviting && !name.trim();
  const submit = () => {
    setTried(true);
    if (nameMissing || !passwordFits(passwords)) return;
    accept.mutate({ password: passwords.first, ...(inviting ? { name: name.trim() } : {}) });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ProblemNotice problem={accept.error} />
      <Stack gap="md">
        <TextInput label={t('session.email')} value={link.email} readOnly autoComplete="username" />
        {inviting && (
          <TextInput
            label={t('session.link.name')}
            autoComplete="name"
            maxLength={120}
            value={name}
            error={tried && nameMissing ? t('common.fault.required') : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordFields value={passwords} onChange={setPasswords} tried={tried} />
        <Button type="submit" fullWidth loading={accept.isPending}>
          {t(inviting ? 'session.link.join' : 'session.link.setPassword')}
        </Button>
      </Stack>
    </form>
  );
}
