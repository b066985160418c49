import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type CashBalance, type PositiveMoney, requestPayout } from '../../api/generated';
import { AmountInput, useReadAmount } from '../../components/AmountInput';
import { Dialog } from '../../components/Dialogs';
import { Notice, ProblemNotice } from '../../components/Notice';
import { Facts } from '../../components/Panel';
import { useMe } from '../session/me';

/** Takes money out to the one registered account. */
// long: one form in reading order, field after field
export function PayOutDialog({ balances, onClose }: { balances: readonly CashBalance[]; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const read = useReadAmount();
  const account = me?.session.organisation.account;
  const [currency, setCurrency] = useState(balances[0]?.currency ?? 'CNY');
  const [amount, setAmount] = useState('');
  const [tried, setTried] = useState(false);
  const balance = balances.find((candidate) => candidate.currency === currency);
  const minor = read(amount, currency, balance?.available);
  const payout = useCommand({
    run: (money: PositiveMoney, headers) => requestPayout({ body: { amount: money }, headers, throwOnError: true }),
    touches: ['cash'],
    done: () => t('cash.payOutDone'),
    onDone: onClose,
  });
  const submit = () => {
    setTried(true);
    if ('minor' in minor) payout.mutate({ minor: minor.minor, currency });
  };
  return (
    <Dialog opened onClose={onClose} title={t('cash.payOutTitle')}>
      <ProblemNotice problem={payout.error} />
      {!account && (
        <Notice tone="wait" title={t('errors.ACCOUNT_MISSING.what')} words={t('errors.ACCOUNT_MISSING.next')}>
          <Link to="/settings/$section" params={{ section: 'organisation' }}>
            {t('cash.accountSet')}
          </Link>
        </Notice>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          {balances.length > 1 && (
            <NativeSelect
              label={t('common.currency')}
              value={currency}
              data={balances.map((candidate) => candidate.currency)}
              onChange={(event) =>
                setCurrency(
                  balances.find((candidate) => candidate.currency === event.currentTarget.value)?.currency ?? currency,
                )
              }
            />
          )}
          <AmountInput
            label={t('common.amount')}
            currency={currency}
            value={amount}
            onChange={setAmount}
            max={balance?.available}
            error={tried && 'fault' in minor && minor.fault}
            autoFocus
          />
          {account && (
            <Facts
              items={[
                [t('settings.organisation.holder'), account.holder],
                [
                  t('settings.organisation.number'),
                  <span key="n" className="hw-num">
                    {account.number}
                  </span>,
                ],
              ]}
            />
          )}
          <Text size="sm" c="dimmed">
            {t('cash.payOutWords')}
          </Text>
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!account} loading={payout.isPending}>
            {t('cash.payOut')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
