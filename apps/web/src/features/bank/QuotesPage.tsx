import { Button } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuoteListItem } from '../../api/generated';
import { quotesQuery } from '../../api/queries';
import type { Column } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ListPage } from '../../components/ListPage';
import { Money } from '../../components/Money';
import { StateBadge } from '../../components/StateBadge';
import { useList, usePatchSearch } from '../../components/useList';
import { Instant, useToday } from '../../components/When';
import { formatInstant, formatRelative } from '../../lib/days';
import { formatRate, minorToDecimal } from '../../lib/money';
import { QUOTE_STATES } from '../../lib/states';
import { useMe } from '../session/me';
import { useRateText } from './PriceRows';
import { QuotePanel } from './QuotePanel';
import { useQuoteRow } from './quoteRows';
import { WithdrawQuoteDialog } from './WithdrawQuoteDialog';

const route = getRouteApi('/app/bank/quotes');

/** Every price the bank has given, and how each was decided. */
// long: the parts of one screen, from top to bottom
export function QuotesPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const list = useList(quotesQuery({ state: search.state }));
  const columns = useQuoteColumns();
  const { row, missing } = useQuoteRow(list, search.open);
  const [withdrawing, setWithdrawing] = useState<QuoteListItem>();
  const toRequests = (
    <Button component={Link} to="/bank/requests">
      {t('bank.home.toRequests')}
    </Button>
  );
  return (
    <>
      <ListPage
        name="quotes"
        title={t('bank.quote.title')}
        words={t('bank.quote.words')}
        filters={[
          {
            label: t('common.state'),
            param: 'state',
            value: search.state,
            options: QUOTE_STATES.map((value) => ({ value, label: t(`states.quote.${value}`) })),
          },
        ]}
        columns={columns}
        list={list}
        rowKey={(quote) => quote.id}
        openId={search.open}
        onOpen={(quote) => patch({ open: quote.id }, false)}
        actions={(quote) =>
          me?.can('MAKER') &&
          quote.state === 'OFFERED' && (
            <Button size="compact-sm" variant="default" onClick={() => setWithdrawing(quote)}>
              {t('bank.quote.withdraw')}
            </Button>
          )
        }
        empty={
          <EmptyState
            icon={IconTags}
            title={t('bank.quote.empty.title')}
            words={t('bank.quote.empty.words')}
            action={toRequests}
          />
        }
      />
      <QuotePanel id={search.open} quote={row} missing={missing} onClose={() => patch({ open: undefined })} />
      {withdrawing && (
        <WithdrawQuoteDialog
          quote={{
            id: withdrawing.id,
            units: withdrawing.price.units,
            currency: withdrawing.payable.face.currency,
            holder: withdrawing.holder.name,
          }}
          onClose={() => setWithdrawing(undefined)}
        />
      )}
    </>
  );
}

// long: one entry a column
function useQuoteColumns(): Column<QuoteListItem>[] {
  const { t, i18n } = useTranslation();
  const rate = useRateText();
  const { language } = i18n;
  return useMemo(
    () => [
      {
        id: 'reference',
        header: t('holdings.reference'),
        cell: (row) => row.payable.reference,
        csv: (row) => row.payable.reference,
      },
      { id: 'holder', header: t('bank.request.holder'), cell: (row) => row.holder.name, csv: (row) => row.holder.name },
      {
        id: 'buyer',
        header: t('holdings.buyer'),
        hideBelow: 'lg',
        cell: (row) => row.payable.buyer.name,
        csv: (row) => row.payable.buyer.name,
      },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <StateBadge kind="quote" state={row.state} />,
        csv: (row) => t(`states.quote.${row.state}`),
      },
      {
        id: 'when',
        header: t('cash.when'),
        hideBelow: 'md',
        cell: (row) => <When quote={row} />,
        csv: whenOf,
      },
      {
        id: 'rate',
        header: t('bank.quote.rate'),
        align: 'right',
        cell: (row) => <span className="hw-num">{rate(row.price.ratePpm)}</span>,
        csv: (row) => rate(row.price.ratePpm),
      },
      {
        id: 'allIn',
        header: t('bank.quote.allIn'),
        align: 'right',
        hideBelow: 'md',
        card: 'none',
        cell: (row) => <span className="hw-num">{formatRate(row.price.allInRatePpm, language)}</span>,
        csv: (row) => formatRate(row.price.allInRatePpm, language, 4),
      },
      {
        id: 'units',
        header: t('bank.quote.amount'),
        align: 'right',
        hideBelow: 'lg',
        cell: (row) => <Money value={{ minor: row.price.units, currency: row.payable.face.currency }} />,
        csv: (row) => minorToDecimal(row.price.units, row.payable.face.currency),
      },
      {
        id: 'proceeds',
        header: t('bank.quote.proceeds'),
        align: 'right',
        card: 'amount',
        cell: (row) => <Money value={{ minor: row.price.proceeds, currency: row.payable.face.currency }} />,
        csv: (row) => minorToDecimal(row.price.proceeds, row.payable.face.currency),
      },
      {
        id: 'currency',
        header: t('common.currency'),
        cell: () => null,
        csv: (row) => row.payable.face.currency,
        exportOnly: true,
      },
    ],
    [t, rate, language],
  );
}

/** The instant that matters: when an open quote ends, when a closed one was decided. */
const whenOf = (quote: QuoteListItem) => quote.decidedAt ?? quote.expiresAt;

function When({ quote }: { quote: QuoteListItem }) {
  const { t, i18n } = useTranslation();
  const { now } = useToday();
  if (quote.state !== 'OFFERED') return <Instant at={whenOf(quote)} />;
  const when = formatRelative(quote.expiresAt, now(), i18n.language);
  return (
    <time dateTime={quote.expiresAt} title={formatInstant(quote.expiresAt, i18n.language)}>
      {t('bank.quote.endsAt', { when })}
    </time>
  );
}
