import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type AskFinancing, askFinancing } from '../../api/generated';
import { AmountInput, useReadAmount } from '../../components/AmountInput';
import { Dialog } from '../../components/Dialogs';
import { ProblemNotice } from '../../components/Notice';
import type { HoldingTarget } from './holdingTarget';

const HOURS = ['24', '72', '168', '336'] as const;

/** Asks the banks for quotes on part of a holding. Asking costs nothing and binds nobody. */
export function AskDialog({ target, onClose }: { target: HoldingTarget; onClose: () => void }) {
  const { t } = useTranslation();
  const read = useReadAmount();
  const [amount, setAmount] = useState('');
  const [hours, setHours] = useState('72');
  const [tried, setTried] = useState(false);
  const units = read(amount, target.currency, target.free);
  const ask = useCommand({
    run: (body: AskFinancing, headers) => askFinancing({ path: { id: target.id }, body, headers, throwOnError: true }),
    touches: ['financing', 'holdings', 'payables'],
    done: () => t('holdings.askDone'),
    onDone: onClose,
  });
  const submit = () => {
    setTried(true);
    if ('minor' in units) ask.mutate({ units: units.minor, expiresInHours: Number(hours) });
  };
  return (
    <Dialog opened onClose={onClose} title={t('holdings.askTitle', { reference: target.reference })}>
      <ProblemNotice problem={ask.error} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <AmountInput
            label={t('holdings.askAmount')}
            currency={target.currency}
            value={amount}
            onChange={setAmount}
            max={target.free}
            error={tried && 'fault' in units && units.fault}
            autoFocus
          />
          <NativeSelect
            label={t('holdings.askExpires')}
            value={hours}
            onChange={(event) => setHours(event.currentTarget.value)}
            data={HOURS.map((value) => ({ value, label: t(`holdings.hours${value}`) }))}
          />
          <Text size="sm" c="dimmed">
            {t('holdings.askWhat')}
          </Text>
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={ask.isPending}>
            {t('holdings.ask')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
