import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import { saveFile, toCsv } from '../lib/csv';
import type { Column } from './DataTable';
import classes from './Toolbar.module.css';
import { showProblem } from './toasts';
import { usePatchSearch } from './useList';

/** Typing pauses this long before the list is asked again. */
const PAUSE_MS = 250;

export function Toolbar({ children, aside }: { children?: ReactNode; aside?: ReactNode }) {
  return (
    <search className={classes.toolbar}>
      <div className={classes.filters}>{children}</div>
      <div className={classes.aside}>{aside}</div>
    </search>
  );
}

/** The search of a list; `/` comes here from anywhere on the page. */
export function SearchField({ value, label }: { value: string | undefined; label: string }) {
  const { t } = useTranslation();
  const patch = usePatchSearch();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ?? '');
  useHotkeys([['/', () => field.current?.focus()]]);
  useEffect(() => {
    if (text.trim() === (value ?? '')) return;
    const timer = setTimeout(() => patch({ q: text.trim() || undefined }), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      ref={field}
      className={classes.search}
      aria-label={label}
      placeholder={label}
      title={t('common.searchHint')}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={
        text ? (
          <CloseButton size="sm" aria-label={t('common.clear')} onClick={() => setText('')} />
        ) : (
          <kbd className={classes.key} aria-hidden>
            /
          </kbd>
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && field.current?.blur()}
    />
  );
}

interface SelectProps<T extends string> {
  label: string;
  param: string;
  value: T | undefined;
  options: readonly { value: T; label: string }[];
}

export function FilterSelect<T extends string>({ label, param, value, options }: SelectProps<T>) {
  const { t } = useTranslation();
  const patch = usePatchSearch();
  return (
    <NativeSelect
      className={classes.select}
      aria-label={label}
      data-active={value ? true : undefined}
      value={value ?? ''}
      onChange={(event) => patch({ [param]: event.currentTarget.value || undefined })}
      data={[{ value: '', label: `${label}: ${t('common.all')}` }, ...options]}
    />
  );
}

/** Saves the whole filtered list, exact amounts as plain decimals, cells that look like formulas made harmless. */
export function ExportButton<T>({
  name,
  columns,
  readAll,
}: {
  name: string;
  columns: readonly Column<T>[];
  readAll: () => Promise<T[]>;
}) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const exported = columns.flatMap((column) => (column.csv ? [{ header: column.header, text: column.csv }] : []));
  const run = async () => {
    setBusy(true);
    try {
      const rows = await readAll();
      saveFile(
        `${name}.csv`,
        'text/csv;charset=utf-8',
        toCsv(
          exported.map((column) => column.header),
          rows.map((row) => exported.map((column) => column.text(row))),
        ),
      );
    } catch (error) {
      showProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconDownload size={15} aria-hidden />}
      loading={busy}
      onClick={() => void run()}
    >
      {t('common.export')}
    </Button>
  );
}
