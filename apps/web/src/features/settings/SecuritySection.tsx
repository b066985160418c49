import { Button, PasswordInput, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type ChangePassword, changePassword, signOutEverywhere } from '../../api/generated';
import { sessionQuery } from '../../api/queries';
import { ConfirmDialog } from '../../components/Dialogs';
import { ProblemNotice } from '../../components/Notice';
import { Section } from '../../components/PageHeader';
import { formatInstant } from '../../lib/days';
import { useMe } from '../session/me';
import { PasswordFields, passwordFits } from './PasswordFields';
import classes from './settings.module.css';

/** How this person signs in: the password, and where sessions are open. */
export function SecuritySection() {
  return (
    <>
      <PasswordForm />
      <Sessions />
    </>
  );
}

const EMPTY = { first: '', second: '' };

function PasswordForm() {
  const { t } = useTranslation();
  const me = useMe();
  const [current, setCurrent] = useState('');
  const [passwords, setPasswords] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const clear = () => {
    setCurrent('');
    setPasswords(EMPTY);
    setTried(false);
  };
  const change = useCommand({
    run: (body: ChangePassword, headers) => changePassword({ body, headers, throwOnError: true }),
    touches: ['session'],
    done: () => t('settings.security.changed'),
    onDone: clear,
  });
  const submit = () => {
    setTried(true);
    if (current && passwordFits(passwords)) change.mutate({ current, next: passwords.first });
  };
  return (
    <Section title={t('settings.security.password')}>
      <div className={classes.card}>
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <ProblemNotice problem={change.error} />
          <Stack gap="sm">
            {/* Password managers need the name the new password belongs to. */}
            <input type="text" hidden readOnly autoComplete="username" value={me?.session.user.email ?? ''} />
            <PasswordInput
              label={t('settings.security.current')}
              autoComplete="current-password"
              maxLength={200}
              value={current}
              error={tried && !current ? t('common.fault.required') : undefined}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
            <PasswordFields value={passwords} onChange={setPasswords} tried={tried} />
            <div>
              <Button type="submit" loading={change.isPending}>
                {t('settings.security.change')}
              </Button>
            </div>
          </Stack>
        </form>
      </div>
    </Section>
  );
}

function Sessions() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const leave = useCommand({
    run: (_: string, headers) => signOutEverywhere({ headers, throwOnError: true }),
    touches: [],
    onDone: () => {
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, null);
      void navigate({ to: '/sign-in' });
    },
  });
  return (
    <Section title={t('settings.security.sessionTitle')}>
      <div className={classes.card}>
        {me && (
          <p className={classes.fine}>
            {t('settings.security.session', { when: formatInstant(me.session.expiresAt, i18n.language) })}
          </p>
        )}
        <p style={{ marginTop: 0 }}>{t('settings.security.everywhereWords')}</p>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('settings.security.everywhere')}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('settings.security.everywhereTitle')}
        verb={t('settings.security.everywhere')}
        danger
        busy={leave.isPending}
        problem={leave.error}
        onConfirm={() => leave.mutate('everywhere')}
      >
        {t('settings.security.everywhereWords')}
      </ConfirmDialog>
    </Section>
  );
}
