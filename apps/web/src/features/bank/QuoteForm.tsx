import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type FormEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type FinancingRequest, type GiveQuote, giveQuote } from '../../api/generated';
import { AmountInput } from '../../components/AmountInput';
import { Notice, ProblemNotice } from '../../components/Notice';
import { useToday } from '../../components/When';
import { formatInstant } from '../../lib/days';
import { isMore } from '../../lib/money';
import classes from './bank.module.css';
import { PricePreview } from './PricePreview';
import type { Room } from './room';
import { useQuoteDraft } from './useQuoteDraft';

const VALIDITIES = [
  { minutes: '60', key: 'hour1' },
  { minutes: '240', key: 'hour4' },
  { minutes: '1440', key: 'day1' },
  { minutes: '4320', key: 'day3' },
  { minutes: '10080', key: 'day7' },
] as const;

/** The bank's price, made beside what the supplier will see of it. Enter gives the quote. */
// long: one form's fields in the order they are filled in
export function QuoteForm({ request, room }: { request: FinancingRequest; room: Room }) {
  const { t } = useTranslation();
  const { currency } = request.payable.face;
  const draft = useQuoteDraft(request.id, currency);
  const rateField = useFocusAtFirst();
  const give = useCommand({
    run: (body: GiveQuote, headers) => giveQuote({ path: { id: request.id }, body, headers, throwOnError: true }),
    touches: ['financing', 'credit', 'cash'],
    done: () => t('bank.request.given', { holder: request.holder.name }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = draft.read();
    if (body) give.mutate(body);
  };
  const proceeds = draft.preview.data?.proceeds;
  const cashShort = proceeds !== undefined && !draft.stale && isMore(proceeds, room.cash);
  return (
    <form noValidate onSubmit={submit} aria-label={t('bank.request.quoteTitle')}>
      <Stack gap="sm">
        <div className={classes.fields}>
          <TextInput
            ref={rateField}
            label={t('bank.request.rate')}
            title={t('bank.request.rateHint')}
            placeholder="4.0250"
            inputMode="decimal"
            autoComplete="off"
            value={draft.fields.rate}
            onChange={(event) => draft.set('rate')(event.currentTarget.value)}
            error={draft.faults.rate}
            rightSection={<span className="hw-dim">%</span>}
            styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
          />
          <AmountInput
            label={`${t('bank.request.fee')} (${t('common.optional')})`}
            currency={currency}
            value={draft.fields.fee}
            onChange={draft.set('fee')}
            error={draft.faults.fee}
          />
          <NativeSelect
            label={t('bank.request.validity')}
            value={draft.fields.minutes}
            onChange={(event) => draft.set('minutes')(event.currentTarget.value)}
            data={VALIDITIES.map(({ minutes, key }) => ({ value: minutes, label: t(`bank.request.${key}`) }))}
          />
        </div>
        <PricePreview draft={draft} currency={currency} />
        {cashShort && (
          <Notice tone="bad" title={t('bank.request.cashShort')} words={t('bank.request.cashShortWords')} />
        )}
        <ProblemNotice problem={give.error} />
      </Stack>
      <div className={classes.foot}>
        <span className={classes.dim}>
          {t('bank.request.firm')} <Ends minutes={draft.fields.minutes} request={request} />
        </span>
        <Button type="submit" loading={give.isPending} disabled={!room.enough}>
          {t('bank.request.quote')}
        </Button>
      </div>
    </form>
  );
}

/** When the quote would end: after its own time, or with the request if that is sooner. */
function Ends({ minutes, request }: { minutes: string; request: FinancingRequest }) {
  const { t, i18n } = useTranslation();
  const { now } = useToday();
  const own = now() + Number(minutes) * 60_000;
  const end = new Date(Math.min(own, Date.parse(request.expiresAt))).toISOString();
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {t('common.expires')} {formatInstant(end, i18n.language)}
    </span>
  );
}

/** With a keyboard at hand the rate is typed at once; on a phone the keys would cover what must be read first. */
function useFocusAtFirst() {
  const field = useRef<HTMLInputElement>(null);
  const desk = useMediaQuery('(min-width: 48em) and (hover: hover)', false, { getInitialValueInEffect: false });
  useEffect(() => {
    if (desk) field.current?.focus({ preventScroll: true });
  }, [desk]);
  return field;
}
