import { Button } from '@mantine/core';
import { IconCircleCheck, IconSend } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payout } from '../../api/generated';
import { payoutsQuery } from '../../api/queries';
import { DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Notice } from '../../components/Notice';
import { PageHeader, Section } from '../../components/PageHeader';
import { ExportButton, FilterSelect, Toolbar } from '../../components/Toolbar';
import { useList, usePatchSearch } from '../../components/useList';
import { useMe } from '../session/me';
import { type Deciding, PayoutDialogs } from './PayoutDialogs';
import { PayoutPanel } from './PayoutPanel';
import { usePayoutColumns } from './usePayoutColumns';

const route = getRouteApi('/app/settlement/payouts');
/** What a settlement bank can be shown in its history; the rest never leaves the member who asked. */
const PAST = ['CONFIRMING', 'PAID', 'RETURNING', 'RETURNED'] as const;

/** Money on its way out: first what waits for the bank, then what it has done. */
// long: the parts of one screen, from top to bottom
export function PayoutsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const waiting = useList(payoutsQuery({ state: 'REQUESTED' }));
  const all = useList(payoutsQuery({ state: search.state }));
  const past = { ...all, rows: all.rows.filter((row) => row.state !== 'REQUESTED') };
  const toSend = usePayoutColumns('waiting');
  const sent = usePayoutColumns('past');
  const [deciding, setDeciding] = useState<Deciding>();
  const treasurer = me?.can('TREASURER') ?? false;
  const shown = [...waiting.rows, ...all.rows].find((row) => row.id === search.open);
  const open = (row: Payout) => patch({ open: row.id }, false);
  return (
    <>
      <PageHeader title={t('bank.payout.title')} words={t('bank.payout.words')} />
      {!treasurer && (
        <Notice tone="neutral" title={t('bank.payout.onlyTreasurer')} words={t('bank.payout.onlyTreasurerWords')} />
      )}
      <Section
        title={t('bank.payout.waiting')}
        aside={<ExportButton name="payouts-to-send" columns={toSend} readAll={waiting.readAll} />}
      >
        <DataTable
          label={t('bank.payout.waiting')}
          columns={toSend}
          list={waiting}
          rowKey={(row) => row.id}
          openId={search.open}
          onOpen={open}
          actions={(row) => treasurer && <Verbs payout={row} onDecide={setDeciding} />}
          empty={
            <EmptyState
              icon={IconCircleCheck}
              title={t('bank.payout.waitingNone')}
              words={t('bank.payout.waitingNoneWords')}
            />
          }
        />
      </Section>
      <Section title={t('bank.payout.past')}>
        <Toolbar aside={<ExportButton name="payouts" columns={sent} readAll={past.readAll} />}>
          <FilterSelect
            label={t('common.state')}
            param="state"
            value={PAST.find((state) => state === search.state)}
            options={PAST.map((value) => ({ value, label: t(`states.payout.${value}`) }))}
          />
        </Toolbar>
        <DataTable
          label={t('bank.payout.past')}
          columns={sent}
          list={past}
          rowKey={(row) => row.id}
          openId={search.open}
          onOpen={open}
          filtered={search.state !== undefined}
          onClearFilters={() => patch({ state: undefined })}
          empty={
            <EmptyState
              icon={IconSend}
              title={t('bank.payout.emptyHistory')}
              words={t('bank.payout.emptyHistoryWords')}
            />
          }
        />
      </Section>
      <PayoutPanel
        payout={shown}
        onClose={() => patch({ open: undefined })}
        onDecide={treasurer ? setDeciding : undefined}
      />
      <PayoutDialogs deciding={deciding} onClose={() => setDeciding(undefined)} />
    </>
  );
}

function Verbs({ payout, onDecide }: { payout: Payout; onDecide: (deciding: Deciding) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => onDecide({ payout, how: 'return' })}>
        {t('bank.payout.return')}
      </Button>
      <Button size="compact-sm" onClick={() => onDecide({ payout, how: 'confirm' })}>
        {t('bank.payout.confirm')}
      </Button>
    </>
  );
}
