import { Anchor, Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvoiceDetail } from '../../api/generated';
import { ApiProblem, toProblem } from '../../api/problem';
import { invoiceQuery } from '../../api/queries';
import { Money } from '../../components/Money';
import { Notice, ProblemNotice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { Timeline } from '../../components/Timeline';
import { Day, DueDay } from '../../components/When';
import { useMe } from '../session/me';

interface Props {
  id: string | undefined;
  onClose: () => void;
  actions?: (invoice: InvoiceDetail) => ReactNode;
  extra?: (invoice: InvoiceDetail) => ReactNode;
}

/** One invoice beside its list, the same for seller and buyer; what each may do comes in as actions. */
export function InvoicePanel({ id, onClose, actions, extra }: Props) {
  const { t } = useTranslation();
  const query = useQuery({ ...invoiceQuery(id ?? ''), enabled: id !== undefined });
  const invoice = id ? query.data : undefined;
  return (
    <Panel
      opened={id !== undefined}
      onClose={onClose}
      title={invoice?.number ?? t('invoices.number')}
      actions={invoice && actions?.(invoice)}
    >
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!invoice && !query.error && <Skeleton height={180} />}
      {invoice && <Body invoice={invoice} extra={extra?.(invoice)} />}
    </Panel>
  );
}

function Body({ invoice, extra }: { invoice: InvoiceDetail; extra: ReactNode }) {
  const { t } = useTranslation();
  const me = useMe();
  const buyer = invoice.buyer.name;
  return (
    <>
      <Figure aside={<StateBadge kind="invoice" state={invoice.state} />}>
        <Money value={invoice.amount} />
      </Figure>
      {invoice.failure && (
        <>
          <Notice tone="bad" title={t('invoices.failed')} />
          <ProblemNotice problem={new ApiProblem(invoice.failure, 409, invoice.failure)} />
        </>
      )}
      {invoice.decision?.reason && invoice.state !== 'CONFIRMED' && (
        <Notice
          tone={invoice.state === 'REJECTED' ? 'bad' : 'wait'}
          title={t('invoices.reasonOf', { buyer })}
          words={invoice.decision.reason}
        />
      )}
      {extra}
      <Facts
        items={[
          [t('invoices.seller'), invoice.seller.name],
          [t('invoices.buyer'), buyer],
          [t('invoices.issued'), <Day key="i" day={invoice.issueDay} />],
          [t('common.due'), <DueDay key="d" day={invoice.decision?.dueDay ?? invoice.dueDay} />],
          [t('invoices.order'), invoice.orderNumber],
          [t('invoices.document'), invoice.hasDocument && <DocumentLink id={invoice.id} />],
          [
            t('invoices.payable'),
            invoice.payableId && (
              <PayableLink id={invoice.payableId} buyer={me?.session.organisation.id === invoice.buyer.id} />
            ),
          ],
        ]}
      />
      <PanelSection title={t('common.history')}>
        <Timeline
          entries={invoice.timeline}
          next={t(`invoices.next.${invoice.state}`, { buyer })}
          currency={invoice.amount.currency}
        />
      </PanelSection>
    </>
  );
}

function DocumentLink({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Button
      component="a"
      href={`/api/v1/invoices/${id}/document`}
      download
      variant="transparent"
      size="compact-sm"
      px={0}
      leftSection={<IconDownload size={14} aria-hidden />}
    >
      {t('invoices.documentGet')}
    </Button>
  );
}

function PayableLink({ id, buyer }: { id: string; buyer: boolean }) {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} fz="sm" to={buyer ? '/buyer/payables' : '/holdings'} search={{ open: id } as never}>
      {t('invoices.payableOpen')}
    </Anchor>
  );
}
