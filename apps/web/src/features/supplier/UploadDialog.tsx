import { Button, Group, Skeleton, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconFileCode, IconFileUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { metaQuery, sampleInvoicesQuery } from '../../api/queries';
import { Dialog } from '../../components/Dialogs';
import { useMoneyText } from '../../components/Money';
import { problemWords } from '../../components/problemWords';
import classes from './UploadDialog.module.css';
import { type UploadEntry, useUploads } from './useUploads';

/** Invoice files in, a verdict for each out. Files are sent one after another, so that the order of verdicts is the order given. */
export function UploadDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: meta } = useQuery(metaQuery);
  const uploads = useUploads();
  const close = () => {
    uploads.clear();
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={t('invoices.upload')} size={580}>
      <DropZone onFiles={uploads.add} />
      {uploads.entries.length > 0 && (
        <ul className={classes.verdicts} aria-label={t('invoices.drop.verdicts')} aria-live="polite">
          {uploads.entries.map((entry) => (
            <Verdict key={entry.id} entry={entry} onAgain={() => uploads.again(entry.id)} />
          ))}
        </ul>
      )}
      {meta?.demo && opened && <Samples onFile={(file) => uploads.add([file])} />}
      {uploads.entries.length > 0 && (
        <Group justify="flex-end" mt="md">
          <Button onClick={close}>{t('invoices.drop.done')}</Button>
        </Group>
      )}
    </Dialog>
  );
}

function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <fieldset
      className={classes.zone}
      aria-label={t('invoices.drop.title')}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={26} stroke={1.5} aria-hidden />
      <Text fw={600}>{t('invoices.drop.title')}</Text>
      <Text size="sm" c="dimmed">
        {t('invoices.drop.words')}
      </Text>
      <Button variant="default" mt="sm" onClick={() => input.current?.click()} data-autofocus>
        {t('invoices.drop.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".xml,application/xml,text/xml"
        multiple
        hidden
        aria-label={t('invoices.drop.choose')}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </fieldset>
  );
}

function Verdict({ entry, onAgain }: { entry: UploadEntry; onAgain: () => void }) {
  const { t, i18n } = useTranslation();
  const money = useMoneyText();
  const { outcome } = entry;
  if (!outcome) {
    return (
      <li className={classes.verdict}>
        <IconFileCode size={18} aria-hidden />
        <div className={classes.verdictText}>
          <div className={classes.fileName}>{entry.file.name}</div>
          <span className="hw-hidden">{t('invoices.drop.checking')}</span>
          <Skeleton height={10} width="60%" mt={6} />
        </div>
      </li>
    );
  }
  if ('invoice' in outcome) {
    const { number, amount } = outcome.invoice;
    return (
      <li className={classes.verdict} data-tone="good">
        <IconCheck size={18} aria-hidden />
        <div className={classes.verdictText}>
          <div className={classes.fileName}>{entry.file.name}</div>
          {t('invoices.drop.accepted', { number, amount: money(amount.minor, amount.currency) })}
        </div>
      </li>
    );
  }
  const { what, next } = problemWords(outcome.problem, t, i18n.language);
  return (
    <li className={classes.verdict} data-tone="bad">
      <IconAlertTriangle size={18} aria-hidden />
      <div className={classes.verdictText}>
        <div className={classes.fileName}>{entry.file.name}</div>
        <strong>
          {t('invoices.drop.refused')}: {what}
        </strong>{' '}
        {next}
      </div>
      {outcome.problem.outcomeUnknown && (
        <Button size="compact-sm" variant="default" onClick={onAgain}>
          {t('invoices.drop.again')}
        </Button>
      )}
    </li>
  );
}

function Samples({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const { data: samples } = useQuery(sampleInvoicesQuery);
  const take = async (name: string) => {
    const answer = await fetch(`/api/v1/demo/sample-invoices/${encodeURIComponent(name)}`, {
      credentials: 'same-origin',
    });
    onFile(new File([await answer.blob()], name, { type: 'application/xml' }));
  };
  if (!samples?.length) return null;
  return (
    <section className={classes.samples}>
      <Text fw={600} size="sm">
        {t('invoices.drop.sample')}
      </Text>
      <Text size="sm" c="dimmed" mb={6}>
        {t('invoices.drop.sampleWords')}
      </Text>
      {samples.map((sample) => (
        <button key={sample.name} type="button" className={classes.sample} onClick={() => void take(sample.name)}>
          <span>{sample.number}</span>
          <span className="hw-dim">{sample.buyer}</span>
          <span className="hw-num">{money(sample.payableMinor, sample.currency)}</span>
        </button>
      ))}
    </section>
  );
}
