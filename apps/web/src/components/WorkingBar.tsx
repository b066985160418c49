import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Progress of work whose length nobody knows: a moving bar and words that say nothing needs to be done. */
export function WorkingBar() {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" mb={6}>
        {t('common.working.words')}
      </Text>
      <Progress value={100} animated size="xs" aria-label={t('common.working.title')} />
    </>
  );
}
