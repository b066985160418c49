import { bank } from './bank';
import { buyer } from './buyer';
import { cash } from './cash';
import { common } from './common';
import { errors } from './errors';
import { financing } from './financing';
import { holdings } from './holdings';
import { home } from './home';
import { invoices } from './invoices';
import { nav } from './nav';
import { operator } from './operator';
import { session } from './session';
import { settings } from './settings';
import { states } from './states';
import { timeline } from './timeline';
import { transfers } from './transfers';

/** English is the reference: its keys are the type every other language must fill. */
export const en = {
  bank,
  buyer,
  cash,
  common,
  errors,
  financing,
  holdings,
  home,
  invoices,
  nav,
  operator,
  session,
  settings,
  states,
  timeline,
  transfers,
};

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type Translation = Words<typeof en>;
