import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type DirectoryEntry, type SubmitInvoice, submitInvoice } from '../../api/generated';
import { metaQuery } from '../../api/queries';
import { AmountInput, useReadAmount } from '../../components/AmountInput';
import { Dialog } from '../../components/Dialogs';
import { useMoneyText } from '../../components/Money';
import { ProblemNotice } from '../../components/Notice';
import { useToday } from '../../components/When';
import { addDays, isDay } from '../../lib/days';
import { addMinor, parseAmount } from '../../lib/money';
import { MemberSelect } from '../shared/MemberSelect';

interface Fields {
  number: string;
  order: string;
  issueDay: string;
  dueDay: string;
  currency: string;
  net: string;
  tax: string;
}

type Faults = Partial<Record<keyof Fields | 'buyer', string>>;

/** The same facts as an uploaded file, typed in. The total is the sum, so it cannot disagree with its parts. */
// long: one form in reading order, field after field
export function TypedInvoiceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { today } = useToday();
  const { data: meta } = useQuery(metaQuery);
  const money = useMoneyText();
  const [buyer, setBuyer] = useState<DirectoryEntry>();
  const [fields, setFields] = useState<Fields>({
    number: '',
    order: '',
    issueDay: today,
    dueDay: addDays(today, 90),
    currency: 'CNY',
    net: '',
    tax: '',
  });
  const [faults, setFaults] = useState<Faults>({});
  const set = (field: keyof Fields) => (value: string) => setFields((before) => ({ ...before, [field]: value }));
  const check = useCheck();
  const send = useCommand({
    run: (body: SubmitInvoice, headers) => submitInvoice({ body, headers, throwOnError: true }),
    touches: ['invoices'],
    done: (invoice) => t('invoices.form.done', { number: invoice.number }),
    onDone: onClose,
  });
  const submit = () => {
    const outcome = check(fields, buyer);
    setFaults('faults' in outcome ? outcome.faults : {});
    if ('body' in outcome) send.mutate(outcome.body);
  };
  return (
    <Dialog opened onClose={onClose} title={t('invoices.form.title')} size={580}>
      <ProblemNotice problem={send.error} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <MemberSelect
            label={t('invoices.form.buyer')}
            placeholder={t('invoices.form.buyerHint')}
            having="BUYER"
            value={buyer}
            onChange={setBuyer}
            error={faults.buyer}
            autoFocus
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label={t('invoices.form.number')}
              maxLength={60}
              value={fields.number}
              onChange={(event) => set('number')(event.currentTarget.value)}
              error={faults.number}
            />
            <TextInput
              label={`${t('invoices.form.order')} (${t('common.optional')})`}
              maxLength={60}
              value={fields.order}
              onChange={(event) => set('order')(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('invoices.form.issued')}
              value={fields.issueDay}
              onChange={(event) => set('issueDay')(event.currentTarget.value)}
              error={faults.issueDay}
            />
            <TextInput
              type="date"
              label={t('invoices.form.due')}
              value={fields.dueDay}
              onChange={(event) => set('dueDay')(event.currentTarget.value)}
              error={faults.dueDay}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <NativeSelect
              label={t('common.currency')}
              value={fields.currency}
              onChange={(event) => set('currency')(event.currentTarget.value)}
              data={meta?.currencies.map(({ code }) => code) ?? ['CNY']}
            />
            <AmountInput
              label={t('invoices.form.net')}
              currency={fields.currency}
              value={fields.net}
              onChange={set('net')}
              error={faults.net}
            />
            <AmountInput
              label={t('invoices.form.tax')}
              currency={fields.currency}
              value={fields.tax}
              onChange={set('tax')}
              error={faults.tax}
            />
          </SimpleGrid>
        </Stack>
        <Group justify="space-between" mt="lg">
          <strong aria-live="polite">
            {t('invoices.form.total', { amount: money(total(fields), fields.currency) })}
          </strong>
          <Button type="submit" loading={send.isPending}>
            {t('invoices.form.submit')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function total(fields: Fields): string {
  const net = parseAmount(fields.net, fields.currency);
  const tax = parseAmount(fields.tax, fields.currency);
  return addMinor('minor' in net ? net.minor : '0', 'minor' in tax ? tax.minor : '0');
}

function useCheck() {
  const { t } = useTranslation();
  const read = useReadAmount();
  return (fields: Fields, buyer: DirectoryEntry | undefined): { body: SubmitInvoice } | { faults: Faults } => {
    const net = read(fields.net, fields.currency);
    // No tax is a common case and zero is not an error there.
    const tax = /^[0.,\s]*$/.test(fields.tax) ? { minor: '0' } : read(fields.tax, fields.currency);
    const faults: Faults = {};
    if (!buyer) faults.buyer = t('common.fault.required');
    if (!fields.number.trim()) faults.number = t('common.fault.required');
    if (!isDay(fields.issueDay)) faults.issueDay = t('common.fault.day');
    if (!isDay(fields.dueDay)) faults.dueDay = t('common.fault.day');
    else if (fields.dueDay < fields.issueDay) faults.dueDay = t('invoices.form.dates');
    if ('fault' in net) faults.net = net.fault;
    if ('fault' in tax) faults.tax = tax.fault;
    if (Object.keys(faults).length > 0 || !buyer || 'fault' in net || 'fault' in tax) return { faults };
    const order = fields.order.trim();
    return {
      body: {
        number: fields.number.trim(),
        buyerRegistryNumber: buyer.registryNumber,
        issueDay: fields.issueDay,
        dueDay: fields.dueDay,
        currency: fields.currency,
        netMinor: net.minor,
        taxMinor: tax.minor,
        payableMinor: addMinor(net.minor, tax.minor),
        ...(order ? { orderNumber: order } : {}),
      },
    };
  };
}
