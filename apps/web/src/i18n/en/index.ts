import { common } from './common';
import { errors } from './errors';
import { nav } from './nav';
import { session } from './session';
import { states } from './states';

/** English is the reference: its keys are the type every other language must fill. */
export const en = { common, errors, nav, session, states };

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type Translation = Words<typeof en>;
