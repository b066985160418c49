import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { showDone } from '../components/toasts';
import { follow, operationProblem } from './follow';
import type { Operation } from './generated';
import { Intent } from './intent';
import type { ApiProblem } from './problem';
import type { Topic } from './queries';

interface Command<V, R> {
  /** Sends it, under the key given. */
  run: (variables: V, headers: { 'Idempotency-Key': string }) => Promise<{ data: R }>;
  /** What to ask again once it happened; live events do the rest. */
  touches: readonly Topic[];
  /** Words for the person once it happened. */
  done?: (result: R, variables: V) => string;
  onDone?: (result: R, variables: V) => void;
}

function isOperation(value: unknown): value is Operation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    'state' in value &&
    'id' in value &&
    !('payable' in value) &&
    !('amount' in value)
  );
}

/**
 * A change a person asks for. Where the API answers with an operation that is still under way, it is followed until it
 * ends (a quiet notice shows that); where it failed, the refusal is thrown like any other.
 */
export function useCommand<V, R>(command: Command<V, R>) {
  const queries = useQueryClient();
  const intent = useRef<Intent>(null);
  intent.current ??= new Intent();
  const own = intent.current;
  return useMutation<R, ApiProblem, V>({
    mutationFn: async (variables) => {
      const { data } = await command.run(variables, { 'Idempotency-Key': own.keyFor(variables) });
      if (isOperation(data) && data.state === 'FAILED') throw operationProblem(data);
      return data;
    },
    onError: (error) => own.failed(error),
    onSuccess: async (result, variables) => {
      own.succeeded();
      const words = command.done?.(result, variables);
      if (isOperation(result) && result.state !== 'DONE') follow(result, words ?? '');
      else if (words) showDone(words);
      command.onDone?.(result, variables);
      await Promise.all(command.touches.map((topic) => queries.invalidateQueries({ queryKey: [topic] })));
    },
  });
}
