import { Button } from '@mantine/core';
import { IconBuildingCommunity, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../api/generated';
import { organisationsQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { ColumnsMenu } from '../../components/ListMenus';
import { Notice } from '../../components/Notice';
import { PageHeader } from '../../components/PageHeader';
import { StateBadge } from '../../components/StateBadge';
import { ExportButton, Toolbar } from '../../components/Toolbar';
import { useList, usePatchSearch } from '../../components/useList';
import { usePrefs } from '../../components/usePrefs';
import { Instant } from '../../components/When';
import { ORGANISATION_STATES } from '../../lib/states';
import { useMe } from '../session/me';
import { AdmitDialog, RefuseDialog } from './AdmissionDialogs';
import { CreateOrganisationDialog } from './CreateOrganisationDialog';
import { OrganisationPanel } from './OrganisationPanel';
import classes from './operator.module.css';
import { Roles, StateTabs } from './parts';

const route = getRouteApi('/app/operator/organisations');

/** A row that an admission has just moved out of the filter is still shown in its panel, as long as it is among these. */
const KNOWN_MAX = 100;

export type Decision = { step: 'admit' | 'refuse'; organisation: Organisation };

/** Who takes part and who wants to; the operator decides, the supervisor reads. */
// long: one page in reading order; every step of it is one component
export function OrganisationsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const patch = usePatchSearch();
  const prefs = usePrefs('organisations');
  const list = useList(organisationsQuery({ state: search.state }));
  const known = useList(organisationsQuery({ limit: KNOWN_MAX }));
  const columns = useColumns();
  const [creating, setCreating] = useState(false);
  const [deciding, setDeciding] = useState<Decision>();
  const decides = (me?.is('OPERATOR') && me.can('MAKER')) ?? false;
  const create = decides && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {t('operator.organisations.create')}
    </Button>
  );
  const emptyKey = search.state === 'APPLIED' ? 'emptyApplied' : 'empty';
  return (
    <>
      <PageHeader title={t('operator.organisations.title')} words={t('operator.organisations.words')} action={create} />
      {search.state !== 'APPLIED' && <OpenApplications decides={decides} />}
      <Toolbar
        aside={
          <>
            <ColumnsMenu columns={columns} prefs={prefs} />
            <ExportButton name="organisations" columns={columns} readAll={list.readAll} />
          </>
        }
      >
        <StateTabs
          label={t('common.state')}
          value={search.state}
          options={[
            { value: '', label: t('common.all') },
            ...ORGANISATION_STATES.filter((state) => state !== 'ADMITTING').map((value) => ({
              value,
              label: t(`states.organisation.${value}`),
            })),
          ]}
        />
      </Toolbar>
      <DataTable
        label={t('operator.organisations.title')}
        columns={columns}
        list={list}
        hidden={prefs.hidden}
        rowKey={(row) => row.id}
        openId={search.open}
        onOpen={(row) => patch({ open: row.id }, false)}
        actions={(row) =>
          decides &&
          row.state === 'APPLIED' && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => setDeciding({ step: 'admit', organisation: row })}
            >
              {t('operator.organisations.admit')}
            </Button>
          )
        }
        filtered={search.state !== undefined && search.state !== 'APPLIED'}
        onClearFilters={() => patch({ state: undefined })}
        empty={
          <EmptyState
            icon={IconBuildingCommunity}
            title={t(`operator.organisations.${emptyKey}.title`)}
            words={t(`operator.organisations.${emptyKey}.words`)}
            action={emptyKey === 'empty' && create}
          />
        }
      />
      <OrganisationPanel
        organisation={[...list.rows, ...known.rows].find((row) => row.id === search.open)}
        pending={list.pending || known.pending}
        opened={search.open !== undefined}
        decides={decides}
        onClose={() => patch({ open: undefined })}
        onDecide={setDeciding}
      />
      {creating && <CreateOrganisationDialog onClose={() => setCreating(false)} />}
      {deciding?.step === 'admit' && (
        <AdmitDialog organisation={deciding.organisation} onClose={() => setDeciding(undefined)} />
      )}
      {deciding?.step === 'refuse' && (
        <RefuseDialog organisation={deciding.organisation} onClose={() => setDeciding(undefined)} />
      )}
    </>
  );
}

/** Says that somebody waits for a decision, and to a reader who decides. */
function OpenApplications({ decides }: { decides: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const patch = usePatchSearch();
  const applied = useList(organisationsQuery({ state: 'APPLIED' }));
  if (applied.rows.length === 0) return null;
  const others = me?.is('OPERATOR') ? t('operator.organisations.needMaker') : t('operator.organisations.readOnly');
  return (
    <Notice
      tone="wait"
      title={t('operator.organisations.applied', { count: applied.rows.length })}
      words={decides ? t('operator.organisations.appliedWords') : others}
    >
      <Button size="compact-sm" variant="default" onClick={() => patch({ state: 'APPLIED' })}>
        {t('operator.organisations.show')}
      </Button>
    </Notice>
  );
}

function useColumns(): Column<Organisation>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'name', header: t('operator.organisations.name'), cell: (row) => row.name, csv: (row) => row.name },
      {
        id: 'registryNumber',
        header: t('operator.organisations.registryNumber'),
        cell: (row) => <span className={classes.code}>{row.registryNumber}</span>,
        csv: (row) => row.registryNumber,
      },
      {
        id: 'country',
        header: t('operator.organisations.country'),
        cell: (row) => row.country,
        csv: (row) => row.country,
        hideBelow: 'lg',
      },
      {
        id: 'roles',
        header: t('operator.organisations.roles'),
        cell: (row) => <Roles roles={row.roles} />,
        csv: (row) => row.roles.map((role) => t(`states.memberRole.${role}`)).join(', '),
      },
      {
        id: 'group',
        header: t('operator.organisations.group'),
        cell: (row) => row.obligorGroup ?? '–',
        csv: (row) => row.obligorGroup ?? '',
        hideBelow: 'lg',
        card: 'none',
      },
      {
        id: 'state',
        header: t('common.state'),
        cell: (row) => <StateBadge kind="organisation" state={row.state} />,
        csv: (row) => t(`states.organisation.${row.state}`),
      },
      {
        id: 'since',
        header: t('operator.organisations.since'),
        cell: (row) => <Instant at={row.createdAt} />,
        csv: (row) => row.createdAt,
        hideBelow: 'md',
      },
    ],
    [t],
  );
}
