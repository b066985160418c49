import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invoice } from '../../api/generated';
import type { Column } from '../../components/DataTable';
import { Money } from '../../components/Money';
import { StateBadge } from '../../components/StateBadge';
import { Day, DueDay } from '../../components/When';
import { minorToDecimal } from '../../lib/money';

const due = (row: Invoice) => row.decision?.dueDay ?? row.dueDay;

/** The columns of an invoice list; `other` is the side the reader is not on. */
export function useInvoiceColumns(other: 'buyer' | 'seller'): Column<Invoice>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'number', header: t('invoices.number'), cell: (row) => row.number, csv: (row) => row.number },
      { id: other, header: t(`invoices.${other}`), cell: (row) => row[other].name, csv: (row) => row[other].name },
      {
        id: 'order',
        header: t('invoices.order'),
        cell: (row) => row.orderNumber ?? '–',
        csv: (row) => row.orderNumber ?? '',
        hideBelow: 'lg',
        card: 'none',
      },
      {
        id: 'issued',
        header: t('invoices.issued'),
        cell: (row) => <Day day={row.issueDay} />,
        csv: (row) => row.issueDay,
        hideBelow: 'lg',
        card: 'none',
      },
      { id: 'due', header: t('common.due'), cell: (row) => <DueDay day={due(row)} />, csv: due },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <StateBadge kind="invoice" state={row.state} />,
        csv: (row) => t(`states.invoice.${row.state}`),
      },
      {
        id: 'amount',
        header: t('invoices.total'),
        align: 'right',
        card: 'amount',
        cell: (row) => <Money value={row.amount} />,
        csv: (row) => minorToDecimal(row.amount.minor, row.amount.currency),
      },
      {
        id: 'currency',
        header: t('common.currency'),
        cell: () => null,
        csv: (row) => row.amount.currency,
        exportOnly: true,
      },
    ],
    [t, other],
  );
}
