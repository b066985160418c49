import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type CreditLimit, type SetCreditLimit, setCreditLimit } from '../../api/generated';
import { limitsQuery, metaQuery, obligorGroupsQuery } from '../../api/queries';
import { AmountInput, useReadAmount } from '../../components/AmountInput';
import { Dialog } from '../../components/Dialogs';
import { useMoneyText } from '../../components/Money';
import { Notice, ProblemNotice } from '../../components/Notice';
import { formatMinor, isMore } from '../../lib/money';
import { oneOf } from '../../lib/search';
import { inUse } from './UsageBar';

/** Sets what the bank will carry on a buyer group in one currency; `limit` changes that one. */
// long: one form's fields in the order they are filled in
export function SetLimitDialog({ limit, onClose }: { limit?: CreditLimit; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { data: groups = [] } = useQuery(obligorGroupsQuery);
  const { data: limits = [] } = useQuery(limitsQuery);
  const { data: meta } = useQuery(metaQuery);
  const money = useMoneyText();
  const read = useReadAmount();
  const [chosen, setGroup] = useState(limit?.obligorGroup);
  const [currency, setCurrency] = useState<string>(limit?.currency ?? 'CNY');
  const [typed, setTyped] = useState(limit ? formatMinor(limit.limit, limit.currency, i18n.language) : '');
  const [fault, setFault] = useState<string>();
  const group = chosen ?? groups[0]?.name;
  const before = limits.find((known) => known.obligorGroup === group && known.currency === currency);
  const amount = read(typed, currency);
  const lower = before && 'minor' in amount && isMore(inUse(before), amount.minor);
  const set = useCommand({
    run: (body: SetCreditLimit, headers) => setCreditLimit({ body, headers, throwOnError: true }),
    touches: ['credit'],
    done: () => t('bank.limit.done'),
    onDone: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFault('fault' in amount ? amount.fault : undefined);
    const code = oneOf(currency, ['CNY', 'EUR', 'USD', 'GBP', 'JPY', 'KWD']);
    if (group && code && 'minor' in amount)
      set.mutate({ obligorGroup: group, limit: { minor: amount.minor, currency: code } });
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={limit ? t('bank.limit.changeTitle', { group: limit.obligorGroup }) : t('bank.limit.set')}
    >
      <ProblemNotice problem={set.error} />
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          {!limit && (
            <>
              <NativeSelect
                label={t('bank.limit.group')}
                description={groupWords(
                  groups.find((known) => known.name === group)?.buyers,
                  t('bank.limit.groupHint'),
                  (names) => t('bank.limit.buyers', { names }),
                )}
                value={group ?? ''}
                onChange={(event) => setGroup(event.currentTarget.value)}
                data={groups.map(({ name }) => name)}
              />
              <NativeSelect
                label={t('common.currency')}
                value={currency}
                onChange={(event) => setCurrency(event.currentTarget.value)}
                data={meta?.currencies.map(({ code }) => code) ?? ['CNY']}
              />
            </>
          )}
          <AmountInput
            label={t('bank.limit.amount')}
            currency={currency}
            value={typed}
            onChange={setTyped}
            error={fault}
            autoFocus
          />
          {before && (
            <div className="hw-dim">
              {t('bank.limit.now', { limit: money(before.limit, currency), used: money(inUse(before), currency) })}
            </div>
          )}
          {lower && <Notice tone="wait" title={t('bank.limit.lower')} words={t('bank.limit.lowerWords')} />}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={set.isPending} disabled={!group}>
            {t('bank.limit.set')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function groupWords(buyers: string[] | undefined, hint: string, named: (names: string) => string): string {
  return buyers && buyers.length > 0 ? named(buyers.join(', ')) : hint;
}
