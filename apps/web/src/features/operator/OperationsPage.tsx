import { Anchor, Skeleton } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getOperation, type Operation } from '../../api/generated';
import { ApiProblem, toProblem } from '../../api/problem';
import { operationsQuery, registerStatusQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ColumnsMenu } from '../../components/ListMenus';
import { Notice, ProblemNotice } from '../../components/Notice';
import { PageHeader } from '../../components/PageHeader';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { problemWords } from '../../components/problemWords';
import { StateBadge } from '../../components/StateBadge';
import { ExportButton, Toolbar } from '../../components/Toolbar';
import { useList, usePatchSearch } from '../../components/useList';
import { usePrefs } from '../../components/usePrefs';
import { Instant } from '../../components/When';
import { OPERATION_STATES } from '../../lib/states';
import classes from './operator.module.css';
import { FigureRow, StateTabs } from './parts';
import { seconds } from './time';

const route = getRouteApi('/app/operator/operations');

const operationQuery = (id: string) =>
  queryOptions({
    queryKey: ['operations', 'one', id] as const,
    queryFn: async () => (await getOperation({ path: { id }, throwOnError: true })).data,
  });

/** Every change on its way to the register, and why one failed. */
export function OperationsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const prefs = usePrefs('operations');
  const list = useList(operationsQuery({ state: search.state }));
  const columns = useColumns();
  return (
    <>
      <PageHeader title={t('operator.operations.title')} words={t('operator.operations.words')} />
      <QueueFigures />
      <Toolbar
        aside={
          <>
            <ColumnsMenu columns={columns} prefs={prefs} />
            <ExportButton name="operations" columns={columns} readAll={list.readAll} />
          </>
        }
      >
        <StateTabs
          label={t('common.state')}
          value={search.state}
          options={[
            { value: '', label: t('common.all') },
            ...OPERATION_STATES.map((value) => ({ value, label: t(`states.operation.${value}`) })),
          ]}
        />
      </Toolbar>
      <DataTable
        label={t('operator.operations.title')}
        columns={columns}
        list={list}
        hidden={prefs.hidden}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        filtered={search.state !== undefined}
        onClearFilters={() => patch({ state: undefined })}
        empty={
          <EmptyState
            icon={IconListCheck}
            title={t('operator.operations.empty.title')}
            words={t('operator.operations.empty.words')}
          />
        }
      />
      <OperationPanel id={search.open} onClose={() => patch({ open: undefined })} />
    </>
  );
}

function QueueFigures() {
  const { t } = useTranslation();
  const { data } = useQuery(registerStatusQuery);
  if (!data) return <Skeleton height={84} radius="lg" mb={24} />;
  const { waiting, failed, oldestSeconds } = data.queue;
  return (
    <FigureRow
      label={t('operator.register.queue')}
      items={[
        { label: t('operator.operations.waiting'), value: waiting },
        { label: t('operator.operations.failed'), value: failed, bad: failed > 0 },
        {
          label: t('operator.operations.oldest'),
          value: waiting > 0 ? t('operator.register.seconds', { count: oldestSeconds }) : '–',
        },
      ]}
    />
  );
}

function useColumns(): Column<Operation>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const why = (row: Operation) => (row.error ? problemWords(asProblem(row.error), t, i18n.language).what : '');
    return [
      {
        id: 'kind',
        header: t('operator.operations.kind'),
        cell: (row) => t(`operator.operations.kinds.${row.kind}`),
        csv: (row) => t(`operator.operations.kinds.${row.kind}`),
      },
      {
        id: 'state',
        header: t('common.state'),
        card: 'amount',
        cell: (row) => <StateBadge kind="operation" state={row.state} />,
        csv: (row) => t(`states.operation.${row.state}`),
      },
      {
        id: 'created',
        header: t('operator.operations.created'),
        cell: (row) => <Instant at={row.createdAt} />,
        csv: (row) => row.createdAt,
      },
      {
        id: 'took',
        header: t('operator.operations.took'),
        align: 'right',
        hideBelow: 'md',
        cell: (row) => seconds(row.createdAt, row.settledAt, i18n.language) || '–',
        csv: (row) => row.settledAt ?? '',
      },
      {
        id: 'error',
        header: t('operator.operations.error'),
        card: 'none',
        hideBelow: 'md',
        cell: (row) => <span className={row.error && classes.error}>{why(row) || '–'}</span>,
        csv: why,
      },
      { id: 'id', header: t('operator.operations.id'), cell: () => null, csv: (row) => row.id, exportOnly: true },
    ];
  }, [t, i18n.language]);
}

const asProblem = (error: NonNullable<Operation['error']>) => new ApiProblem(error.code, 409, error.detail);

function OperationPanel({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({ ...operationQuery(id ?? ''), enabled: id !== undefined });
  const operation = id ? query.data : undefined;
  return (
    <Panel opened={id !== undefined} onClose={onClose} title={t('operator.operations.id')}>
      {query.error && <ProblemNotice problem={toProblem(query.error)} />}
      {!operation && !query.error && <Skeleton height={200} />}
      {operation && <Body operation={operation} />}
    </Panel>
  );
}

function Body({ operation }: { operation: Operation }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Figure aside={<StateBadge kind="operation" state={operation.state} />}>
        {t(`operator.operations.kinds.${operation.kind}`)}
      </Figure>
      {operation.error && <Why error={operation.error} />}
      <Facts
        items={[
          [t('operator.operations.created'), <Instant key="c" at={operation.createdAt} />],
          [t('operator.operations.settled'), operation.settledAt && <Instant key="s" at={operation.settledAt} />],
          [t('operator.operations.took'), seconds(operation.createdAt, operation.settledAt, i18n.language)],
          [t('operator.operations.subject'), operation.subjectId && <Subject key="o" operation={operation} />],
          [
            t('operator.operations.id'),
            <span key="i" className={classes.mono}>
              {operation.id}
            </span>,
          ],
        ]}
      />
      <PanelSection title={t('common.next')}>
        <span className="hw-dim">{t(`operator.operations.next.${operation.state}`)}</span>
      </PanelSection>
    </>
  );
}

function Why({ error }: { error: NonNullable<Operation['error']> }) {
  const { t, i18n } = useTranslation();
  const { what, next } = problemWords(asProblem(error), t, i18n.language);
  return (
    <Notice tone="bad" title={what} words={`${next} ${t('operator.operations.effects')}`}>
      <span className={classes.mono}>
        {error.code}: {error.detail}
      </span>
    </Notice>
  );
}

/** A way to the object where the operator may see it; its id otherwise, to find it in a log. */
function Subject({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const search = { open: operation.subjectId } as never;
  if (operation.kind === 'ADMIT_MEMBER' || operation.kind === 'UPDATE_MEMBER')
    return (
      <Anchor component={Link} fz="sm" to="/operator/organisations" search={search}>
        {t('operator.operations.openOrganisation')}
      </Anchor>
    );
  if (operation.kind === 'CLAIM')
    return (
      <Anchor component={Link} fz="sm" to="/operator/payables" search={search}>
        {t('operator.operations.openPayable')}
      </Anchor>
    );
  return <span className={classes.mono}>{operation.subjectId}</span>;
}
