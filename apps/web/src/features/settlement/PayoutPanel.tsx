import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Payout } from '../../api/generated';
import { Money } from '../../components/Money';
import { Notice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { type Step, Steps } from '../bank/Steps';
import type { Deciding } from './PayoutDialogs';

interface Props {
  payout: Payout | undefined;
  onClose: () => void;
  /** Absent where the person may not decide. */
  onDecide?: (deciding: Deciding) => void;
}

/** One payout beside the list: where the money goes, and what became of it. */
export function PayoutPanel({ payout, onClose, onDecide }: Props) {
  const { t } = useTranslation();
  const open = payout?.state === 'REQUESTED';
  return (
    <Panel
      opened={payout !== undefined}
      onClose={onClose}
      title={payout?.organisation.name ?? ''}
      actions={
        payout &&
        open &&
        onDecide && (
          <>
            <Button onClick={() => onDecide({ payout, how: 'confirm' })}>{t('bank.payout.confirm')}</Button>
            <Button variant="default" onClick={() => onDecide({ payout, how: 'return' })}>
              {t('bank.payout.return')}
            </Button>
          </>
        )
      }
    >
      {payout && <Body payout={payout} mayDecide={onDecide !== undefined} />}
    </Panel>
  );
}

function Body({ payout, mayDecide }: { payout: Payout; mayDecide: boolean }) {
  const { t } = useTranslation();
  const { state } = payout;
  return (
    <>
      <Figure aside={<StateBadge kind="payout" state={state} />}>
        <Money value={payout.amount} />
      </Figure>
      {state === 'REQUESTED' && !mayDecide && (
        <Notice tone="neutral" title={t('bank.payout.onlyTreasurer')} words={t('bank.payout.onlyTreasurerWords')} />
      )}
      {payout.reason && <Notice tone="bad" title={t('states.payout.RETURNED')} words={payout.reason} />}
      <Facts
        items={[
          [t('bank.payout.holder'), payout.account.holder],
          [t('bank.payout.number'), <AccountNumber key="n" number={payout.account.number} />],
          [t('bank.deposit.reference'), payout.bankReference],
        ]}
      />
      <PanelSection title={t('common.history')}>
        <Steps steps={useSteps(payout)} next={useNext(payout)} />
      </PanelSection>
    </>
  );
}

function useSteps(payout: Payout): Step[] {
  const { t } = useTranslation();
  const asked = { words: t('bank.payout.step.asked', { name: payout.organisation.name }), at: payout.requestedAt };
  if (!payout.decidedAt || (payout.state !== 'PAID' && payout.state !== 'RETURNED')) return [asked];
  return [
    asked,
    {
      words: t(`bank.payout.step.${payout.state}`),
      at: payout.decidedAt,
      detail: payout.bankReference ?? payout.reason,
    },
  ];
}

function useNext(payout: Payout): string | undefined {
  const { t } = useTranslation();
  const { state } = payout;
  return state === 'REQUESTED' || state === 'CONFIRMING' || state === 'RETURNING'
    ? t(`bank.payout.next.${state}`)
    : undefined;
}

/** An account number is copied, never typed again. */
function AccountNumber({ number }: { number: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={number}>
      {({ copied, copy }) => (
        <Button
          variant="transparent"
          size="compact-sm"
          px={0}
          rightSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          aria-label={`${number} · ${copied ? t('common.copied') : t('common.copy')}`}
          onClick={copy}
        >
          {number}
        </Button>
      )}
    </CopyButton>
  );
}
