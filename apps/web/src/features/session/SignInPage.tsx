import { Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type SignIn, signIn } from '../../api/generated';
import { metaQuery, sessionQuery } from '../../api/queries';
import { ProblemNotice } from '../../components/Notice';
import { Brand } from '../../layout/Brand';
import { LanguageSwitch } from '../../layout/LanguageSwitch';
import { DemoSignIns } from './DemoSignIns';
import classes from './SignInPage.module.css';

const route = getRouteApi('/sign-in');

// long: one page in reading order; every step of it is one component
export function SignInPage() {
  const { t } = useTranslation();
  const { to } = route.useSearch();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data: meta } = useQuery(metaQuery);
  const form = useForm<SignIn>({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('common.fault.email')),
      password: (value) => (value ? null : t('common.fault.required')),
    },
  });
  const enter = useCommand({
    run: (body: SignIn, headers) =>
      signIn({ body: { email: body.email.trim(), password: body.password }, headers, throwOnError: true }),
    touches: [],
    onDone: (session) => {
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, session);
      void navigate({ href: to ?? '/' });
    },
  });
  return (
    <div className={classes.page}>
      <main className={classes.left}>
        <div className={classes.head}>
          <Brand size={28} />
          <span>{t('common.brand')}</span>
          <span>
            <LanguageSwitch />
          </span>
        </div>
        <form className={classes.form} onSubmit={form.onSubmit((values) => enter.mutate(values))} noValidate>
          <Title order={1}>{t('session.title')}</Title>
          <p className={classes.lead}>{t('session.lead')}</p>
          <ProblemNotice problem={enter.error} />
          <Stack gap="md">
            <TextInput
              label={t('session.email')}
              type="email"
              autoComplete="username"
              size="md"
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label={t('session.password')}
              autoComplete="current-password"
              size="md"
              {...form.getInputProps('password')}
            />
            <Button type="submit" size="md" fullWidth loading={enter.isPending}>
              {t('session.submit')}
            </Button>
          </Stack>
          <p className={classes.fine}>{t('session.forgot')}</p>
        </form>
      </main>
      <aside className={classes.right} aria-label={meta?.signIns ? t('session.demo.title') : t('common.brand')}>
        <div className={classes.inner}>
          {meta?.signIns ? (
            <DemoSignIns signIns={meta.signIns} busy={enter.isPending} onPick={(who) => enter.mutate(who)} />
          ) : (
            <Points />
          )}
        </div>
      </aside>
    </div>
  );
}

function Points() {
  const { t } = useTranslation();
  return (
    <dl className={classes.points}>
      {(['point1', 'point2', 'point3'] as const).map((point) => (
        <div key={point}>
          <dt>{t(`session.${point}.title`)}</dt>
          <dd>{t(`session.${point}.words`)}</dd>
        </div>
      ))}
    </dl>
  );
}
