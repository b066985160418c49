import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Holding } from '../../api/generated';
import type { Column } from '../../components/DataTable';
import { Money } from '../../components/Money';
import { PayableBadge } from '../../components/PayableBadge';
import { DueDay } from '../../components/When';
import { isZero, minorToDecimal } from '../../lib/money';

type Part = 'held' | 'free' | 'offered' | 'requested' | 'received';

/** The columns of what one holds. The currency stands once in a row, and a zero is a dash, so that the eye finds what is there. */
export function useHoldingColumns(parts: readonly Part[]): Column<Holding>[] {
  const { t } = useTranslation();
  const shown = parts.join();
  return useMemo(() => {
    const amount = (part: Part): Column<Holding> => ({
      id: part,
      header: t(`holdings.${part}`),
      align: 'right',
      card: part === 'held' ? 'amount' : 'line',
      hideBelow: part === 'offered' || part === 'requested' ? 'lg' : undefined,
      cell: (row) =>
        isZero(row[part]) ? (
          <span className="hw-dim">–</span>
        ) : (
          <Money value={{ minor: row[part], currency: row.payable.face.currency }} bare={part !== 'held'} />
        ),
      csv: (row) => minorToDecimal(row[part], row.payable.face.currency),
    });
    return [
      {
        id: 'reference',
        header: t('holdings.reference'),
        cell: (row) => row.payable.reference,
        csv: (row) => row.payable.reference,
      },
      {
        id: 'buyer',
        header: t('holdings.buyer'),
        cell: (row) => row.payable.buyer.name,
        csv: (row) => row.payable.buyer.name,
      },
      {
        id: 'due',
        header: t('common.due'),
        cell: (row) => (
          <DueDay day={row.payable.dueDay} settled={row.payable.state === 'PAID' || row.payable.state === 'CLOSED'} />
        ),
        csv: (row) => row.payable.dueDay,
      },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <PayableBadge payable={row.payable} />,
        csv: (row) => t(`states.payable.${row.payable.overdue ? 'OVERDUE' : row.payable.state}`),
      },
      ...shown.split(',').map((part) => amount(part as Part)),
      {
        id: 'currency',
        header: t('common.currency'),
        cell: () => null,
        csv: (row) => row.payable.face.currency,
        exportOnly: true,
      },
    ];
  }, [t, shown]);
}
