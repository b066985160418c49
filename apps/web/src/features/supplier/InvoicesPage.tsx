import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileInvoice, IconUpload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type Invoice, withdrawInvoice } from '../../api/generated';
import { invoicesQuery } from '../../api/queries';
import { ConfirmDialog } from '../../components/Dialogs';
import { EmptyState } from '../../components/EmptyState';
import { ListPage } from '../../components/ListPage';
import { useList, usePatchSearch } from '../../components/useList';
import { INVOICE_STATES } from '../../lib/states';
import { useMe } from '../session/me';
import { InvoicePanel } from '../shared/InvoicePanel';
import { useInvoiceColumns } from '../shared/useInvoiceColumns';
import { TypedInvoiceDialog } from './TypedInvoiceDialog';
import { UploadDialog } from './UploadDialog';

const route = getRouteApi('/app/invoices');

// long: one page in reading order; every step of it is one component
export function InvoicesPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const list = useList(invoicesQuery({ q: search.q, state: search.state }));
  const columns = useInvoiceColumns('buyer');
  const [uploading, upload] = useDisclosure(false);
  const [typing, type] = useDisclosure(false);
  const [withdrawing, setWithdrawing] = useState<Invoice>();
  const maker = me?.can('MAKER');
  const withdrawButton = (invoice: Invoice, size: 'compact-sm' | 'sm') =>
    maker &&
    invoice.state === 'SUBMITTED' && (
      <Button size={size} variant="default" onClick={() => setWithdrawing(invoice)}>
        {t('invoices.withdraw')}
      </Button>
    );
  return (
    <>
      <ListPage
        name="invoices"
        title={t('invoices.title')}
        words={t('invoices.words')}
        action={
          maker && (
            <>
              <Button variant="default" onClick={type.open}>
                {t('invoices.type')}
              </Button>
              <Button leftSection={<IconUpload size={16} aria-hidden />} onClick={upload.open}>
                {t('invoices.upload')}
              </Button>
            </>
          )
        }
        search={{ label: t('invoices.search'), value: search.q }}
        filters={[
          {
            label: t('common.state'),
            param: 'state',
            value: search.state,
            options: INVOICE_STATES.map((value) => ({ value, label: t(`states.invoice.${value}`) })),
          },
        ]}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        actions={(row) => withdrawButton(row, 'compact-sm')}
        empty={
          <EmptyState
            icon={IconFileInvoice}
            title={t('invoices.empty.title')}
            words={t('invoices.empty.words')}
            action={
              maker && (
                <Button variant="default" onClick={upload.open}>
                  {t('home.supplier.startAction')}
                </Button>
              )
            }
          />
        }
      />
      <InvoicePanel
        id={search.open}
        onClose={() => patch({ open: undefined })}
        actions={(invoice) => withdrawButton(invoice, 'sm')}
      />
      <UploadDialog opened={uploading} onClose={upload.close} />
      {typing && <TypedInvoiceDialog onClose={type.close} />}
      {withdrawing && <WithdrawDialog invoice={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </>
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
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('invoices.withdrawTitle', { number: invoice.number })}
      verb={t('invoices.withdraw')}
      danger
      busy={withdraw.isPending}
      problem={withdraw.error}
      onConfirm={() => withdraw.mutate(invoice.id)}
    >
      {t('invoices.withdrawWords')}
    </ConfirmDialog>
  );
}
