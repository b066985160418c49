import { Button, Progress, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Payable, PayableDetail } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { payableQuery } from '../../api/queries';
import { Money } from '../../components/Money';
import { ProblemNotice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { Timeline } from '../../components/Timeline';
import { DueDay, Instant } from '../../components/When';
import { formatDay } from '../../lib/days';
import { isZero, permille } from '../../lib/money';
import { useMe } from '../session/me';
import { Movements } from './Movements';
import { openOf } from './owed';
import { useRoleWords, Why } from './rights';

interface Props {
  id: string | undefined;
  onClose: () => void;
  onPay: (payable: Payable) => void;
}

/** One payable as its buyer sees it: what is open, to whom it went, what was paid, what comes next. */
export function PayablePanel({ id, onClose, onPay }: Props) {
  const { t } = useTranslation();
  const query = useQuery({ ...payableQuery(id ?? ''), enabled: id !== undefined });
  const payable = id ? query.data : undefined;
  return (
    <Panel
      opened={id !== undefined}
      onClose={onClose}
      title={payable?.reference ?? t('invoices.payable')}
      actions={payable && <Actions payable={payable} onPay={onPay} />}
    >
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!payable && !query.error && <Skeleton height={240} />}
      {payable && <Body payable={payable} />}
    </Panel>
  );
}

function Actions({ payable, onPay }: { payable: Payable; onPay: (payable: Payable) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const roles = useRoleWords();
  if (payable.state !== 'OPEN' && payable.state !== 'PAYING') return null;
  if (!me?.can('TREASURER')) return <Why>{t('buyer.payables.needTreasurer', { roles })}</Why>;
  return <Button onClick={() => onPay(payable)}>{t('buyer.payables.pay')}</Button>;
}

function Body({ payable }: { payable: PayableDetail }) {
  const { t, i18n } = useTranslation();
  const currency = payable.face.currency;
  const open = openOf(payable);
  const shown = payable.overdue ? 'OVERDUE' : payable.state;
  const owed = payable.state === 'OPEN' || payable.state === 'PAYING';
  const part = permille(payable.paid.minor, payable.face.minor) / 10;
  return (
    <>
      <Figure aside={<StateBadge kind="payable" state={shown} />}>
        <Money value={owed ? { minor: open, currency } : payable.face} />
      </Figure>
      {owed && !isZero(payable.paid.minor) && (
        <Progress value={part} size="sm" mb="sm" aria-label={t('buyer.payables.paid')} />
      )}
      <Facts
        items={[
          [t('buyer.payables.supplier'), payable.supplier?.name],
          [t('invoices.number'), payable.invoiceNumber],
          [t('common.due'), <DueDay key="d" day={payable.dueDay} settled={!owed} />],
          [t('buyer.payables.face'), <Money key="f" value={payable.face} />],
          [t('buyer.payables.paid'), <Money key="p" value={payable.paid} />],
          [t('buyer.payables.open'), owed && <Money key="o" value={{ minor: open, currency }} strong />],
          [t('buyer.payables.confirmed'), <Instant key="c" at={payable.confirmedAt} />],
        ]}
      />
      <PanelSection title={t('buyer.payables.movements')}>
        <Movements movements={payable.movements} currency={currency} />
      </PanelSection>
      <PanelSection title={t('common.history')}>
        <Timeline
          entries={payable.timeline}
          next={t(`buyer.payables.next.${shown}`, { day: formatDay(payable.dueDay, i18n.language) })}
          currency={currency}
        />
      </PanelSection>
    </>
  );
}
