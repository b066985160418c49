import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type ConfirmPayout, confirmPayout, type Payout, type ReturnPayout, returnPayout } from '../../api/generated';
import { Dialog, ReasonDialog } from '../../components/Dialogs';
import { Money, useMoneyText } from '../../components/Money';
import { ProblemNotice } from '../../components/Notice';
import { Facts } from '../../components/Panel';

export interface Deciding {
  payout: Payout;
  how: 'confirm' | 'return';
}

/** The settlement bank's two answers to a payout: sent, or back to the member. */
export function PayoutDialogs({ deciding, onClose }: { deciding: Deciding | undefined; onClose: () => void }) {
  if (!deciding) return null;
  return deciding.how === 'confirm' ? (
    <ConfirmPayoutDialog payout={deciding.payout} onClose={onClose} />
  ) : (
    <ReturnPayoutDialog payout={deciding.payout} onClose={onClose} />
  );
}

function ConfirmPayoutDialog({ payout, onClose }: { payout: Payout; onClose: () => void }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const [reference, setReference] = useState('');
  const [missing, setMissing] = useState(false);
  const confirm = useCommand({
    run: (body: ConfirmPayout, headers) =>
      confirmPayout({ path: { id: payout.id }, body, headers, throwOnError: true }),
    touches: ['cash'],
    done: () => t('bank.payout.confirmDone', { name: payout.organisation.name }),
    onDone: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const bankReference = reference.trim();
    setMissing(!bankReference);
    if (bankReference) confirm.mutate({ bankReference });
  };
  return (
    <Dialog opened onClose={onClose} title={t('bank.payout.confirmTitle', { name: payout.organisation.name })}>
      <ProblemNotice problem={confirm.error} />
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <div className="hw-dim">
            {t('bank.payout.confirmWords', { amount: money(payout.amount.minor, payout.amount.currency) })}
          </div>
          <PayoutFacts payout={payout} />
          <TextInput
            label={t('bank.deposit.reference')}
            description={t('bank.deposit.referenceHint')}
            maxLength={35}
            autoComplete="off"
            data-autofocus
            value={reference}
            onChange={(event) => setReference(event.currentTarget.value)}
            error={missing && !reference.trim() ? t('common.fault.required') : undefined}
          />
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={confirm.isPending}>
            {t('bank.payout.confirm')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function ReturnPayoutDialog({ payout, onClose }: { payout: Payout; onClose: () => void }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const name = payout.organisation.name;
  const giveBack = useCommand({
    run: (body: ReturnPayout, headers) => returnPayout({ path: { id: payout.id }, body, headers, throwOnError: true }),
    touches: ['cash'],
    done: () => t('bank.payout.returnDone', { name }),
    onDone: onClose,
  });
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('bank.payout.returnTitle', { name })}
      words={t('bank.payout.returnWords', { name, amount: money(payout.amount.minor, payout.amount.currency) })}
      verb={t('bank.payout.return')}
      busy={giveBack.isPending}
      problem={giveBack.error}
      onSubmit={(reason) => giveBack.mutate({ reason })}
    />
  );
}

/** What must be typed into the bank's own payment system, to the letter. */
export function PayoutFacts({ payout }: { payout: Payout }) {
  const { t } = useTranslation();
  return (
    <Facts
      items={[
        [t('common.amount'), <Money key="a" value={payout.amount} strong />],
        [t('bank.payout.holder'), payout.account.holder],
        [
          t('bank.payout.number'),
          <span key="n" className="hw-num" style={{ whiteSpace: 'normal' }}>
            {payout.account.number}
          </span>,
        ],
      ]}
    />
  );
}
