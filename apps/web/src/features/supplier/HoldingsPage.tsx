import { Button } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { claimHolding, type Holding, type Payable } from '../../api/generated';
import { holdingsQuery } from '../../api/queries';
import { EmptyState } from '../../components/EmptyState';
import { ListPage } from '../../components/ListPage';
import { showProblem } from '../../components/toasts';
import { useList, usePatchSearch } from '../../components/useList';
import { isZero } from '../../lib/money';
import { PAYABLE_STATES } from '../../lib/states';
import { useMe } from '../session/me';
import { PayablePanel } from '../shared/PayablePanel';
import { useHoldingColumns } from '../shared/useHoldingColumns';
import { AskDialog } from './AskDialog';
import { collectable, type HoldingTarget, isUsable, targetOf } from './holdingTarget';
import { PassDialog } from './PassDialog';

const route = getRouteApi('/app/holdings');
type Position = Omit<Holding, 'payable'>;

// long: one page in reading order; every step of it is one component
export function HoldingsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const list = useList(holdingsQuery({ q: search.q, state: search.state }));
  const columns = useHoldingColumns(['held', 'free', 'offered', 'requested']);
  const [passing, setPassing] = useState<HoldingTarget>();
  const [asking, setAsking] = useState<HoldingTarget>();
  const collect = useCollect();
  const actions = (payable: Payable, position: Position, size: 'compact-sm' | 'sm') => (
    <>
      {!isZero(collectable(payable, position)) && (
        <Button
          size={size}
          loading={collect.isPending && collect.variables === payable.id}
          onClick={() => collect.mutate(payable.id, { onError: showProblem })}
        >
          {t('holdings.collect')}
        </Button>
      )}
      {me?.can('MAKER') && isUsable(payable, position) && (
        <>
          <Button size={size} variant="default" onClick={() => setPassing(targetOf(payable, position))}>
            {t('holdings.pass')}
          </Button>
          <Button
            size={size}
            variant={size === 'sm' ? 'filled' : 'light'}
            onClick={() => setAsking(targetOf(payable, position))}
          >
            {t('holdings.ask')}
          </Button>
        </>
      )}
    </>
  );
  return (
    <>
      <ListPage
        name="holdings"
        title={t('holdings.title')}
        words={t('holdings.words')}
        search={{ label: t('holdings.search'), value: search.q }}
        filters={[
          {
            label: t('common.state'),
            param: 'state',
            value: search.state,
            options: PAYABLE_STATES.map((value) => ({ value, label: t(`states.payable.${value}`) })),
          },
        ]}
        columns={columns}
        list={list}
        rowKey={(row) => row.payable.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.payable.id }, false)}
        actions={(row) => actions(row.payable, row, 'compact-sm')}
        floatActions
        empty={
          <EmptyState
            icon={IconStack2}
            title={t('holdings.empty.title')}
            words={t('holdings.empty.words')}
            action={
              <Button component={Link} to="/invoices">
                {t('holdings.empty.action')}
              </Button>
            }
          />
        }
      />
      <PayablePanel
        id={search.open}
        onClose={() => patch({ open: undefined })}
        actions={(payable) => payable.holding && actions(payable, payable.holding, 'sm')}
      />
      {passing && <PassDialog target={passing} onClose={() => setPassing(undefined)} />}
      {asking && <AskDialog target={asking} onClose={() => setAsking(undefined)} />}
    </>
  );
}

export function useCollect() {
  const { t } = useTranslation();
  return useCommand({
    run: (id: string, headers) => claimHolding({ path: { id }, headers, throwOnError: true }),
    touches: ['holdings', 'payables', 'cash'],
    done: () => t('holdings.collectDone'),
  });
}
