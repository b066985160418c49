import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GiveQuote } from '../../api/generated';
import { pricePreviewQuery } from '../../api/queries';
import { parseAmount, parseRate } from '../../lib/money';

/** Typing pauses this long before the price is asked again. */
const PAUSE_MS = 250;

interface Fields {
  rate: string;
  fee: string;
  minutes: string;
}

/** An empty fee is none; zero is no error there. */
function readFee(typed: string, currency: string) {
  return /^[0.,\s]*$/.test(typed) ? { minor: '0' } : parseAmount(typed, currency);
}

/** What the bank is typing, and the price the API makes of it: the rate goes over as whole millionths, never as a float. */
export function useQuoteDraft(requestId: string, currency: string) {
  const { t } = useTranslation();
  const [fields, setFields] = useState<Fields>({ rate: '', fee: '', minutes: '1440' });
  const [shown, setShown] = useState(false);
  const ratePpm = parseRate(fields.rate);
  const fee = readFee(fields.fee, currency);
  const terms = ratePpm !== undefined && 'minor' in fee ? `${ratePpm}/${fee.minor}` : undefined;
  const [asked] = useDebouncedValue(terms, PAUSE_MS);
  const [askedRate = '0', askedFee = '0'] = asked?.split('/') ?? [];
  const preview = useQuery({
    ...pricePreviewQuery(requestId, Number(askedRate), askedFee),
    enabled: asked !== undefined,
  });
  const faults = {
    rate: rateFault(),
    fee: 'fault' in fee ? t(`common.fault.${fee.fault}`) : undefined,
  };
  function rateFault(): string | undefined {
    if (ratePpm !== undefined) return undefined;
    if (fields.rate.trim() === '') return shown ? t('common.fault.required') : undefined;
    return t('common.fault.rate');
  }
  return {
    fields,
    faults,
    preview,
    typed: terms !== undefined,
    /** The price shown is of an earlier keystroke. */
    stale: terms !== asked || preview.isFetching,
    set: (field: keyof Fields) => (value: string) => setFields((before) => ({ ...before, [field]: value })),
    /** The quote to give, or nothing while a field is at fault (which is then marked). */
    read: (): GiveQuote | undefined => {
      setShown(true);
      if (ratePpm === undefined || !('minor' in fee)) return undefined;
      return { ratePpm, feeMinor: fee.minor, validMinutes: Number(fields.minutes) };
    },
  };
}

export type QuoteDraft = ReturnType<typeof useQuoteDraft>;
