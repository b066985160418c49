import { Burger } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './AppLayout.module.css';
import { Brand } from './Brand';
import type { NavGroup } from './nav';

interface Props {
  groups: readonly NavGroup[];
  organisation: string;
  onGo: () => void;
  onClose: () => void;
}

/** The rail: whose house this is, its screens, and the settings at the foot. */
export function Rail({ groups, organisation, onGo, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.brand}>
        <Burger opened onClick={onClose} hiddenFrom="sm" size="sm" aria-label={t('common.close')} />
        <Brand size={28} />
        <div style={{ minWidth: 0 }}>
          <div className={classes.brandName}>{t('common.brand')}</div>
          <div className={classes.brandOrg} title={organisation}>
            {organisation}
          </div>
        </div>
      </div>
      {groups.map((group) => (
        <div key={group.role}>
          {groups.length > 1 && <div className={classes.groupLabel}>{t(`nav.group.${group.label}`)}</div>}
          <ul className={classes.list}>
            {group.items.map((item) => (
              <li key={item.to}>
                <Link
                  to={item.to}
                  className={classes.item}
                  activeOptions={{ exact: isHome(item.to), includeSearch: false }}
                  onClick={onGo}
                >
                  <item.icon size={18} stroke={1.7} aria-hidden />
                  {t(`nav.${item.label}`)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className={classes.foot}>
        <ul className={classes.list}>
          <li>
            <Link to="/settings" className={classes.item} activeOptions={{ exact: false }} onClick={onGo}>
              <IconSettings size={18} stroke={1.7} aria-hidden />
              {t('nav.settings')}
            </Link>
          </li>
        </ul>
      </div>
    </>
  );
}

const isHome = (path: string) => path === '/supplier' || path === '/buyer' || path === '/bank';
