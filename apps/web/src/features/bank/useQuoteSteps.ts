import { useTranslation } from 'react-i18next';
import type { Quote } from '../../api/generated';
import { useMoneyText } from '../../components/Money';
import { useRateText } from './PriceRows';
import type { Step } from './Steps';

/** A quote's own story: given, and how it ended. */
export function useQuoteSteps() {
  const { t } = useTranslation();
  const money = useMoneyText();
  const rate = useRateText();
  return (quote: Quote, holder: string, currency: string): Step[] => {
    const given = {
      words: t('bank.quote.step.given'),
      at: quote.createdAt,
      detail: `${rate(quote.price.ratePpm)} · ${money(quote.price.proceeds, currency)}`,
    };
    if (quote.state === 'OFFERED') return [given];
    const ended = { words: t(`bank.quote.step.${quote.state}`, { holder }), at: quote.decidedAt ?? quote.expiresAt };
    return [given, ended];
  };
}
