import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './PageHeader.module.css';

/** The one heading of a page, a line that says what it is for, and its one primary action. */
export function PageHeader({ title, words, action }: { title: string; words?: string; action?: ReactNode }) {
  return (
    <div className={classes.header}>
      <div>
        <Title order={1}>{title}</Title>
        {words && <p className={classes.words}>{words}</p>}
      </div>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}

/** A part of a page: its heading, an optional link at the right, its content. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <Title order={2}>{title}</Title>
        {aside}
      </div>
      {children}
    </section>
  );
}
