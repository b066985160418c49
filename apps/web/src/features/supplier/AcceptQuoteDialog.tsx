import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { acceptQuote, type FinancingRequestDetail } from '../../api/generated';
import { ConfirmDialog } from '../../components/Dialogs';
import { useMoneyText } from '../../components/Money';
import { Notice } from '../../components/Notice';

interface Props {
  quote: FinancingRequestDetail['quotes'][number];
  currency: string;
  onClose: () => void;
}

/** The last look before a sale. A quote dearer than the reference loan needs a second, conscious act. */
export function AcceptQuoteDialog({ quote, currency, onClose }: Props) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const warned = quote.fairPrice?.warning ?? false;
  const [seen, setSeen] = useState(false);
  const [missing, setMissing] = useState(false);
  const command = useCommand({
    run: (id: string, headers) => acceptQuote({ path: { id }, headers, throwOnError: true }),
    touches: ['financing', 'holdings', 'payables', 'cash'],
    done: () => t('financing.acceptDone'),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('financing.acceptTitle', { bank: quote.bank.name })}
      verb={t('financing.accept')}
      busy={command.isPending}
      problem={command.error}
      onConfirm={() => (warned && !seen ? setMissing(true) : command.mutate(quote.id))}
    >
      {t('financing.acceptWords', {
        units: money(quote.price.units, currency),
        bank: quote.bank.name,
        proceeds: money(quote.price.proceeds, currency),
      })}
      {warned && (
        <>
          <div style={{ height: 12 }} />
          <Notice tone="bad" title={t('financing.card.warning')} words={t('financing.card.warningWords')} />
          <Checkbox
            label={t('financing.acceptWarned')}
            checked={seen}
            onChange={(event) => setSeen(event.currentTarget.checked)}
            error={missing && !seen ? t('common.fault.required') : undefined}
          />
        </>
      )}
    </ConfirmDialog>
  );
}
