import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type DirectoryEntry, type RecordDeposit, recordDeposit } from '../../api/generated';
import { AmountInput, useReadAmount } from '../../components/AmountInput';
import { Dialog } from '../../components/Dialogs';
import { useMoneyText } from '../../components/Money';
import { ProblemNotice } from '../../components/Notice';
import { oneOf } from '../../lib/search';
import { MemberSelect } from '../shared/MemberSelect';
import { useIssuedCurrencies } from './useIssued';

type Faults = Partial<Record<'member' | 'amount' | 'reference', string>>;

/** The settlement bank says what has arrived for whom, under the reference of its own statement. */
// long: one form's fields in the order they are filled in
export function RecordDepositDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const read = useReadAmount();
  const currencies = useIssuedCurrencies();
  const [member, setMember] = useState<DirectoryEntry>();
  const [chosen, setCurrency] = useState('CNY');
  const [typed, setTyped] = useState('');
  const [reference, setReference] = useState('');
  const [faults, setFaults] = useState<Faults>({});
  const currency = currencies.includes(chosen) ? chosen : (currencies[0] ?? 'CNY');
  const amount = read(typed, currency);
  const record = useCommand({
    run: (body: RecordDeposit, headers) => recordDeposit({ body, headers, throwOnError: true }),
    touches: ['cash'],
    done: (_, body) =>
      t('bank.deposit.done', { name: member?.name ?? '', amount: money(body.amount.minor, body.amount.currency) }),
    onDone: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const bankReference = reference.trim();
    const code = oneOf(currency, ['CNY', 'EUR', 'USD', 'GBP', 'JPY', 'KWD']);
    setFaults({
      ...(member ? {} : { member: t('common.fault.required') }),
      ...('fault' in amount ? { amount: amount.fault } : {}),
      ...(bankReference ? {} : { reference: t('common.fault.required') }),
    });
    if (member && code && 'minor' in amount && bankReference) {
      record.mutate({ organisationId: member.id, amount: { minor: amount.minor, currency: code }, bankReference });
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t('bank.deposit.recordTitle')} size={500}>
      <ProblemNotice problem={record.error} />
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <MemberSelect
            label={t('bank.deposit.member')}
            placeholder={t('bank.deposit.memberHint')}
            value={member}
            onChange={setMember}
            error={faults.member}
            autoFocus
          />
          <Group align="flex-start" gap="sm" wrap="nowrap">
            <div style={{ flex: 1 }}>
              <AmountInput
                label={t('bank.deposit.amount')}
                currency={currency}
                value={typed}
                onChange={setTyped}
                error={faults.amount}
              />
            </div>
            <NativeSelect
              w={110}
              label={t('common.currency')}
              value={currency}
              onChange={(event) => setCurrency(event.currentTarget.value)}
              data={currencies}
            />
          </Group>
          <TextInput
            label={t('bank.deposit.reference')}
            description={t('bank.deposit.referenceHint')}
            maxLength={35}
            autoComplete="off"
            value={reference}
            onChange={(event) => setReference(event.currentTarget.value)}
            error={faults.reference}
          />
          {member && 'minor' in amount && (
            <div className="hw-dim" aria-live="polite">
              {t('bank.deposit.what', { name: member.name, amount: money(amount.minor, currency) })}
            </div>
          )}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={record.isPending}>
            {t('bank.deposit.record')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
