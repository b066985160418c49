import { IconBuilding, IconPalette, IconShieldLock, IconUsers } from '@tabler/icons-react';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../components/PageHeader';
import { AppearanceSection } from './AppearanceSection';
import { ColleaguesSection } from './ColleaguesSection';
import { OrganisationSection } from './OrganisationSection';
import { SecuritySection } from './SecuritySection';
import classes from './settings.module.css';

const route = getRouteApi('/app/settings/$section');

const SECTIONS = [
  { id: 'colleagues', icon: IconUsers, content: ColleaguesSection },
  { id: 'organisation', icon: IconBuilding, content: OrganisationSection },
  { id: 'security', icon: IconShieldLock, content: SecuritySection },
  { id: 'appearance', icon: IconPalette, content: AppearanceSection },
] as const;

/** Organisation, colleagues, sign-in and this browser; one address for each section. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { section } = route.useParams();
  const chosen = SECTIONS.find(({ id }) => id === section);
  if (!chosen) return <Navigate to="/settings/$section" params={{ section: 'colleagues' }} replace />;
  const Content = chosen.content;
  return (
    <>
      <PageHeader title={t('settings.title')} words={t('settings.words')} />
      <div className={classes.layout}>
        <nav aria-label={t('settings.title')}>
          <ul className={classes.nav}>
            {SECTIONS.map(({ id, icon: Icon }) => (
              <li key={id}>
                <Link
                  to="/settings/$section"
                  params={{ section: id }}
                  aria-current={id === chosen.id ? 'page' : undefined}
                >
                  <Icon size={17} stroke={1.7} aria-hidden />
                  {t(`settings.tab.${id}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={classes.content}>
          <Content />
        </div>
      </div>
    </>
  );
}
