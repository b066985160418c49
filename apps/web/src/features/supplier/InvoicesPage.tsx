import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileInvoice, IconUpload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type Invoice, withdrawInvoice } from '../../api/generated';
import { invoicesQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { ConfirmDialog } from '../../components/Dialogs';
import { EmptyState } from '../../components/EmptyState';
import { ColumnsMenu, ViewsMenu } from '../../components/ListMenus';
import { Money } from '../../components/Money';
import { PageHeader } from '../../components/PageHeader';
import { StateBadge } from '../../components/StateBadge';
import { ExportButton, FilterSelect, SearchField, Toolbar } from '../../components/Toolbar';
import { useList, usePatchSearch } from '../../components/useList';
import { usePrefs } from '../../components/usePrefs';
import { Day, DueDay } from '../../components/When';
import { minorToDecimal } from '../../lib/money';
import { INVOICE_STATES } from '../../lib/states';
import { useMe } from '../session/me';
import { InvoicePanel } from '../shared/InvoicePanel';
import { TypedInvoiceDialog } from './TypedInvoiceDialog';
import { UploadDialog } from './UploadDialog';

const route = getRouteApi('/app/invoices');

export function InvoicesPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const prefs = usePrefs('invoices');
  const list = useList(invoicesQuery({ q: search.q, state: search.state }));
  const columns = useInvoiceColumns();
  const [uploading, upload] = useDisclosure(false);
  const [typing, type] = useDisclosure(false);
  const [withdrawing, setWithdrawing] = useState<Invoice>();
  const maker = me?.can('MAKER');
  const mayWithdraw = (invoice: Invoice) => maker && invoice.state === 'SUBMITTED';
  const start = maker && (
    <>
      <Button variant="default" onClick={type.open}>{t('invoices.type')}</Button>
      <Button leftSection={<IconUpload size={16} aria-hidden />} onClick={upload.open}>{t('invoices.upload')}</Button>
    </>
  );
  const filtered = Boolean(search.q ?? search.state);
  return (
    <>
      <PageHeader title={t('invoices.title')} words={t('invoices.words')} action={start} />
      <Toolbar aside={<><ViewsMenu search={{ q: search.q, state: search.state }} prefs={prefs} /><ColumnsMenu columns={columns} prefs={prefs} /><ExportButton name="invoices" columns={columns} readAll={list.readAll} /></>}>
        <SearchField value={search.q} label={t('invoices.search')} />
        <FilterSelect label={t('common.state')} param="state" value={search.state} options={INVOICE_STATES.map((value) => ({ value, label: t(`states.invoice.${value}`) }))} />
      </Toolbar>
      <DataTable
        label={t('invoices.title')}
        columns={columns}
        list={list}
        hidden={prefs.hidden}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        actions={(row) => mayWithdraw(row) && <Button size="compact-sm" variant="default" onClick={() => setWithdrawing(row)}>{t('invoices.withdraw')}</Button>}
        filtered={filtered}
        onClearFilters={() => patch({ q: undefined, state: undefined })}
        empty={<EmptyState icon={IconFileInvoice} title={t('invoices.empty.title')} words={t('invoices.empty.words')} action={maker && <Button onClick={upload.open}>{t('invoices.upload')}</Button>} />}
      />
      <InvoicePanel
        id={search.open}
        onClose={() => patch({ open: undefined })}
        actions={(invoice) => mayWithdraw(invoice) && <Button variant="default" onClick={() => setWithdrawing(invoice)}>{t('invoices.withdraw')}</Button>}
      />
      <UploadDialog opened={uploading} onClose={upload.close} />
      {typing && <TypedInvoiceDialog onClose={type.close} />}
      {withdrawing && <WithdrawDialog invoice={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </>
  );
}

function useInvoiceColumns(): Column<Invoice>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'number', header: t('invoices.number'), cell: (row) => row.number, csv: (row) => row.number },
      { id: 'buyer', header: t('invoices.buyer'), cell: (row) => row.buyer.name, csv: (row) => row.buyer.name },
      { id: 'order', header: t('invoices.order'), cell: (row) => row.orderNumber ?? '–', csv: (row) => row.orderNumber ?? '', hideBelow: 'lg', card: 'none' },
      { id: 'issued', header: t('invoices.issued'), cell: (row) => <Day day={row.issueDay} />, csv: (row) => row.issueDay, hideBelow: 'lg', card: 'none' },
      { id: 'due', header: t('common.due'), cell: (row) => <DueDay day={row.decision?.dueDay ?? row.dueDay} />, csv: (row) => row.decision?.dueDay ?? row.dueDay },
      { id: 'state', header: t('common.state'), cell: (row) => <StateBadge kind="invoice" state={row.state} />, csv: (row) => t(`states.invoice.${row.state}`) },
      { id: 'amount', header: t('invoices.total'), align: 'right', card: 'amount', cell: (row) => <Money value={row.amount} />, csv: (row) => minorToDecimal(row.amount.minor, row.amount.currency) },
      { id: 'currency', header: t('common.currency'), cell: () => null, csv: (row) => row.amount.currency, exportOnly: true },
    ],
    [t],
  );
}

function WithdrawDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { t } = useTranslation();
  const withdraw = useCommand({
    run: (id: string, headers) => withdrawInvoice({ path: { id }, headers, throwOnError: true }),
    touches: ['invoices'],
    done: () => t('invoices.withdrawn'),
    onDone: onClose,
  });
  return (
    <ConfirmDialog opened onClose={onClose} title={t('invoices.withdrawTitle', { number: invoice.number })} verb={t('invoices.withdraw')} danger busy={withdraw.isPending} problem={withdraw.error} onConfirm={() => withdraw.mutate(invoice.id)}>
      {t('invoices.withdrawWords')}
    </ConfirmDialog>
  );
}
