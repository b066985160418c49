import { Anchor, Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Invoice, InvoiceDetail } from '../../api/generated';
import { ApiProblem, toProblem } from '../../api/problem';
import { colleaguesQuery, invoiceQuery } from '../../api/queries';
import { Money } from '../../components/Money';
import { Notice, ProblemNotice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { Timeline } from '../../components/Timeline';
import { Day, DueDay } from '../../components/When';
import { useMe } from '../session/me';
import type { Deciding } from './DecisionDialogs';
import { InvoiceBadge } from './InvoiceBadge';
import { FourEyes, OwnProposalNotice, PromiseWords } from './Promise';
import { isOwn, useRoleWords, Why } from './rights';

interface Props {
  id: string | undefined;
  onClose: () => void;
  onDecide: (deciding: Deciding) => void;
}

/** One invoice as its buyer sees it: what it says, what would be promised, who has decided and who must. */
export function DecisionPanel({ id, onClose, onDecide }: Props) {
  const { t } = useTranslation();
  const query = useQuery({ ...invoiceQuery(id ?? ''), enabled: id !== undefined });
  const invoice = id ? query.data : undefined;
  return (
    <Panel
      opened={id !== undefined}
      onClose={onClose}
      title={invoice?.number ?? t('invoices.number')}
      actions={invoice && <Actions invoice={invoice} onDecide={onDecide} />}
    >
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!invoice && !query.error && <Skeleton height={240} />}
      {invoice && <Body invoice={invoice} />}
    </Panel>
  );
}

function Body({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useTranslation();
  const { decision, state } = invoice;
  const dueDay = decision?.dueDay ?? invoice.dueDay;
  const rejecting = decision?.decision === 'REJECT';
  return (
    <>
      <Figure aside={<InvoiceBadge state={state} />}>
        <Money value={invoice.amount} />
      </Figure>
      {invoice.failure && (
        <>
          <Notice tone="bad" title={t('invoices.failed')} />
          <ProblemNotice problem={new ApiProblem(invoice.failure, 409, invoice.failure)} />
        </>
      )}
      <OwnProposalNotice invoice={invoice} />
      <FourEyes invoice={invoice} />
      {rejecting && decision.reason && (
        <Notice
          tone={state === 'REJECTED' ? 'bad' : 'wait'}
          title={t('invoices.reasonOf', { buyer: invoice.buyer.name })}
          words={decision.reason}
        />
      )}
      {!rejecting && state !== 'WITHDRAWN' && state !== 'REJECTED' && (
        <PromiseWords
          invoice={invoice}
          dueDay={dueDay}
          kind={state === 'SUBMITTED' ? 'toPromise' : state === 'PROPOSED' ? 'title' : 'given'}
        />
      )}
      <Facts
        items={[
          [t('invoices.seller'), invoice.seller.name],
          [t('settings.organisation.registryNumber'), invoice.seller.registryNumber],
          [t('invoices.order'), invoice.orderNumber],
          [t('invoices.issued'), <Day key="i" day={invoice.issueDay} />],
          [
            t('common.due'),
            <DueDay key="d" day={invoice.dueDay} settled={state === 'REJECTED' || state === 'WITHDRAWN'} />,
          ],
          [
            t('buyer.confirm.due'),
            decision && !rejecting && decision.dueDay !== invoice.dueDay && <DueDay key="p" day={decision.dueDay} />,
          ],
          [t('invoices.document'), invoice.hasDocument && <DocumentLink key="f" id={invoice.id} />],
          [t('invoices.payable'), invoice.payableId && <PayableLink key="l" id={invoice.payableId} />],
        ]}
      />
      <PanelSection title={t('common.history')}>
        <Timeline entries={invoice.timeline} next={t(`buyer.next.${state}`)} currency={invoice.amount.currency} />
      </PanelSection>
    </>
  );
}

/** Only what this person may do with this invoice now; for the rest, who may and why not they. */
function Actions({ invoice, onDecide }: { invoice: InvoiceDetail; onDecide: (deciding: Deciding) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const roles = useRoleWords();
  const { data: colleagues } = useQuery(colleaguesQuery);
  if (invoice.state === 'SUBMITTED') {
    if (!me?.can('MAKER')) return <Why>{t('buyer.eyes.needMaker', { roles })}</Why>;
    return <MakerButtons invoice={invoice} onDecide={onDecide} />;
  }
  if (invoice.state !== 'PROPOSED') return null;
  const own = isOwn(invoice, me?.session, colleagues?.items);
  if (!me?.can('CHECKER'))
    return own ? <Why>{t('buyer.eyes.own')}</Why> : <Why>{t('buyer.eyes.needChecker', { roles })}</Why>;
  return (
    <>
      <Button disabled={own} onClick={() => onDecide({ step: 'approve', invoice })}>
        {t('buyer.confirm.approve')}
      </Button>
      <Button variant="default" disabled={own} onClick={() => onDecide({ step: 'decline', invoice })}>
        {t('buyer.confirm.decline')}
      </Button>
      {own && <Why>{t('buyer.eyes.own')}</Why>}
    </>
  );
}

function MakerButtons({ invoice, onDecide }: { invoice: Invoice; onDecide: (deciding: Deciding) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Button onClick={() => onDecide({ step: 'confirm', invoice })}>{t('buyer.confirm.confirm')}</Button>
      <Button variant="default" onClick={() => onDecide({ step: 'reject', invoice })}>
        {t('buyer.confirm.reject')}
      </Button>
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

function PayableLink({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} fz="sm" to="/buyer/payables" search={{ open: id } as never}>
      {t('invoices.payableOpen')}
    </Anchor>
  );
}
