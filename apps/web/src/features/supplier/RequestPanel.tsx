import { Button, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type FinancingRequestDetail, withdrawFinancingRequest } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { requestQuery } from '../../api/queries';
import { ConfirmDialog } from '../../components/Dialogs';
import { Money } from '../../components/Money';
import { Notice, ProblemNotice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { DueDay } from '../../components/When';
import { formatInstant } from '../../lib/days';
import { isMore } from '../../lib/money';
import { useMe } from '../session/me';
import { AcceptQuoteDialog } from './AcceptQuoteDialog';
import { FairPriceCard } from './FairPriceCard';

type DetailQuote = FinancingRequestDetail['quotes'][number];

/** One request beside the list: its quotes as fair-price cards, best first, and the decision. */
export function RequestPanel({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const query = useQuery({ ...requestQuery(id ?? ''), enabled: id !== undefined });
  const request = id ? query.data : undefined;
  const [withdrawing, withdraw] = useDisclosure(false);
  const open = request?.state === 'OPEN' && me?.can('MAKER');
  return (
    <Panel
      opened={id !== undefined}
      onClose={onClose}
      title={request ? `${t('financing.request')} · ${request.payable.reference}` : t('financing.request')}
      actions={
        open && (
          <Button variant="default" onClick={withdraw.open}>
            {t('financing.withdraw')}
          </Button>
        )
      }
    >
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!request && !query.error && <Skeleton height={240} />}
      {request && <Body request={request} decidable={Boolean(open)} />}
      {withdrawing && request && <WithdrawDialog id={request.id} onClose={withdraw.close} />}
    </Panel>
  );
}

function Body({ request, decidable }: { request: FinancingRequestDetail; decidable: boolean }) {
  const { t, i18n } = useTranslation();
  const [accepting, setAccepting] = useState<DetailQuote>();
  const { currency } = request.payable.face;
  const live = (quote: DetailQuote) => quote.state === 'OFFERED';
  const quotes = [...request.quotes].sort(
    (a, b) => Number(live(b)) - Number(live(a)) || (isMore(b.price.proceeds, a.price.proceeds) ? 1 : -1),
  );
  const best = quotes.find(live)?.id;
  const next =
    request.state === 'OPEN'
      ? t('financing.next.OPEN', { when: formatInstant(request.expiresAt, i18n.language) })
      : request.state === 'ACCEPTED'
        ? t('financing.next.ACCEPTED')
        : request.state === 'COMPLETED'
          ? t('financing.next.COMPLETED')
          : t('financing.next.ended');
  return (
    <>
      <Figure aside={<StateBadge kind="request" state={request.state} />}>
        <Money value={{ minor: request.units, currency }} />
      </Figure>
      <Facts
        items={[
          [t('holdings.buyer'), request.payable.buyer.name],
          [t('common.due'), <DueDay key="d" day={request.payable.dueDay} />],
          [t('common.next'), next],
        ]}
      />
      <PanelSection title={t('financing.quotesTitle')}>
        {quotes.length === 0 && (
          <Notice tone="neutral" title={t('financing.noQuotes')} words={t('financing.noQuotesWords')} />
        )}
        {quotes.map((quote) => (
          <FairPriceCard
            key={quote.id}
            quote={quote}
            currency={currency}
            best={quote.id === best && quotes.filter(live).length > 1}
            action={
              decidable &&
              live(quote) && (
                <Button variant={quote.id === best ? 'filled' : 'default'} onClick={() => setAccepting(quote)}>
                  {t('financing.accept')}
                </Button>
              )
            }
          />
        ))}
      </PanelSection>
      {accepting && <AcceptQuoteDialog quote={accepting} currency={currency} onClose={() => setAccepting(undefined)} />}
    </>
  );
}

function WithdrawDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const command = useCommand({
    run: (request: string, headers) => withdrawFinancingRequest({ path: { id: request }, headers, throwOnError: true }),
    touches: ['financing', 'holdings', 'payables'],
    done: () => t('financing.withdrawDone'),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('financing.withdrawTitle')}
      verb={t('financing.withdraw')}
      danger
      busy={command.isPending}
      problem={command.error}
      onConfirm={() => command.mutate(id)}
    >
      {t('financing.withdrawWords')}
    </ConfirmDialog>
  );
}
