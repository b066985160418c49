import { AppShell, Burger } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { lookAtAll } from '../api/follow';
import { useLive } from '../api/live';
import { clockQuery, metaQuery } from '../api/queries';
import { PageSkeleton } from '../components/Skeletons';
import { useMe } from '../features/session/me';
import { formatDay } from '../lib/days';
import { compact, ownPath } from '../lib/search';
import { AccountMenu } from './AccountMenu';
import classes from './AppLayout.module.css';
import { KeysHelp } from './KeysHelp';
import { LanguageSwitch } from './LanguageSwitch';
import { navFor } from './nav';
import { Rail } from './Rail';
import { StandingNotice } from './StandingNotice';

/** The frame of every screen behind sign-in: rail on the left, one thin bar on top, the page. */
// long: the frame of the page in reading order
export function AppLayout() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const router = useRouter();
  const { data: meta } = useQuery(metaQuery);
  const { data: clock } = useQuery(clockQuery);
  const [opened, menu] = useDisclosure(false);
  const [keysOpened, keys] = useDisclosure(false);
  useLive(lookAtAll);
  const groups = navFor(me?.session.organisation.roles ?? [], meta?.demo ?? false);
  const items = groups.flatMap((group) => group.items);
  useHotkeys([
    ['shift+?', keys.toggle],
    ['?', keys.toggle],
    ...items
      .slice(0, 9)
      .map((item, index): [string, () => void] => [`alt+${index + 1}`, () => void navigate({ to: item.to })]),
  ]);
  // The session can end elsewhere (sign out everywhere): the next answer says so, and this page goes to sign-in.
  const gone = me === undefined;
  useEffect(() => {
    if (gone) void navigate({ to: '/sign-in', search: compact({ to: ownPath(router.state.location.href) }) });
  }, [gone, navigate, router]);
  if (!me) return null;
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 228, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      layout="alt"
      withBorder={false}
    >
      <a className="hw-skip" href="#content">
        {t('common.skip')}
      </a>
      <AppShell.Header>
        <div className={classes.top}>
          <Burger opened={opened} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.menu')} />
          <div className={classes.topRight}>
            {clock && (
              <span className={classes.today}>{t('common.today', { day: formatDay(clock.today, i18n.language) })}</span>
            )}
            <LanguageSwitch />
            <AccountMenu session={me.session} onKeys={keys.open} />
          </div>
        </div>
      </AppShell.Header>
      <AppShell.Navbar className={classes.rail} aria-label={t('nav.main')}>
        <Rail groups={groups} organisation={me.session.organisation.name} onGo={menu.close} onClose={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className={classes.main}>
          <StandingNotice organisation={me.session.organisation} />
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </div>
      </AppShell.Main>
      <KeysHelp opened={keysOpened} onClose={keys.close} />
    </AppShell>
  );
}
