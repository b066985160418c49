import { Title, UnstyledButton } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Meta, SignIn, UserRole } from '../../api/generated';
import classes from './SignInPage.module.css';

const USER_ROLES = ['ADMINISTRATOR', 'MAKER', 'CHECKER', 'TREASURER', 'VIEWER'] as const satisfies readonly UserRole[];

interface Props {
  signIns: NonNullable<Meta['signIns']>;
  busy: boolean;
  onPick: (who: SignIn) => void;
}

/** The people of the demo network. The API lists them in demo mode only. */
export function DemoSignIns({ signIns, busy, onPick }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Title order={2}>{t('session.demo.title')}</Title>
      <p className={classes.demoWords}>{t('session.demo.words')}</p>
      <ul className={classes.demoList}>
        {signIns.map((who) => (
          <li key={who.email}>
            <UnstyledButton
              className={classes.demoRow}
              disabled={busy}
              title={t('session.demo.enter', { person: who.person, organisation: who.organisation })}
              onClick={() => onPick({ email: who.email, password: who.password })}
            >
              <span>
                <span className={classes.demoOrg}>{who.organisation}</span>
                <br />
                <span className="hw-dim">{who.person}</span>
              </span>
              <span className={classes.demoRoles}>{who.roles.map((role) => roleWord(role, t)).join(' · ')}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </>
  );
}

function roleWord(role: string, t: TFunction): string {
  const known = USER_ROLES.find((candidate) => candidate === role);
  return known ? t(`states.userRole.${known}`) : role;
}
