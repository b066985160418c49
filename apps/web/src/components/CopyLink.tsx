import { Button, Group, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { IssuedLink } from '../api/generated';
import { formatInstant } from '../lib/days';
import { Notice } from './Notice';

/** A link that lets somebody in once. It is shown this one time; Headwater keeps only its fingerprint. */
export function CopyLink({ link, label }: { link: IssuedLink; label: string }) {
  const { t, i18n } = useTranslation();
  const clipboard = useClipboard({ timeout: 2_000 });
  const url = new URL(`/links/${link.token}`, window.location.origin).href;
  return (
    <>
      <Notice
        tone="info"
        title={t('settings.link.once')}
        words={t('settings.link.send', { email: link.email, until: formatInstant(link.expiresAt, i18n.language) })}
      />
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput label={label} value={url} readOnly flex={1} onFocus={(event) => event.currentTarget.select()} />
        <Button
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          onClick={() => clipboard.copy(url)}
        >
          {clipboard.copied ? t('common.copied') : t('common.copy')}
        </Button>
      </Group>
    </>
  );
}
