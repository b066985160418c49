import { Anchor, Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type CashBalance, type Payable, payPayable } from '../../api/generated';
import { balancesQuery } from '../../api/queries';
import { AmountInput, useReadAmount } from '../../components/AmountInput';
import { Dialog } from '../../components/Dialogs';
import { Money, useMoneyText } from '../../components/Money';
import { Notice, ProblemNotice } from '../../components/Notice';
import { useToday } from '../../components/When';
import { formatDay } from '../../lib/days';
import { isMore, isZero, remaining } from '../../lib/money';
import classes from './buyer.module.css';
import { openOf } from './owed';

interface Props {
  payable: Payable;
  onClose: () => void;
}

/** Pays a payable: in full at any time, in part from its due day on. Says what is left of the balance before it happens. */
// long: one form in reading order, field after field
export function PayDialog({ payable, onClose }: Props) {
  const { t } = useTranslation();
  const { today } = useToday();
  const money = useMoneyText();
  const read = useReadAmount();
  const currency = payable.face.currency;
  const open = openOf(payable);
  const [part, setPart] = useState(false);
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const { data: balances } = useQuery(balancesQuery);
  const balance = balances?.find((one) => one.currency === currency);
  const reading = part ? read(typed, currency, open) : { minor: open };
  const minor = 'minor' in reading ? reading.minor : undefined;
  const short = minor !== undefined && balance !== undefined && isMore(minor, balance.available);
  const pay = useCommand({
    run: (amount: string, headers) =>
      payPayable({
        path: { id: payable.id },
        body: { minor: amount, expectedPaidMinor: payable.paid.minor },
        headers,
        throwOnError: true,
      }),
    touches: ['payables', 'cash'],
    done: (_, amount) => t('buyer.pay.done', { amount: money(amount, currency), reference: payable.reference }),
    onDone: onClose,
  });
  const submit = () => {
    setTried(true);
    if (minor !== undefined && !short) pay.mutate(minor);
  };
  return (
    <Dialog opened onClose={onClose} title={t('buyer.pay.title', { reference: payable.reference })}>
      <ProblemNotice problem={pay.error} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <PartChoice payable={payable} today={today} part={part} onChange={setPart} />
          {part && (
            <AmountInput
              label={t('buyer.pay.amount')}
              currency={currency}
              value={typed}
              onChange={setTyped}
              max={open}
              maxLabel={t('buyer.pay.open')}
              error={(tried || typed !== '') && 'fault' in reading ? reading.fault : undefined}
              autoFocus
            />
          )}
          <Sums open={open} minor={minor ?? '0'} currency={currency} balance={balance} />
          {balances && <Shortfall balance={balance} minor={minor ?? '0'} currency={currency} part={part} />}
          <div className="hw-dim">{part ? t('buyer.pay.partWords') : t('buyer.pay.whom')}</div>
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={pay.isPending}
            disabled={short || !balance}
            data-autofocus={part ? undefined : true}
          >
            {minor === undefined ? t('buyer.payables.pay') : t('buyer.pay.verb', { amount: money(minor, currency) })}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  payable: Payable;
  today: string;
  part: boolean;
  onChange: (part: boolean) => void;
}

function PartChoice({ payable, today, part, onChange }: ChoiceProps) {
  const { t, i18n } = useTranslation();
  const early = payable.dueDay > today;
  return (
    <div>
      <SegmentedControl
        fullWidth
        aria-label={t('buyer.pay.amount')}
        value={part ? 'part' : 'full'}
        onChange={(value) => onChange(value === 'part')}
        data={[
          { value: 'full', label: t('buyer.pay.full') },
          { value: 'part', label: t('buyer.pay.part'), disabled: early },
        ]}
      />
      {early && (
        <div className={classes.todoWords} style={{ marginTop: 6 }}>
          {t('buyer.pay.early')} {t('buyer.pay.partUnavailable', { day: formatDay(payable.dueDay, i18n.language) })}
        </div>
      )}
    </div>
  );
}

function Sums({
  open,
  minor,
  currency,
  balance,
}: {
  open: string;
  minor: string;
  currency: string;
  balance: CashBalance | undefined;
}) {
  const { t } = useTranslation();
  const left = remaining(open, minor);
  const after = balance && !isMore(minor, balance.available) ? remaining(balance.available, minor) : undefined;
  return (
    <dl className={classes.sums}>
      <div>
        <dt>{t('buyer.pay.open')}</dt>
        <dd>
          <Money value={{ minor: open, currency }} />
        </dd>
      </div>
      {!isZero(left) && !isZero(minor) && (
        <div>
          <dt>{t('buyer.pay.stillOwed')}</dt>
          <dd>
            <Money value={{ minor: left, currency }} />
          </dd>
        </div>
      )}
      {balance && (
        <div>
          <dt>
            {t('buyer.pay.balance')} · {t('cash.with', { bank: balance.settlementBank })}
          </dt>
          <dd>
            <Money value={{ minor: balance.available, currency }} />
          </dd>
        </div>
      )}
      {after !== undefined && (
        <div>
          <dt>{t('buyer.pay.after')}</dt>
          <dd>
            <Money value={{ minor: after, currency }} />
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Not enough money: how much is missing and where to pay it in. */
function Shortfall({
  balance,
  minor,
  currency,
  part,
}: {
  balance: CashBalance | undefined;
  minor: string;
  currency: string;
  part: boolean;
}) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const toCash = (
    <Anchor component={Link} to="/cash" fz="sm">
      {t('nav.cash')}
    </Anchor>
  );
  if (!balance)
    return <Notice tone="bad" title={t('buyer.pay.noBalance', { currency })} words={t('buyer.pay.noBalanceWords')} />;
  if (!isMore(minor, balance.available)) return null;
  const bank = balance.settlementBank;
  return (
    <Notice
      tone="bad"
      title={t('buyer.pay.short', { amount: money(remaining(minor, balance.available), currency) })}
      words={t(part ? 'buyer.pay.shortWordsPart' : 'buyer.pay.shortWords', { bank })}
    >
      {toCash}
    </Notice>
  );
}
