import { Anchor, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry, Transfer } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { transferQuery } from '../../api/queries';
import { Money } from '../../components/Money';
import { Notice, ProblemNotice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { Timeline } from '../../components/Timeline';
import { DueDay } from '../../components/When';
import { formatInstant } from '../../lib/days';
import { useMe } from '../session/me';

interface Props {
  id: string | undefined;
  onClose: () => void;
  actions: (transfer: Transfer) => ReactNode;
}

export function TransferPanel({ id, onClose, actions }: Props) {
  const { t } = useTranslation();
  const query = useQuery({ ...transferQuery(id ?? ''), enabled: id !== undefined });
  const transfer = id ? query.data : undefined;
  return (
    <Panel
      opened={id !== undefined}
      onClose={onClose}
      title={transfer?.reference ?? t('transfers.title')}
      actions={transfer && actions(transfer)}
    >
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!transfer && !query.error && <Skeleton height={180} />}
      {transfer && <Body transfer={transfer} />}
    </Panel>
  );
}

function Body({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const next = useNext(transfer);
  const entries: TimelineEntry[] = [
    { event: 'TRANSFER_OFFERED', occurredAt: transfer.offeredAt, organisation: transfer.from.name, details: {} },
  ];
  if (transfer.decidedAt)
    entries.push({ event: `TRANSFER_${transfer.state}`, occurredAt: transfer.decidedAt, details: {} });
  return (
    <>
      <Figure aside={<StateBadge kind="transfer" state={transfer.state} />}>
        <Money value={{ minor: transfer.units, currency: transfer.payable.face.currency }} />
      </Figure>
      {transfer.reason && <Notice tone="bad" title={t('common.reason')} words={transfer.reason} />}
      <Facts
        items={[
          [t('common.from'), transfer.from.name],
          [t('common.to'), transfer.to.name],
          [t('transfers.what'), transfer.reference],
          [
            t('holdings.reference'),
            <Anchor key="p" component={Link} fz="sm" to="/holdings" search={{ open: transfer.payable.id } as never}>
              {transfer.payable.reference}
            </Anchor>,
          ],
          [t('holdings.buyer'), transfer.payable.buyer.name],
          [t('common.due'), <DueDay key="d" day={transfer.payable.dueDay} />],
        ]}
      />
      <PanelSection title={t('common.history')}>
        <Timeline entries={entries} next={next} />
      </PanelSection>
    </>
  );
}

function useNext(transfer: Transfer): string {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const when = formatInstant(transfer.expiresAt, i18n.language);
  if (transfer.state === 'OFFERED')
    return transfer.to.id === me?.session.organisation.id
      ? t('transfers.next.in', { when })
      : t('transfers.next.out', { name: transfer.to.name, when });
  if (transfer.state === 'ACCEPTED') return t('transfers.next.ACCEPTED');
  if (transfer.state === 'COMPLETED') return t('transfers.next.COMPLETED', { name: transfer.to.name });
  return t('transfers.next.ended');
}
