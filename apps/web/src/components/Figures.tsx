import { Children, type ReactNode } from 'react';
import classes from './Figures.module.css';

/** The few figures a home begins with. */
export function FigureRow({ children }: { children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}

export function FigureCard({ label, value, children }: { label: string; value: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.card}>
      <div className={classes.label}>{label}</div>
      <div className={classes.value}>{value}</div>
      {children}
    </div>
  );
}

/** Several currencies under one label, one a line, never added up across currencies. */
export function Stacked({ children, empty }: { children: ReactNode[]; empty: string }) {
  if (children.length === 0) return <span className={classes.none}>{empty}</span>;
  return (
    <>
      {Children.map(children, (child) => (
        <div>{child}</div>
      ))}
    </>
  );
}
