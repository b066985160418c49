import { Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import {
  type CreatedOrganisation,
  type CreateOrganisation,
  createOrganisation,
  type MemberRole,
} from '../../api/generated';
import { CopyLink } from '../../components/CopyLink';
import { Dialog } from '../../components/Dialogs';
import { Notice, ProblemNotice } from '../../components/Notice';
import { isAccountNumber, isCountry, isEmail, isRegistryNumber } from '../settings/rules';
import classes from './operator.module.css';

const ROLES = [
  'SUPPLIER',
  'BUYER',
  'BANK',
  'SETTLEMENT_BANK',
  'SUPERVISOR',
  'OPERATOR',
] as const satisfies readonly MemberRole[];

interface Fields {
  name: string;
  registryNumber: string;
  country: string;
  group: string;
  holder: string;
  number: string;
  person: string;
  email: string;
}
type Faults = Partial<Record<keyof Fields | 'roles', string>>;

const EMPTY: Fields = {
  name: '',
  registryNumber: '',
  country: 'CN',
  group: '',
  holder: '',
  number: '',
  person: '',
  email: '',
};

/** The operator brings in an organisation and gets a link for its first administrator. */
export function CreateOrganisationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [created, setCreated] = useState<CreatedOrganisation>();
  if (created) return <Created created={created} onClose={onClose} />;
  return (
    <Dialog opened onClose={onClose} title={t('operator.create.title')} size={640}>
      <p className={classes.fine} style={{ marginBottom: 16 }}>
        {t('operator.create.words')}
      </p>
      <Form onClose={onClose} onCreated={setCreated} />
    </Dialog>
  );
}

function Created({ created, onClose }: { created: CreatedOrganisation; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('operator.create.created', { name: created.organisation.name })}
      size={520}
    >
      <Notice tone="good" title={t('operator.create.createdWords')} />
      <CopyLink link={created.link} label={t('operator.create.link')} />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>{t('operator.create.done')}</Button>
      </Group>
    </Dialog>
  );
}

// long: one form in reading order, field after field
function Form({ onClose, onCreated }: { onClose: () => void; onCreated: (created: CreatedOrganisation) => void }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(EMPTY);
  const [roles, setRoles] = useState<MemberRole[]>(['SUPPLIER']);
  const [tried, setTried] = useState(false);
  const faults = useFaults(fields, roles);
  const create = useCommand({
    run: (body: CreateOrganisation, headers) => createOrganisation({ body, headers, throwOnError: true }),
    touches: ['members'],
    onDone: onCreated,
  });
  const submit = () => {
    setTried(true);
    if (Object.keys(faults).length === 0) create.mutate(bodyOf(fields, roles));
  };
  const field = (key: keyof Fields, max: number) => ({
    value: fields[key],
    maxLength: max,
    error: tried ? faults[key] : undefined,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setFields((before) => ({ ...before, [key]: key === 'country' ? value.toUpperCase() : value }));
    },
  });
  const optional = (words: string) => `${words} (${t('common.optional')})`;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ProblemNotice problem={create.error} />
      <fieldset className={classes.group}>
        <legend>{t('operator.create.organisation')}</legend>
        <Stack gap="sm">
          <TextInput label={t('operator.create.name')} data-autofocus {...field('name', 140)} />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label={t('operator.create.registryNumber')}
              description={t('operator.create.registryNumberHint')}
              {...field('registryNumber', 40)}
            />
            <TextInput
              label={t('operator.create.country')}
              description={t('operator.create.countryHint')}
              {...field('country', 2)}
            />
          </SimpleGrid>
          <Checkbox.Group
            label={t('operator.create.roles')}
            value={roles}
            error={tried ? faults.roles : undefined}
            onChange={(chosen) => setRoles(ROLES.filter((role) => chosen.includes(role)))}
          >
            <Group gap="md" mt={6}>
              {ROLES.map((role) => (
                <Checkbox key={role} value={role} label={t(`states.memberRole.${role}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          {roles.includes('BUYER') && (
            <TextInput
              label={optional(t('operator.create.group'))}
              description={t('operator.create.groupHint')}
              {...field('group', 80)}
            />
          )}
        </Stack>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{optional(t('operator.create.account'))}</legend>
        <p className={classes.fine} style={{ marginBottom: 8 }}>
          {t('operator.create.accountHint')}
        </p>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label={t('settings.organisation.holder')} {...field('holder', 140)} />
          <TextInput label={t('settings.organisation.number')} {...field('number', 40)} />
        </SimpleGrid>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t('operator.create.administrator')}</legend>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label={t('operator.create.person')} {...field('person', 120)} />
          <TextInput label={t('operator.create.email')} type="email" {...field('email', 254)} />
        </SimpleGrid>
      </fieldset>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={create.isPending}>
          {t('operator.create.submit')}
        </Button>
      </Group>
    </form>
  );
}

function bodyOf(fields: Fields, roles: MemberRole[]): CreateOrganisation {
  const group = fields.group.trim();
  const holder = fields.holder.trim();
  return {
    name: fields.name.trim(),
    registryNumber: fields.registryNumber.trim(),
    country: fields.country.trim(),
    roles,
    ...(group && roles.includes('BUYER') ? { obligorGroup: group } : {}),
    ...(holder ? { account: { holder, number: fields.number.trim() } } : {}),
    administrator: { name: fields.person.trim(), email: fields.email.trim() },
  };
}

function useFaults(fields: Fields, roles: readonly MemberRole[]): Faults {
  const { t } = useTranslation();
  const faults: Faults = {};
  for (const key of ['name', 'person'] as const) if (!fields[key].trim()) faults[key] = t('common.fault.required');
  if (!isRegistryNumber(fields.registryNumber.trim())) faults.registryNumber = t('operator.create.registryBad');
  if (!isCountry(fields.country.trim())) faults.country = t('operator.create.countryBad');
  if (!isEmail(fields.email.trim())) faults.email = t('common.fault.email');
  if (roles.length === 0) faults.roles = t('operator.create.rolesMissing');
  const [holder, number] = [fields.holder.trim(), fields.number.trim()];
  if (Boolean(holder) !== Boolean(number)) faults[holder ? 'number' : 'holder'] = t('operator.create.accountBoth');
  else if (number && !isAccountNumber(number)) faults.number = t('settings.organisation.accountBad');
  return faults;
}
