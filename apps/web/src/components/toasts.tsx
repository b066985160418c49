import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck, IconHourglass } from '@tabler/icons-react';
import type { ApiProblem } from '../api/problem';
import { i18n } from '../i18n';
import { problemWords } from './problemWords';
import { WorkingBar } from './WorkingBar';

const DONE_MS = 5_000;

/** Something a person asked for has happened. */
export function showDone(words: string): void {
  notifications.show({ message: words, color: 'teal', icon: <IconCheck size={16} aria-hidden />, autoClose: DONE_MS });
}

/** It is still under way; the notice stays until it ends. */
export function showWorking(id: string): void {
  notifications.show({
    id,
    title: i18n.t('common.working.title'),
    message: <WorkingBar />,
    color: 'teal',
    icon: <IconHourglass size={16} aria-hidden />,
    autoClose: false,
  });
}

export function showWorkDone(id: string, words: string): void {
  notifications.update({
    id,
    title: i18n.t('common.working.done'),
    message: words,
    color: 'teal',
    icon: <IconCheck size={16} aria-hidden />,
    autoClose: DONE_MS,
  });
}

export function showWorkFailed(id: string, problem: ApiProblem): void {
  const { what, next } = problemWords(problem, i18n.t);
  notifications.update({
    id,
    title: what,
    message: next,
    color: 'red',
    icon: <IconAlertTriangle size={16} aria-hidden />,
    autoClose: false,
  });
}

/** A refusal that has no dialog of its own to stand in. */
export function showProblem(problem: ApiProblem): void {
  const { what, next } = problemWords(problem, i18n.t);
  notifications.show({
    title: what,
    message: next,
    color: 'red',
    icon: <IconAlertTriangle size={16} aria-hidden />,
    autoClose: 12_000,
  });
}
