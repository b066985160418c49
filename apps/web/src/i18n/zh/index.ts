import type { Translation } from '../en';
import { common } from './common';
import { errors } from './errors';
import { nav } from './nav';
import { session } from './session';
import { states } from './states';

export const zh: Translation = { common, errors, nav, session, states };
