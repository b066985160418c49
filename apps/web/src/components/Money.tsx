import { useTranslation } from 'react-i18next';
import type { Money as MoneyValue } from '../api/generated';
import { formatMinor } from '../lib/money';
import classes from './Money.module.css';

interface Props {
  value: Pick<MoneyValue, 'minor'> & { currency: string };
  strong?: boolean;
  /** Without the code, where another figure of the same row carries it. */
  bare?: boolean;
}

/** An amount with its currency, the code quiet behind the figures. */
export function Money({ value, strong, bare }: Props) {
  const { i18n } = useTranslation();
  return (
    <span className={`hw-num ${strong ? classes.strong : ''}`}>
      {formatMinor(value.minor, value.currency, i18n.language)}
      {!bare && <span className={classes.code}> {value.currency}</span>}
    </span>
  );
}

/** The same as text, for sentences and titles. */
export function useMoneyText() {
  const { i18n } = useTranslation();
  return (minor: string, currency: string) => `${formatMinor(minor, currency, i18n.language)} ${currency}`;
}
