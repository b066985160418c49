import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { columnVisibilityFeature, createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import classes from './DataTable.module.css';
import { EmptyState } from './EmptyState';
import { ProblemNotice } from './Notice';
import { RowsSkeleton } from './Skeletons';
import type { List } from './useList';

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  align?: 'right';
  /** Plain text for an export; a column without it is not exported. */
  csv?: (row: T) => string;
  /** Leaves the table on narrower screens; the detail panel still shows it. */
  hideBelow?: 'md' | 'lg';
  /** Only in the export, e.g. the currency that the cell shows beside the amount. */
  exportOnly?: boolean;
  /** Its place on a card: beside the title, a labelled line (default), or nowhere. */
  card?: 'amount' | 'line' | 'none';
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  list: Pick<List<T>, 'rows' | 'pending' | 'error' | 'hasMore' | 'loadingMore' | 'loadMore' | 'retry'>;
  rowKey: (row: T) => string;
  hidden?: Readonly<Record<string, boolean>>;
  openId?: string;
  onOpen?: (row: T) => void;
  actions?: (row: T) => ReactNode;
  /** Lays the actions over the end of a hovered row, for a table that has no room for a column of its own. */
  floatActions?: boolean;
  empty: ReactNode;
  filtered?: boolean;
  onClearFilters?: () => void;
}

const features = tableFeatures({ columnVisibilityFeature });
const NONE_HIDDEN = {};

/** A dense list that becomes cards on a phone. The first column opens the row: a real button, reached by Tab and the arrow keys. */
export function DataTable<T extends object>(props: Props<T>) {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const { list } = props;
  if (list.pending) return <RowsSkeleton />;
  if (list.error) {
    return (
      <>
        <ProblemNotice problem={toProblem(list.error)} />
        <Button variant="default" onClick={list.retry}>
          {t('common.retry')}
        </Button>
      </>
    );
  }
  if (list.rows.length === 0 && props.filtered) {
    return (
      <EmptyState
        title={t('common.noMatch.title')}
        words={t('common.noMatch.words')}
        action={
          props.onClearFilters && (
            <Button variant="default" onClick={props.onClearFilters}>
              {t('common.clearFilters')}
            </Button>
          )
        }
      />
    );
  }
  if (list.rows.length === 0) return props.empty;
  return (
    <>
      {narrow ? <Cards {...props} /> : <Grid {...props} />}
      <div className={classes.foot}>
        <span>{t('common.shown', { count: list.rows.length })}</span>
        {list.hasMore && (
          <Button variant="default" size="compact-sm" loading={list.loadingMore} onClick={list.loadMore}>
            {t('common.more')}
          </Button>
        )}
      </div>
    </>
  );
}

// long: the markup of one table; its parts share the table object
function Grid<T extends object>({
  label,
  columns: all,
  list,
  rowKey,
  hidden = NONE_HIDDEN,
  openId,
  onOpen,
  actions,
  floatActions,
}: Props<T>) {
  const columns = useMemo(() => all.filter((column) => !column.exportOnly), [all]);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, T>();
    return columns.map((column) =>
      helper.display({ id: column.id, header: column.header, cell: ({ row }) => column.cell(row.original) }),
    );
  }, [columns]);
  const table = useTable({
    features,
    columns: defs,
    data: list.rows,
    state: { columnVisibility: hidden },
    getRowId: rowKey,
  });
  const look = (id: string) => {
    const column = byId.get(id);
    const below = column?.hideBelow === 'lg' ? classes.hideLg : column?.hideBelow === 'md' ? classes.hideMd : '';
    return `${column?.align === 'right' ? classes.right : ''} ${below}`;
  };
  return (
    <table className={classes.table} aria-label={label} onKeyDown={moveBetweenRows}>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th key={header.id} scope="col" className={look(header.column.id)}>
                <table.FlexRender header={header} />
              </th>
            ))}
            {actions && (
              <th scope="col" className={floatActions ? classes.float : classes.actionsHead}>
                <ActionsWord />
              </th>
            )}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            className={onOpen ? classes.openable : undefined}
            data-selected={row.id === openId || undefined}
            onClick={onOpen && ((event) => fromRow(event) && onOpen(row.original))}
          >
            {row.getVisibleCells().map((cell, index) => (
              <td key={cell.id} className={look(cell.column.id)}>
                {index === 0 && onOpen ? (
                  <OpenButton onOpen={() => onOpen(row.original)}>
                    <table.FlexRender cell={cell} />
                  </OpenButton>
                ) : (
                  <table.FlexRender cell={cell} />
                )}
              </td>
            ))}
            {actions && (
              <td className={floatActions ? classes.float : classes.actions}>
                <span className={classes.actionsInner}>{actions(row.original)}</span>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards<T extends object>({ label, columns, list, rowKey, openId, onOpen, actions }: Props<T>) {
  const [first, ...rest] = columns;
  const amount = rest.find((column) => column.card === 'amount');
  const lines = rest.filter((column) => column !== amount && column.card !== 'none' && !column.exportOnly);
  if (!first) return null;
  return (
    <ul className={classes.cards} aria-label={label}>
      {list.rows.map((row) => (
        <li key={rowKey(row)} className={classes.card} data-selected={rowKey(row) === openId || undefined}>
          <div className={classes.cardHead}>
            {onOpen ? (
              <OpenButton onOpen={() => onOpen(row)}>{first.cell(row)}</OpenButton>
            ) : (
              <strong>{first.cell(row)}</strong>
            )}
            <span>{amount?.cell(row)}</span>
          </div>
          <dl className={classes.cardList}>
            {lines.map((column) => (
              <div key={column.id} className={classes.cardLine}>
                <dt>{column.header}</dt>
                <dd>{column.cell(row)}</dd>
              </div>
            ))}
          </dl>
          {actions && <div className={classes.cardActions}>{actions(row)}</div>}
        </li>
      ))}
    </ul>
  );
}

function ActionsWord() {
  const { t } = useTranslation();
  return <span className="hw-hidden">{t('common.actions')}</span>;
}

function OpenButton({ onOpen, children }: { onOpen: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      data-row-opener
      className={classes.rowLink}
      style={{
        background: 'none',
        border: 0,
        padding: 0,
        font: 'inherit',
        fontWeight: 550,
        cursor: 'pointer',
        textAlign: 'left',
      }}
      onClick={onOpen}
    >
      {children}
    </button>
  );
}

/** A click on a button or link inside the row is meant for that, not for the row. */
function fromRow(event: MouseEvent<HTMLElement>): boolean {
  return (
    event.target instanceof Element &&
    !event.target.closest('button, a, input, label') &&
    !window.getSelection()?.toString()
  );
}

function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const openers = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-opener]')];
  const row = event.target instanceof Element ? event.target.closest('tr') : null;
  const at = openers.findIndex((opener) => row?.contains(opener));
  const next = openers[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
