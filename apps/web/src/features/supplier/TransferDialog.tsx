import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { acceptTransfer, refuseTransfer, type Transfer, withdrawTransfer } from '../../api/generated';
import type { Topic } from '../../api/queries';
import { ConfirmDialog, ReasonDialog } from '../../components/Dialogs';
import { useMoneyText } from '../../components/Money';
import { formatDay } from '../../lib/days';

export interface TransferDecision {
  verb: 'accept' | 'refuse' | 'withdraw';
  transfer: Transfer;
}

interface Props extends TransferDecision {
  onClose: () => void;
}

const touches: readonly Topic[] = ['transfers', 'holdings', 'payables'];

export function TransferDialog({ verb, ...props }: Props) {
  if (verb === 'accept') return <Accept {...props} />;
  return verb === 'refuse' ? <Refuse {...props} /> : <Withdraw {...props} />;
}

type One = Omit<Props, 'verb'>;

function Accept({ transfer, onClose }: One) {
  const { t, i18n } = useTranslation();
  const money = useMoneyText();
  const command = useCommand({
    run: (id: string, headers) => acceptTransfer({ path: { id }, headers, throwOnError: true }),
    touches,
    done: () => t('transfers.acceptDone'),
    onDone: onClose,
  });
  const { payable } = transfer;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('transfers.acceptTitle', {
        amount: money(transfer.units, payable.face.currency),
        from: transfer.from.name,
      })}
      verb={t('transfers.accept')}
      busy={command.isPending}
      problem={command.error}
      onConfirm={() => command.mutate(transfer.id)}
    >
      {t('transfers.acceptWords', {
        reference: payable.reference,
        due: formatDay(payable.dueDay, i18n.language),
        buyer: payable.buyer.name,
        what: transfer.reference,
      })}
    </ConfirmDialog>
  );
}

function Refuse({ transfer, onClose }: One) {
  const { t } = useTranslation();
  const command = useCommand({
    run: (reason: string, headers) =>
      refuseTransfer({ path: { id: transfer.id }, body: { reason }, headers, throwOnError: true }),
    touches,
    done: () => t('transfers.refuseDone'),
    onDone: onClose,
  });
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('transfers.refuseTitle')}
      verb={t('transfers.refuse')}
      busy={command.isPending}
      problem={command.error}
      onSubmit={(reason) => command.mutate(reason)}
    />
  );
}

function Withdraw({ transfer, onClose }: One) {
  const { t } = useTranslation();
  const command = useCommand({
    run: (id: string, headers) => withdrawTransfer({ path: { id }, headers, throwOnError: true }),
    touches,
    done: () => t('transfers.withdrawDone'),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('transfers.withdrawTitle')}
      verb={t('transfers.withdraw')}
      danger
      busy={command.isPending}
      problem={command.error}
      onConfirm={() => command.mutate(transfer.id)}
    >
      {t('transfers.withdrawWords')}
    </ConfirmDialog>
  );
}
