import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { claimHolding, type PayableDetail } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { payableQuery } from '../../api/queries';
import { Money, useMoneyText } from '../../components/Money';
import { Notice, ProblemNotice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { PayableBadge } from '../../components/PayableBadge';
import { Timeline } from '../../components/Timeline';
import { DueDay, Instant } from '../../components/When';
import { formatDay } from '../../lib/days';
import { isZero } from '../../lib/money';
import { useMe } from '../session/me';
import { claimableOf, outstandingOf, purchaseOf } from './position';
import { Steps } from './Steps';

/** One holding of the bank: what it cost, what comes back and when, and how it got here. */
export function HoldingPanel({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({ ...payableQuery(id ?? ''), enabled: id !== undefined });
  const payable = id ? query.data : undefined;
  return (
    <Panel opened={id !== undefined} onClose={onClose} title={payable?.reference ?? t('holdings.reference')}>
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!payable && !query.error && <Skeleton height={240} />}
      {payable && <Body payable={payable} />}
    </Panel>
  );
}

function Body({ payable }: { payable: PayableDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const next = useNext();
  const { currency } = payable.face;
  const { holding } = payable;
  const bankId = me?.session.organisation.id ?? '';
  const purchase = purchaseOf(payable.movements, bankId);
  const settled = payable.state === 'PAID' || payable.state === 'CLOSED';
  const amount = (minor: string) => <Money value={{ minor, currency }} />;
  return (
    <>
      <Figure aside={<PayableBadge payable={payable} />}>
        {amount(holding && !isZero(holding.held) ? holding.held : (purchase?.units ?? holding?.received ?? '0'))}
      </Figure>
      {holding && <Collect payable={payable} minor={claimableOf(holding, payable)} />}
      <Facts
        items={[
          [t('holdings.buyer'), payable.buyer.name],
          [t('common.due'), <DueDay key="d" day={payable.dueDay} settled={settled} />],
          [t('holdings.face'), amount(payable.face.minor)],
          [t('holdings.paid'), !isZero(payable.paid.minor) && amount(payable.paid.minor)],
          [t('holdings.confirmed'), <Instant key="c" at={payable.confirmedAt} />],
        ]}
      />
      <PanelSection title={t('bank.portfolio.position')}>
        <Facts
          items={[
            [t('bank.portfolio.cost'), purchase && amount(purchase.cost)],
            [t('bank.portfolio.earns'), purchase && amount(purchase.earns)],
            [t('bank.portfolio.received'), holding && !isZero(holding.received) && amount(holding.received)],
            [t('bank.portfolio.outstanding'), holding && amount(outstandingOf(holding))],
            [t('holdings.frozen'), holding && !isZero(holding.frozen) && amount(holding.frozen)],
          ]}
        />
      </PanelSection>
      <Purchases payable={payable} bankId={bankId} next={next(payable)} />
      {payable.timeline.length > 0 && (
        <PanelSection title={t('common.history')}>
          <Timeline entries={payable.timeline} currency={currency} />
        </PanelSection>
      )}
    </>
  );
}

function Purchases({ payable, bankId, next }: { payable: PayableDetail; bankId: string; next: string }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const { currency } = payable.face;
  const bought = payable.movements.filter((movement) => movement.to?.id === bankId && movement.price !== undefined);
  return (
    <PanelSection title={t('bank.portfolio.history')}>
      <Steps
        steps={bought.map((movement) => ({
          words: t('bank.portfolio.bought', { name: movement.from?.name ?? '–' }),
          at: movement.occurredAt,
          detail: t('bank.portfolio.boughtAt', {
            units: money(movement.units, currency),
            price: money(movement.price ?? '0', currency),
          }),
        }))}
        next={next}
      />
    </PanelSection>
  );
}

/** Payments are normally collected by themselves; where one was not, the holder asks for it here. */
function Collect({ payable, minor }: { payable: PayableDetail; minor: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const money = useMoneyText();
  const claim = useCommand({
    run: (id: string, headers) => claimHolding({ path: { id }, headers, throwOnError: true }),
    touches: ['holdings', 'payables', 'cash', 'credit'],
    done: () => t('bank.portfolio.collectDone'),
  });
  if (isZero(minor)) return null;
  const allowed = me?.can('MAKER') || me?.can('TREASURER');
  return (
    <>
      <Notice
        tone="good"
        title={t('bank.portfolio.collectTitle', { amount: money(minor, payable.face.currency) })}
        words={t('bank.portfolio.collectWords', { buyer: payable.buyer.name })}
      >
        {allowed && (
          <Button size="compact-sm" loading={claim.isPending} onClick={() => claim.mutate(payable.id)}>
            {t('bank.portfolio.collect')}
          </Button>
        )}
      </Notice>
      <ProblemNotice problem={claim.error} />
    </>
  );
}

function useNext() {
  const { t, i18n } = useTranslation();
  const money = useMoneyText();
  return (payable: PayableDetail): string => {
    const left = payable.holding ? outstandingOf(payable.holding) : '0';
    if (isZero(left)) return t('bank.portfolio.expectedDone');
    const words = {
      buyer: payable.buyer.name,
      amount: money(left, payable.face.currency),
      when: formatDay(payable.dueDay, i18n.language),
    };
    return payable.overdue ? t('bank.portfolio.expectedLate', words) : t('bank.portfolio.expected', words);
  };
}
