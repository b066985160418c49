import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconSettings, IconSun } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/generated';
import { signOut } from '../api/generated';
import { sessionQuery } from '../api/queries';
import classes from './AppLayout.module.css';

/** Signs out and forgets everything that was read, so that the next person at this screen sees nothing of it. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await signOut({ throwOnError: true }).catch(() => undefined);
    // Leave first: a page that saw its session end would ask the next person to come back to it.
    await navigate({ to: '/sign-in' });
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' && query.queryKey[0] !== 'meta' });
    queries.setQueryData(sessionQuery.queryKey, null);
  };
}

export function AccountMenu({ session, onKeys }: { session: Session; onKeys: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const initials = session.user.name.slice(0, /^[\u4e00-\u9fff]/.test(session.user.name) ? 1 : 2).toUpperCase();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.account}>
          <span className="hw-hidden">{t('nav.account')}</span>
          <span className={classes.initials} aria-hidden>
            {initials}
          </span>
          <span className={classes.accountName}>{session.user.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.user.email}</Menu.Label>
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => void navigate({ to: '/settings' })}>
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onKeys}>
          {t('nav.keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('nav.theme')}</Menu.Label>
        <Menu.Item
          leftSection={<IconSun size={16} />}
          aria-current={colorScheme === 'light'}
          onClick={() => setColorScheme('light')}
        >
          {t('nav.light')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconMoon size={16} />}
          aria-current={colorScheme === 'dark'}
          onClick={() => setColorScheme('dark')}
        >
          {t('nav.dark')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDeviceDesktop size={16} />}
          aria-current={colorScheme === 'auto'}
          onClick={() => setColorScheme('auto')}
        >
          {t('nav.auto')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
