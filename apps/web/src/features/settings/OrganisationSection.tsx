import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import {
  type BankAccount,
  type InviteOrganisation,
  type IssuedLink,
  inviteOrganisation,
  type Organisation,
  setAccount,
} from '../../api/generated';
import { CopyLink } from '../../components/CopyLink';
import { Dialog } from '../../components/Dialogs';
import { ProblemNotice } from '../../components/Notice';
import { Section } from '../../components/PageHeader';
import { Facts } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { useMe } from '../session/me';
import { isAccountNumber, isEmail } from './rules';
import classes from './settings.module.css';

/** Who this organisation is in the network, where its payouts go, and whom it brings along. */
export function OrganisationSection() {
  const { t } = useTranslation();
  const me = useMe();
  if (!me) return null;
  const { organisation } = me.session;
  const mayInvite = me.can('MAKER') && me.admitted && (me.is('SUPPLIER') || me.is('BUYER') || me.is('OPERATOR'));
  return (
    <>
      <Section title={t('settings.organisation.facts')}>
        <div className={classes.card}>
          <Facts
            items={[
              [t('settings.organisation.name'), organisation.name],
              [t('settings.organisation.registryNumber'), organisation.registryNumber],
              [t('settings.organisation.country'), organisation.country],
              [
                t('settings.organisation.roles'),
                organisation.roles.map((role) => t(`states.memberRole.${role}`)).join(', '),
              ],
              [t('settings.organisation.group'), organisation.obligorGroup],
              [t('settings.organisation.state'), <StateBadge key="s" kind="organisation" state={organisation.state} />],
            ]}
          />
        </div>
      </Section>
      <Section title={t('settings.organisation.account')}>
        <div className={classes.card}>
          <p className={classes.fine}>{t('settings.organisation.accountWords')}</p>
          {me.can('ADMINISTRATOR') ? (
            <AccountForm organisation={organisation} />
          ) : (
            <AccountFacts organisation={organisation} />
          )}
        </div>
      </Section>
      {mayInvite && <InviteSection />}
    </>
  );
}

function AccountFacts({ organisation: { account } }: { organisation: Organisation }) {
  const { t } = useTranslation();
  return (
    <>
      {account ? (
        <Facts
          items={[
            [t('settings.organisation.holder'), account.holder],
            [t('settings.organisation.number'), account.number],
          ]}
        />
      ) : (
        <p>{t('cash.accountNone')}</p>
      )}
      <p className={classes.fine} style={{ margin: '12px 0 0' }}>
        {t('settings.onlyAdmin')}
      </p>
    </>
  );
}

function AccountForm({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const [holder, setHolder] = useState(organisation.account?.holder ?? organisation.name);
  const [number, setNumber] = useState(organisation.account?.number ?? '');
  const [tried, setTried] = useState(false);
  const save = useCommand({
    run: (body: BankAccount, headers) => setAccount({ body, headers, throwOnError: true }),
    touches: ['session', 'members'],
    done: () => t('settings.organisation.saved'),
  });
  const unchanged = holder.trim() === organisation.account?.holder && number.trim() === organisation.account.number;
  const submit = () => {
    setTried(true);
    if (holder.trim() && isAccountNumber(number.trim())) save.mutate({ holder: holder.trim(), number: number.trim() });
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ProblemNotice problem={save.error} />
      <Stack gap="sm">
        <TextInput
          label={t('settings.organisation.holder')}
          maxLength={140}
          value={holder}
          error={tried && !holder.trim() ? t('common.fault.required') : undefined}
          onChange={(event) => setHolder(event.currentTarget.value)}
        />
        <TextInput
          label={t('settings.organisation.number')}
          maxLength={40}
          value={number}
          error={tried && !isAccountNumber(number.trim()) ? t('settings.organisation.accountBad') : undefined}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" loading={save.isPending} disabled={unchanged}>
            {t('common.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function InviteSection() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Section title={t('settings.organisation.invite')}>
      <div className={classes.card}>
        <p style={{ marginTop: 0 }}>{t('settings.organisation.inviteWords')}</p>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('settings.organisation.invite')}
        </Button>
      </div>
      {open && <InviteDialog onClose={() => setOpen(false)} />}
    </Section>
  );
}

// long: one form in reading order, field after field
function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  const [link, setLink] = useState<IssuedLink>();
  const invite = useCommand({
    run: (body: InviteOrganisation, headers) => inviteOrganisation({ body, headers, throwOnError: true }),
    touches: [],
    onDone: (issued) => setLink(issued),
  });
  const submit = () => {
    setTried(true);
    if (name.trim() && isEmail(email.trim())) invite.mutate({ organisationName: name.trim(), email: email.trim() });
  };
  return (
    <Dialog opened onClose={onClose} title={t('settings.inviteOrg.title')} size={500}>
      {link ? (
        <>
          <CopyLink link={link} label={t('settings.inviteOrg.link')} />
          <p className={classes.fine} style={{ margin: '12px 0 0' }}>
            {t('settings.inviteOrg.after')}
          </p>
        </>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <ProblemNotice problem={invite.error} />
          <Stack gap="sm">
            <TextInput
              label={t('settings.inviteOrg.name')}
              maxLength={140}
              data-autofocus
              value={name}
              error={tried && !name.trim() ? t('common.fault.required') : undefined}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={t('settings.inviteOrg.email')}
              type="email"
              maxLength={254}
              value={email}
              error={tried && !isEmail(email.trim()) ? t('common.fault.email') : undefined}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
          </Stack>
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {t('settings.inviteOrg.send')}
            </Button>
          </Group>
        </form>
      )}
    </Dialog>
  );
}
