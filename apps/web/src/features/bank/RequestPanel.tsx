import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FinancingRequestDetail } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { requestQuery } from '../../api/queries';
import { Money } from '../../components/Money';
import { Notice, ProblemNotice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { DueDay, Until } from '../../components/When';
import { formatInstant } from '../../lib/days';
import { useMe } from '../session/me';
import classes from './bank.module.css';
import { PriceRows } from './PriceRows';
import { QuoteForm } from './QuoteForm';
import { RoomCard } from './RoomCard';
import { useRoom } from './room';
import { Steps } from './Steps';
import { useQuoteSteps } from './useQuoteSteps';
import { WithdrawQuoteDialog } from './WithdrawQuoteDialog';

/** One request beside the market: the payable, whether the bank can take it, and its own price. */
export function RequestPanel({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({ ...requestQuery(id ?? ''), enabled: id !== undefined });
  const request = id ? query.data : undefined;
  return (
    <Panel opened={id !== undefined} onClose={onClose} title={request?.payable.reference ?? t('financing.request')}>
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!request && !query.error && <Skeleton height={320} />}
      {request && <Body key={request.id} request={request} />}
    </Panel>
  );
}

function Body({ request }: { request: FinancingRequestDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const room = useRoom(request);
  const { payable } = request;
  const { currency } = payable.face;
  const own = request.quotes.find((quote) => quote.state === 'OFFERED' || quote.state === 'ACCEPTED');
  const open = request.state === 'OPEN';
  return (
    <>
      <Figure aside={<StateBadge kind="request" state={request.state} />}>
        <Money value={{ minor: request.units, currency }} />
      </Figure>
      <Facts
        items={[
          [t('bank.request.holder'), request.holder.name],
          [t('holdings.buyer'), payable.buyer.name],
          [t('common.due'), <DueDay key="d" day={payable.dueDay} />],
          [t('holdings.face'), payable.face.minor !== request.units && <Money key="f" value={payable.face} />],
          [t('bank.request.until'), open && <Until key="u" at={request.expiresAt} />],
        ]}
      />
      {open && (
        <PanelSection title={t('bank.request.room')}>
          <RoomCard request={request} room={room} quoted={own !== undefined} />
        </PanelSection>
      )}
      {own && <OwnQuote request={request} quote={own} />}
      {open && !own && (
        <PanelSection title={t('bank.request.quoteTitle')}>
          {me?.can('MAKER') ? (
            <QuoteForm request={request} room={room} />
          ) : (
            <Notice tone="neutral" title={t('bank.request.onlyMaker')} words={t('bank.request.onlyMakerWords')} />
          )}
        </PanelSection>
      )}
      {(own || !open || !me?.can('MAKER')) && <History request={request} />}
    </>
  );
}

type OwnProps = { request: FinancingRequestDetail; quote: FinancingRequestDetail['quotes'][number] };

function OwnQuote({ request, quote }: OwnProps) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const [withdrawing, setWithdrawing] = useState(false);
  const { currency } = request.payable.face;
  const words = { holder: request.holder.name, when: formatInstant(quote.expiresAt, i18n.language) };
  return (
    <PanelSection title={t('bank.request.quoteTitle')}>
      <Notice
        tone={quote.state === 'OFFERED' ? 'wait' : 'info'}
        title={quote.state === 'OFFERED' ? t('bank.request.openTitle') : t('states.quote.ACCEPTED')}
        words={quote.state === 'OFFERED' ? t('bank.request.openWords', words) : t('bank.quote.next.ACCEPTED')}
      />
      <div className={classes.price}>
        <PriceRows price={quote.price} currency={currency} />
      </div>
      {me?.can('MAKER') && quote.state === 'OFFERED' && (
        <Button variant="default" mt="sm" onClick={() => setWithdrawing(true)}>
          {t('bank.quote.withdraw')}
        </Button>
      )}
      {withdrawing && (
        <WithdrawQuoteDialog
          quote={{ id: quote.id, units: quote.price.units, currency, holder: request.holder.name }}
          onClose={() => setWithdrawing(false)}
        />
      )}
    </PanelSection>
  );
}

/** The bank's own quotes on this request, oldest first; what others offered is never shown. */
function History({ request }: { request: FinancingRequestDetail }) {
  const { t } = useTranslation();
  const stepsOf = useQuoteSteps();
  const asked = {
    words: t('bank.quote.step.asked', { holder: request.holder.name }),
    at: request.createdAt,
  };
  const confirmed = {
    words: t('bank.request.confirmedBy', { buyer: request.payable.buyer.name }),
    at: request.payable.confirmedAt,
    detail: t('bank.request.confirmedWords'),
  };
  const steps = request.quotes
    .flatMap((quote) => stepsOf(quote, request.holder.name, request.payable.face.currency))
    .sort((a, b) => a.at.localeCompare(b.at));
  return (
    <PanelSection title={t('common.history')}>
      <Steps steps={[confirmed, asked, ...steps]} />
    </PanelSection>
  );
}
