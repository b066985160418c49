import { IconInbox, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface Props {
  title: string;
  words: string;
  action?: ReactNode;
  icon?: TablerIcon;
}

/** Nothing here yet: why, and the button that starts the job. */
export function EmptyState({ title, words, action, icon: Icon = IconInbox }: Props) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon} aria-hidden>
        <Icon size={22} stroke={1.6} />
      </span>
      <p className={classes.title}>{title}</p>
      <p className={classes.words}>{words}</p>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
