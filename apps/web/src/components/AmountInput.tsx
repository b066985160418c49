import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMinor, isMore, minorToDecimal, parseAmount } from '../lib/money';

interface Props {
  label: string;
  currency: string;
  value: string;
  onChange: (typed: string) => void;
  error?: ReactNode;
  /** Offers the whole of it with one click. */
  max?: string;
  maxLabel?: string;
  autoFocus?: boolean;
  readOnly?: boolean;
}

/** An amount as a person types it. The text stays what was typed until the field is left; it is read by useAmount, never as a float. */
export function AmountInput({ label, currency, value, onChange, error, max, maxLabel, autoFocus, readOnly }: Props) {
  const { i18n, t } = useTranslation();
  const id = useId();
  const tidy = () => {
    const read = parseAmount(value, currency);
    if ('minor' in read) onChange(formatMinor(read.minor, currency, i18n.language));
  };
  return (
    <div>
      <TextInput
        id={id}
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={tidy}
        error={error}
        inputMode="decimal"
        autoComplete="off"
        data-autofocus={autoFocus || undefined}
        readOnly={readOnly}
        rightSection={
          <span className="hw-dim" style={{ fontSize: 12.5 }}>
            {currency}
          </span>
        }
        rightSectionWidth={52}
        styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
      />
      {max !== undefined && !readOnly && (
        <Button
          variant="transparent"
          size="compact-xs"
          px={0}
          mt={4}
          onClick={() => onChange(formatMinor(max, currency, i18n.language))}
        >
          {maxLabel ?? t('common.available')}: {formatMinor(max, currency, i18n.language)} {currency}
        </Button>
      )}
    </div>
  );
}

/** Reads a typed amount against its ceiling, in words for the field. */
export function useReadAmount() {
  const { t, i18n } = useTranslation();
  return (typed: string, currency: string, max?: string): { minor: string } | { fault: string } => {
    if (!typed.trim()) return { fault: t('common.fault.required') };
    const read = parseAmount(typed, currency);
    if ('fault' in read) return { fault: t(`common.fault.${read.fault}`) };
    if (max !== undefined && isMore(read.minor, max))
      return {
        fault: t('common.fault.tooMuch', { amount: `${formatMinor(max, currency, i18n.language)} ${currency}` }),
      };
    return read;
  };
}

export { minorToDecimal };
