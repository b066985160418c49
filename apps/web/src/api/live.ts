import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Topic } from './queries';

/** What else goes stale when a topic changes: a sale moves holdings, money and limits at once. */
const TOUCHES: Record<string, readonly Topic[]> = {
  invoices: ['invoices', 'payables'],
  payables: ['payables', 'holdings'],
  holdings: ['holdings', 'payables', 'financing', 'credit'],
  transfers: ['transfers', 'holdings', 'payables'],
  financing: ['financing', 'holdings', 'credit'],
  cash: ['cash', 'payables', 'holdings'],
  operations: ['operations'],
  credit: ['credit'],
  members: ['members', 'session'],
  colleagues: ['members', 'session'],
  clock: ['clock', 'invoices', 'payables', 'holdings', 'transfers', 'financing', 'cash'],
};

export const liveTopics = Object.keys(TOUCHES);

export function topicsTouchedBy(topic: string): readonly Topic[] {
  return TOUCHES[topic] ?? [];
}

/**
 * Keeps every open screen true: one event stream per signed-in page. When the stream comes back after a break,
 * everything is asked again, because what happened meanwhile was not heard.
 */
export function useLive(onOperation: () => void): void {
  const queries = useQueryClient();
  useEffect(() => {
    const stream = new EventSource('/api/v1/events');
    let broken = false;
    const listeners = liveTopics.map((topic) => {
      const listener = () => {
        for (const touched of topicsTouchedBy(topic)) void queries.invalidateQueries({ queryKey: [touched] });
        if (topic === 'operations') onOperation();
      };
      stream.addEventListener(topic, listener);
      return [topic, listener] as const;
    });
    stream.onerror = () => {
      broken = true;
    };
    stream.onopen = () => {
      if (broken) void queries.invalidateQueries();
      broken = false;
    };
    return () => {
      for (const [topic, listener] of listeners) stream.removeEventListener(topic, listener);
      stream.close();
    };
  }, [queries, onOperation]);
}
