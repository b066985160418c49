import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { withdrawQuote } from '../../api/generated';
import { ConfirmDialog } from '../../components/Dialogs';
import { useMoneyText } from '../../components/Money';

interface Props {
  quote: { id: string; units: string; currency: string; holder: string };
  onClose: () => void;
}

/** Takes an open price back; what it blocked is free at once. */
export function WithdrawQuoteDialog({ quote, onClose }: Props) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const withdraw = useCommand({
    run: (id: string, headers) => withdrawQuote({ path: { id }, headers, throwOnError: true }),
    touches: ['financing', 'credit', 'cash'],
    done: () => t('bank.quote.withdrawn'),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('bank.quote.withdrawTitle')}
      verb={t('bank.quote.withdraw')}
      danger
      busy={withdraw.isPending}
      problem={withdraw.error}
      onConfirm={() => withdraw.mutate(quote.id)}
    >
      {t('bank.quote.withdrawWords', { holder: quote.holder, amount: money(quote.units, quote.currency) })}
    </ConfirmDialog>
  );
}
