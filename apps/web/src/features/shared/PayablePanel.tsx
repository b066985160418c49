import { Skeleton } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PayableDetail } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { payableQuery } from '../../api/queries';
import { Money } from '../../components/Money';
import { ProblemNotice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { PayableBadge } from '../../components/PayableBadge';
import { Timeline } from '../../components/Timeline';
import { DueDay, Instant } from '../../components/When';
import { isZero, permille } from '../../lib/money';
import classes from './PayablePanel.module.css';

interface Props {
  id: string | undefined;
  onClose: () => void;
  actions?: (payable: PayableDetail) => ReactNode;
}

/** One payable beside its list: what it is, what the reader holds of it, its way through the tiers, its history. */
export function PayablePanel({ id, onClose, actions }: Props) {
  const { t } = useTranslation();
  const query = useQuery({ ...payableQuery(id ?? ''), enabled: id !== undefined });
  const payable = id ? query.data : undefined;
  return (
    <Panel
      opened={id !== undefined}
      onClose={onClose}
      title={payable?.reference ?? t('holdings.reference')}
      actions={payable && actions?.(payable)}
    >
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!payable && !query.error && <Skeleton height={180} />}
      {payable && <Body payable={payable} />}
    </Panel>
  );
}

function Body({ payable }: { payable: PayableDetail }) {
  const { t } = useTranslation();
  const { currency } = payable.face;
  const holding = payable.holding;
  const next = payable.overdue
    ? 'OVERDUE'
    : payable.state === 'OPEN' || payable.state === 'PAYING' || payable.state === 'PAID'
      ? payable.state
      : undefined;
  return (
    <>
      <Figure aside={<PayableBadge payable={payable} />}>
        <Money value={holding ? { minor: holding.held, currency } : payable.face} />
      </Figure>
      {holding && !isZero(holding.held) && <Composition holding={holding} currency={currency} />}
      <Facts
        items={[
          [t('holdings.face'), <Money key="f" value={payable.face} />],
          [t('holdings.paid'), !isZero(payable.paid.minor) && <Money key="p" value={payable.paid} />],
          [
            t('holdings.received'),
            holding && !isZero(holding.received) && <Money key="r" value={{ minor: holding.received, currency }} />,
          ],
          [t('holdings.buyer'), payable.buyer.name],
          [t('holdings.supplier'), payable.supplier?.name],
          [
            t('common.due'),
            <DueDay key="d" day={payable.dueDay} settled={payable.state === 'PAID' || payable.state === 'CLOSED'} />,
          ],
          [t('holdings.invoice'), payable.invoiceNumber],
          [t('holdings.confirmed'), <Instant key="c" at={payable.confirmedAt} />],
        ]}
      />
      {payable.movements.length > 0 && (
        <PanelSection title={t('holdings.flow')}>
          <Flow payable={payable} />
        </PanelSection>
      )}
      <PanelSection title={t('common.history')}>
        <Timeline
          entries={payable.timeline}
          currency={currency}
          next={next && t(`holdings.next.${next}`, { buyer: payable.buyer.name })}
        />
      </PanelSection>
    </>
  );
}

/** held = free + offered + requested + frozen, as one bar with its words. */
function Composition({ holding, currency }: { holding: NonNullable<PayableDetail['holding']>; currency: string }) {
  const { t } = useTranslation();
  const parts = (['free', 'offered', 'requested', 'frozen'] as const).filter((part) => !isZero(holding[part]));
  return (
    <figure className={classes.composition} aria-label={t('holdings.composition')}>
      <div className={classes.bar} aria-hidden>
        {parts.map((part) => (
          <span
            key={part}
            className={classes[part]}
            style={{ width: `${permille(holding[part], holding.held) / 10}%` }}
          />
        ))}
      </div>
      <ul className={classes.legend}>
        {parts.map((part) => (
          <li key={part}>
            <span className={`${classes.dot} ${classes[part]}`} aria-hidden />
            {t(`holdings.${part}`)} <Money value={{ minor: holding[part], currency }} />
          </li>
        ))}
      </ul>
    </figure>
  );
}

function Flow({ payable }: { payable: PayableDetail }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.flow}>
      {payable.movements.map((movement) => (
        <li key={[movement.occurredAt, movement.kind, movement.from?.id, movement.to?.id, movement.units].join()}>
          <div className={classes.hop}>
            <span>{movement.from?.name ?? payable.buyer.name}</span>
            {movement.to && (
              <>
                <IconArrowRight size={14} aria-hidden />
                <span>{movement.to.name}</span>
              </>
            )}
          </div>
          <div className={classes.hopMeta}>
            <span>
              {t(`states.movement.${movement.kind}`)} · <Instant at={movement.occurredAt} />
            </span>
            <Money value={{ minor: movement.units, currency: payable.face.currency }} />
          </div>
        </li>
      ))}
    </ol>
  );
}
