import { Drawer, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Panel.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Buttons that stay in sight at the foot. */
  actions?: ReactNode;
}

/** The detail of a row beside its list. It lives in the address bar, so it can be linked and survives a reload. */
export function Panel({ opened, onClose, title, children, actions }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size={520}>
      <Drawer.Overlay backgroundOpacity={0.18} />
      <Drawer.Content>
        {/* A plain div: Mantine's own header element would be a second banner on the page. */}
        <div className={classes.head}>
          <Drawer.Title className={classes.title}>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('common.close')} />
        </div>
        <Drawer.Body className={classes.body}>
          <div className={classes.scroll}>{children}</div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

export function PanelSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Title order={3} mb={8}>
        {title}
      </Title>
      {children}
    </section>
  );
}

/** Facts as label and value. A fact without a value is not shown. */
export function Facts({ items }: { items: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {items.map(([label, value]) =>
        value === undefined || value === null || value === '' || value === false ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** The figure a panel is about. */
export function Figure({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className={classes.figure}>
      <span className={classes.big}>{children}</span>
      {aside}
    </div>
  );
}
