import { Anchor, Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuoteListItem } from '../../api/generated';
import { Money, useMoneyText } from '../../components/Money';
import { Notice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { DueDay, Instant, Until } from '../../components/When';
import { formatDay, formatInstant } from '../../lib/days';
import { useMe } from '../session/me';
import classes from './bank.module.css';
import { PriceRows } from './PriceRows';
import { Steps } from './Steps';
import { useQuoteSteps } from './useQuoteSteps';
import { WithdrawQuoteDialog } from './WithdrawQuoteDialog';

interface Props {
  id: string | undefined;
  quote: QuoteListItem | undefined;
  missing: boolean;
  onClose: () => void;
}

/** One of the bank's quotes: the price, how it was decided, and what it means now. */
export function QuotePanel({ id, quote, missing, onClose }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const [withdrawing, setWithdrawing] = useState(false);
  const mayWithdraw = quote?.state === 'OFFERED' && me?.can('MAKER');
  return (
    <Panel
      opened={id !== undefined}
      onClose={onClose}
      title={quote?.payable.reference ?? t('bank.quote.title')}
      actions={
        mayWithdraw && (
          <Button variant="default" onClick={() => setWithdrawing(true)}>
            {t('bank.quote.withdraw')}
          </Button>
        )
      }
    >
      {missing && <Notice tone="neutral" title={t('bank.quote.missing')} words={t('bank.quote.missingWords')} />}
      {!quote && !missing && <Skeleton height={240} />}
      {quote && <Body quote={quote} />}
      {withdrawing && quote && (
        <WithdrawQuoteDialog
          quote={{
            id: quote.id,
            units: quote.price.units,
            currency: quote.payable.face.currency,
            holder: quote.holder.name,
          }}
          onClose={() => setWithdrawing(false)}
        />
      )}
    </Panel>
  );
}

function Body({ quote }: { quote: QuoteListItem }) {
  const { t } = useTranslation();
  const stepsOf = useQuoteSteps();
  const next = useNext();
  const { currency } = quote.payable.face;
  return (
    <>
      <Figure aside={<StateBadge kind="quote" state={quote.state} />}>
        <Money value={{ minor: quote.price.proceeds, currency }} />
      </Figure>
      <Facts
        items={[
          [t('bank.request.holder'), quote.holder.name],
          [t('holdings.buyer'), quote.payable.buyer.name],
          [t('common.due'), <DueDay key="d" day={quote.payable.dueDay} />],
          [t('bank.quote.given'), <Instant key="g" at={quote.createdAt} />],
          [t('bank.quote.ends'), quote.state === 'OFFERED' && <Until key="u" at={quote.expiresAt} />],
          [t('bank.quote.decided'), quote.decidedAt && <Instant key="x" at={quote.decidedAt} />],
          [quote.state === 'COMPLETED' ? t('nav.portfolio') : t('financing.request'), <To key="t" quote={quote} />],
        ]}
      />
      <PanelSection title={t('bank.quote.price')}>
        <div className={classes.price}>
          <PriceRows price={quote.price} currency={currency} />
        </div>
      </PanelSection>
      <PanelSection title={t('common.history')}>
        <Steps steps={stepsOf(quote, quote.holder.name, currency)} next={next(quote)} />
      </PanelSection>
    </>
  );
}

/** To where the work goes on: the holding once bought, else the request. */
function To({ quote }: { quote: QuoteListItem }) {
  const { t } = useTranslation();
  if (quote.state === 'COMPLETED') {
    return (
      <Anchor component={Link} fz="sm" to="/bank/portfolio" search={{ open: quote.payable.id } as never}>
        {t('bank.quote.toHolding')}
      </Anchor>
    );
  }
  return (
    <Anchor component={Link} fz="sm" to="/bank/requests" search={{ open: quote.requestId } as never}>
      {t('bank.quote.toRequest')}
    </Anchor>
  );
}

function useNext() {
  const { t, i18n } = useTranslation();
  const money = useMoneyText();
  return (quote: QuoteListItem): string => {
    if (quote.state === 'OFFERED') {
      const when = formatInstant(quote.expiresAt, i18n.language);
      return t('bank.quote.next.OFFERED', { holder: quote.holder.name, when });
    }
    if (quote.state === 'ACCEPTED') return t('bank.quote.next.ACCEPTED');
    if (quote.state !== 'COMPLETED') return t('bank.quote.next.ended');
    return t('bank.quote.next.COMPLETED', {
      buyer: quote.payable.buyer.name,
      amount: money(quote.price.units, quote.payable.face.currency),
      when: formatDay(quote.payable.dueDay, i18n.language),
    });
  };
}
