import type { ReactNode } from 'react';
import { type Column, DataTable } from './DataTable';
import { ColumnsMenu, ViewsMenu } from './ListMenus';
import { PageHeader } from './PageHeader';
import { ExportButton, FilterSelect, SearchField, Toolbar } from './Toolbar';
import { type List, usePatchSearch } from './useList';
import { usePrefs } from './usePrefs';

interface Filter {
  label: string;
  param: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
}

interface Props<T> {
  /** Name for files and for what this browser remembers of the list. */
  name: string;
  title: string;
  words?: string;
  action?: ReactNode;
  search?: { label: string; value: string | undefined };
  filters?: readonly Filter[];
  columns: readonly Column<T>[];
  list: List<T>;
  rowKey: (row: T) => string;
  openId?: string;
  onOpen?: (row: T) => void;
  actions?: (row: T) => ReactNode;
  floatActions?: boolean;
  empty: ReactNode;
  /** What goes above the list: figures, a notice. */
  children?: ReactNode;
}

/** The shape every list page has: heading, one primary action, filters in the address, table or cards. */
export function ListPage<T extends object>(props: Props<T>) {
  const { name, columns, list, search, filters = [] } = props;
  const patch = usePatchSearch();
  const prefs = usePrefs(name);
  const current: Record<string, string | undefined> = Object.fromEntries(
    filters.map((filter) => [filter.param, filter.value]),
  );
  if (search) current.q = search.value;
  const exports = columns.some((column) => column.csv);
  return (
    <>
      <PageHeader title={props.title} words={props.words} action={props.action} />
      {props.children}
      <Toolbar
        aside={
          <>
            {Object.keys(current).length > 0 && <ViewsMenu search={current} prefs={prefs} />}
            <ColumnsMenu columns={columns} prefs={prefs} />
            {exports && <ExportButton name={name} columns={columns} readAll={list.readAll} />}
          </>
        }
      >
        {search && <SearchField value={search.value} label={search.label} />}
        {filters.map((filter) => (
          <FilterSelect key={filter.param} {...filter} />
        ))}
      </Toolbar>
      <DataTable
        label={props.title}
        columns={columns}
        list={list}
        hidden={prefs.hidden}
        rowKey={props.rowKey}
        openId={props.openId}
        onOpen={props.onOpen}
        actions={props.actions}
        floatActions={props.floatActions}
        filtered={Object.values(current).some(Boolean)}
        onClearFilters={() => patch(Object.fromEntries(Object.keys(current).map((key) => [key, undefined])))}
        empty={props.empty}
      />
    </>
  );
}
