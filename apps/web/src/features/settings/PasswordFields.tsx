import { PasswordInput } from '@mantine/core';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './settings.module.css';

/** What the API judges by; it also refuses well-known passwords and the e-mail address, and says so itself. */
const LENGTH_MIN = 12;
const KINDS_MIN = 4;

export interface Passwords {
  first: string;
  second: string;
}

const lengthOf = (password: string) => [...password.normalize('NFKC')].length;
const kindsOf = (password: string) => new Set(password.normalize('NFKC').toLowerCase()).size;

export const passwordFits = ({ first, second }: Passwords): boolean =>
  lengthOf(first) >= LENGTH_MIN && kindsOf(first) >= KINDS_MIN && first === second;

interface Props {
  value: Passwords;
  onChange: (value: Passwords) => void;
  /** Something was sent already: what is missing is marked. */
  tried: boolean;
}

/** A new password, twice, with the rules in sight and ticked as they are met. */
export function PasswordFields({ value, onChange, tried }: Props) {
  const { t } = useTranslation();
  const rules = [
    { met: lengthOf(value.first) >= LENGTH_MIN, words: t('operator.link.ruleLength', { count: LENGTH_MIN }) },
    { met: value.first !== '' && kindsOf(value.first) >= KINDS_MIN, words: t('operator.link.ruleKinds') },
    { met: value.first !== '' && value.first === value.second, words: t('operator.link.ruleSame') },
  ];
  return (
    <>
      <PasswordInput
        label={t('session.link.newPassword')}
        autoComplete="new-password"
        maxLength={200}
        value={value.first}
        error={tried && lengthOf(value.first) < LENGTH_MIN}
        onChange={(event) => onChange({ ...value, first: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('operator.link.passwordAgain')}
        autoComplete="new-password"
        maxLength={200}
        value={value.second}
        error={tried && value.first !== value.second}
        onChange={(event) => onChange({ ...value, second: event.currentTarget.value })}
      />
      <ul className={classes.rules}>
        {rules.map((rule) => (
          <li key={rule.words} data-met={rule.met || undefined}>
            {rule.met ? <IconCheck size={14} aria-hidden /> : <IconCircle size={12} aria-hidden />}
            <span>
              {rule.words}
              <span className="hw-hidden"> {rule.met ? t('operator.link.ruleMet') : t('operator.link.ruleOpen')}</span>
            </span>
          </li>
        ))}
        <li>
          <IconCircle size={12} aria-hidden />
          <span>{t('operator.link.ruleKnown')}</span>
        </li>
      </ul>
    </>
  );
}
