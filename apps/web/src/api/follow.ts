import { showWorkDone, showWorkFailed, showWorking } from '../components/toasts';
import type { Operation } from './generated';
import { getOperation } from './generated/sdk.gen';
import { ApiProblem } from './problem';

/** How often an operation is asked for while no live event speaks of it. */
const POLL_MS = 2_000;

interface Followed {
  words: string;
  timer: ReturnType<typeof setInterval>;
}

const followed = new Map<string, Followed>();

/** Follows an operation that outlived the wait, and turns its notice into the outcome. */
export function follow(operation: Operation, words: string): void {
  if (followed.has(operation.id)) return;
  showWorking(operation.id);
  followed.set(operation.id, { words, timer: setInterval(() => void look(operation.id), POLL_MS) });
}

/** A live event says that some operation moved: look at once instead of at the next beat. */
export function lookAtAll(): void {
  for (const id of followed.keys()) void look(id);
}

async function look(id: string): Promise<void> {
  const operation = await getOperation({ path: { id }, throwOnError: true }).then(
    (answer) => answer.data,
    () => undefined,
  );
  const entry = followed.get(id);
  if (!operation || !entry || (operation.state !== 'DONE' && operation.state !== 'FAILED')) return;
  clearInterval(entry.timer);
  followed.delete(id);
  if (operation.state === 'DONE') showWorkDone(id, entry.words);
  else showWorkFailed(id, operationProblem(operation));
}

export function operationProblem(operation: Operation): ApiProblem {
  return new ApiProblem(operation.error?.code ?? 'REGISTER_REFUSED', 409, operation.error?.detail ?? '');
}
