import { Button, Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import { problemWords } from '../components/problemWords';

function Notice({ title, words, action }: { title: string; words: string; action: ReactNode }) {
  return (
    <Center component="main" mih="60vh" p="xl">
      <Stack gap="xs" maw={420}>
        <Title order={1}>{title}</Title>
        <Text c="dimmed">{words}</Text>
        <div>{action}</div>
      </Stack>
    </Center>
  );
}

/** A page that could not be shown: a refusal in its own words, anything else as a plain apology. */
export function Crashed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const problem = toProblem(error);
  const words =
    problem.code === 'INTERNAL'
      ? { what: t('common.crash.title'), next: t('common.crash.words') }
      : problemWords(problem, t);
  return (
    <Notice
      title={words.what}
      words={words.next}
      action={<Button onClick={() => window.location.reload()}>{t('common.crash.reload')}</Button>}
    />
  );
}

export function Missing() {
  const { t } = useTranslation();
  return (
    <Notice
      title={t('common.missing.title')}
      words={t('common.missing.words')}
      action={
        <Button component="a" href="/">
          {t('common.missing.home')}
        </Button>
      }
    />
  );
}
