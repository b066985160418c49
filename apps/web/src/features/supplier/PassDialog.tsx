import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type DirectoryEntry, type OfferTransfer, offerTransfer } from '../../api/generated';
import { AmountInput, useReadAmount } from '../../components/AmountInput';
import { Dialog } from '../../components/Dialogs';
import { ProblemNotice } from '../../components/Notice';
import { InviteOrganisationDialog } from '../shared/InviteOrganisationDialog';
import { MemberSelect } from '../shared/MemberSelect';
import type { HoldingTarget } from './holdingTarget';

const HOURS = ['24', '72', '168', '336', '720'] as const;

/** Offers a part of a holding to one's own supplier. Nothing moves before it is accepted, and the dialog says so. */
// long: one form in reading order, field after field
export function PassDialog({ target, onClose }: { target: HoldingTarget; onClose: () => void }) {
  const { t } = useTranslation();
  const read = useReadAmount();
  const [to, setTo] = useState<DirectoryEntry>();
  const [amount, setAmount] = useState('');
  const [reference, setReference] = useState('');
  const [hours, setHours] = useState('168');
  const [tried, setTried] = useState(false);
  const [inviting, setInviting] = useState(false);
  const units = read(amount, target.currency, target.free);
  const offer = useCommand({
    run: (body: OfferTransfer, headers) =>
      offerTransfer({ path: { id: target.id }, body, headers, throwOnError: true }),
    touches: ['transfers', 'holdings', 'payables'],
    done: (transfer) => t('holdings.passDone', { name: transfer.to.name }),
    onDone: onClose,
  });
  const submit = () => {
    setTried(true);
    if (!to || 'fault' in units || !reference.trim()) return;
    offer.mutate({
      toOrganisationId: to.id,
      units: units.minor,
      reference: reference.trim(),
      expiresInHours: Number(hours),
    });
  };
  const required = t('common.fault.required');
  if (inviting) return <InviteOrganisationDialog onClose={() => setInviting(false)} />;
  return (
    <Dialog opened onClose={onClose} title={t('holdings.passTitle', { reference: target.reference })}>
      <ProblemNotice problem={offer.error} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <div>
            <MemberSelect
              label={t('holdings.passTo')}
              placeholder={t('holdings.passToHint')}
              having="SUPPLIER"
              value={to}
              onChange={setTo}
              error={tried && !to && required}
              autoFocus
            />
            <Anchor component="button" type="button" fz="sm" mt={4} onClick={() => setInviting(true)}>
              {t('holdings.passInvite')}
            </Anchor>
          </div>
          <AmountInput
            label={t('common.amount')}
            currency={target.currency}
            value={amount}
            onChange={setAmount}
            max={target.free}
            error={tried && 'fault' in units && units.fault}
          />
          <TextInput
            label={t('holdings.passReference')}
            description={t('holdings.passReferenceHint')}
            maxLength={120}
            value={reference}
            onChange={(event) => setReference(event.currentTarget.value)}
            error={tried && !reference.trim() && required}
          />
          <NativeSelect
            label={t('holdings.passExpires')}
            value={hours}
            onChange={(event) => setHours(event.currentTarget.value)}
            data={HOURS.map((value) => ({ value, label: t(`holdings.hours${value}`) }))}
          />
          <Text size="sm" c="dimmed">
            {to ? t('holdings.passWhat', { name: to.name }) : t('holdings.passWhatNobody')}
          </Text>
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={offer.isPending}>
            {t('holdings.pass')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
