import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/commands';
import { type Application, applyForAdmission, type Link, type Session } from '../../api/generated';
import { ProblemNotice } from '../../components/Notice';
import { PasswordFields, passwordFits } from './PasswordFields';
import { isAccountNumber, isCountry, isRegistryNumber } from './rules';
import classes from './settings.module.css';

interface Fields {
  name: string;
  registryNumber: string;
  country: string;
  holder: string;
  number: string;
  person: string;
}

interface Props {
  token: string;
  link: Link;
  onIn: (session: Session) => void;
}

/** What a newcomer fills in. It applies as a supplier; the operator decides, and says so on the next screen. */
// long: one form in reading order, field after field
export function ApplyForm({ token, link, onIn }: Props) {
  const { t } = useTranslation();
  const [fields, setFields] = useState<Fields>({
    name: link.organisationName ?? '',
    registryNumber: '',
    country: 'CN',
    holder: link.organisationName ?? '',
    number: '',
    person: '',
  });
  const [passwords, setPasswords] = useState({ first: '', second: '' });
  const [tried, setTried] = useState(false);
  const apply = useCommand({
    run: (body: Application, headers) => applyForAdmission({ path: { token }, body, headers, throwOnError: true }),
    touches: [],
    onDone: onIn,
  });
  const faults = useFaults(fields);
  const submit = () => {
    setTried(true);
    if (Object.keys(faults).length > 0 || !passwordFits(passwords)) return;
    const { name, registryNumber, country, holder, number, person } = trimmed(fields);
    apply.mutate({
      name,
      registryNumber,
      country,
      account: { holder, number },
      administrator: { name: person, password: passwords.first },
    });
  };
  const field = (key: keyof Fields, max: number) => ({
    value: fields[key],
    maxLength: max,
    error: tried ? faults[key] : undefined,
    onChange: (event: { currentTarget: { value: string } }) => {
      const value = key === 'country' ? event.currentTarget.value.toUpperCase() : event.currentTarget.value;
      setFields((before) => ({ ...before, [key]: value }));
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ProblemNotice problem={apply.error} />
      <fieldset className={classes.group}>
        <legend>{t('session.link.organisation')}</legend>
        <Stack gap="sm">
          <TextInput label={t('session.link.legalName')} autoComplete="organization" {...field('name', 140)} />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label={t('session.link.registryNumber')}
              description={t('operator.create.registryNumberHint')}
              {...field('registryNumber', 40)}
            />
            <TextInput
              label={t('session.link.country')}
              description={t('operator.create.countryHint')}
              {...field('country', 2)}
            />
          </SimpleGrid>
        </Stack>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t('session.link.bank')}</legend>
        <p className={classes.fine}>{t('settings.organisation.accountWords')}</p>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label={t('session.link.holder')} {...field('holder', 140)} />
          <TextInput label={t('session.link.number')} {...field('number', 40)} />
        </SimpleGrid>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{t('session.link.person')}</legend>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput label={t('session.link.name')} autoComplete="name" {...field('person', 120)} />
            <TextInput label={t('session.email')} value={link.email} readOnly autoComplete="username" />
          </SimpleGrid>
          <PasswordFields value={passwords} onChange={setPasswords} tried={tried} />
        </Stack>
      </fieldset>
      <p className={classes.fine}>{t('operator.link.afterApply')}</p>
      <Button type="submit" fullWidth loading={apply.isPending}>
        {t('session.link.sendApplication')}
      </Button>
    </form>
  );
}

function trimmed(fields: Fields): Fields {
  const { name, registryNumber, country, holder, number, person } = fields;
  return {
    name: name.trim(),
    registryNumber: registryNumber.trim(),
    country: country.trim(),
    holder: holder.trim(),
    number: number.trim(),
    person: person.trim(),
  };
}

function useFaults(raw: Fields): Partial<Record<keyof Fields, string>> {
  const { t } = useTranslation();
  const fields = trimmed(raw);
  const faults: Partial<Record<keyof Fields, string>> = {};
  for (const key of ['name', 'holder', 'person'] as const) if (!fields[key]) faults[key] = t('common.fault.required');
  if (!isRegistryNumber(fields.registryNumber)) faults.registryNumber = t('operator.create.registryBad');
  if (!isCountry(fields.country)) faults.country = t('operator.create.countryBad');
  if (!isAccountNumber(fields.number)) faults.number = t('settings.organisation.accountBad');
  return faults;
}
