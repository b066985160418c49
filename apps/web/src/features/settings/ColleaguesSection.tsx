import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconKey, IconTrash, IconUserEdit, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type Colleagues, type User, type UserRole, withdrawInvitation } from '../../api/generated';
import { colleaguesQuery } from '../../api/queries';
import { type Column, DataTable } from '../../components/DataTable';
import { ConfirmDialog } from '../../components/Dialogs';
import { EmptyState } from '../../components/EmptyState';
import { Section } from '../../components/PageHeader';
import { Instant, Until } from '../../components/When';
import { useMe } from '../session/me';
import { ColleagueDialog, type ColleagueStep } from './ColleagueDialogs';
import classes from './settings.module.css';

type Invitation = Colleagues['invitations'][number];

/** The people of this organisation. Everybody sees them; an administrator changes them. */
export function ColleaguesSection() {
  const { t } = useTranslation();
  const me = useMe();
  const query = useQuery(colleaguesQuery);
  const [step, setStep] = useState<ColleagueStep>();
  const columns = useColumns(me?.session.user.id);
  const administrator = me?.can('ADMINISTRATOR') ?? false;
  const list = {
    rows: query.data?.items ?? [],
    pending: query.isPending,
    error: query.data ? null : query.error,
    hasMore: false,
    loadingMore: false,
    loadMore: () => undefined,
    retry: () => void query.refetch(),
  };
  const invite = administrator && (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setStep({ step: 'invite' })}>
      {t('settings.invite')}
    </Button>
  );
  return (
    <>
      <Section title={t('settings.tab.colleagues')} aside={invite}>
        {!administrator && <p className={classes.fine}>{t('settings.onlyAdmin')}</p>}
        <DataTable
          label={t('settings.tab.colleagues')}
          columns={columns}
          list={list}
          rowKey={(row) => row.id}
          actions={
            administrator
              ? (row) => <PersonMenu user={row} own={row.id === me?.session.user.id} onStep={setStep} />
              : undefined
          }
          empty={<EmptyState title={t('common.none')} words={t('settings.words')} action={invite} />}
        />
      </Section>
      {(query.data?.invitations.length ?? 0) > 0 && (
        <Invitations invitations={query.data?.invitations ?? []} administrator={administrator} />
      )}
      {step && <ColleagueDialog step={step} onClose={() => setStep(undefined)} />}
    </>
  );
}

export function Roles({ roles }: { roles: readonly UserRole[] }) {
  const { t } = useTranslation();
  return (
    <span className={classes.roles}>
      {roles.map((role) => (
        <span key={role} className={classes.role} title={t(`states.userRoleHint.${role}`)}>
          {t(`states.userRole.${role}`)}
        </span>
      ))}
    </span>
  );
}

function useColumns(own: string | undefined): Column<User>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('settings.name'),
        cell: (row) => (
          <span>
            <strong>{row.name}</strong>
            {row.id === own && <span className={classes.me}>{t('settings.you')}</span>}
          </span>
        ),
      },
      { id: 'email', header: t('settings.email'), cell: (row) => row.email },
      { id: 'roles', header: t('settings.roles'), cell: (row) => <Roles roles={row.roles} /> },
      {
        id: 'seen',
        header: t('settings.lastSeen'),
        hideBelow: 'lg',
        cell: (row) => (row.lastSeenAt ? <Until at={row.lastSeenAt} /> : t('settings.never')),
      },
    ],
    [t, own],
  );
}

function PersonMenu({ user, own, onStep }: { user: User; own: boolean; onStep: (step: ColleagueStep) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`${t('common.actions')}: ${user.name}`}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserEdit size={16} />} onClick={() => onStep({ step: 'roles', user })}>
          {t('settings.edit')}
        </Menu.Item>
        {!own && (
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => onStep({ step: 'reset', user })}>
            {t('settings.reset')}
          </Menu.Item>
        )}
        {!own && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onStep({ step: 'remove', user })}>
            {t('settings.remove')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

// long: one table with the one step it allows
function Invitations({ invitations, administrator }: { invitations: readonly Invitation[]; administrator: boolean }) {
  const { t } = useTranslation();
  const [withdrawing, setWithdrawing] = useState<Invitation>();
  const withdraw = useCommand({
    run: (id: string, headers) => withdrawInvitation({ path: { id }, headers, throwOnError: true }),
    touches: ['members'],
    done: () => t('settings.withdrawn'),
    onDone: () => setWithdrawing(undefined),
  });
  const columns = useMemo<Column<Invitation>[]>(
    () => [
      { id: 'email', header: t('settings.email'), cell: (row) => row.email },
      { id: 'roles', header: t('settings.roles'), cell: (row) => <Roles roles={row.roles} /> },
      { id: 'expires', header: t('common.expires'), cell: (row) => <Instant at={row.expiresAt} /> },
    ],
    [t],
  );
  const list = {
    rows: [...invitations],
    pending: false,
    error: null,
    hasMore: false,
    loadingMore: false,
    loadMore: () => undefined,
    retry: () => undefined,
  };
  return (
    <Section title={t('settings.pending')}>
      <DataTable
        label={t('settings.pending')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        actions={
          administrator
            ? (row) => (
                <Button size="compact-sm" variant="default" onClick={() => setWithdrawing(row)}>
                  {t('settings.withdraw')}
                </Button>
              )
            : undefined
        }
        empty={null}
      />
      {withdrawing && (
        <ConfirmDialog
          opened
          onClose={() => setWithdrawing(undefined)}
          title={t('operator.link.withdrawTitle', { email: withdrawing.email })}
          verb={t('settings.withdraw')}
          danger
          busy={withdraw.isPending}
          problem={withdraw.error}
          onConfirm={() => withdraw.mutate(withdrawing.id)}
        >
          {t('operator.link.withdrawWords')}
        </ConfirmDialog>
      )}
    </Section>
  );
}
