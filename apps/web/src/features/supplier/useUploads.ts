import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { freshKey } from '../../api/client';
import { type Invoice, uploadInvoice } from '../../api/generated';
import { ApiProblem, toProblem } from '../../api/problem';

/** The API refuses more; saying so here saves sending it. */
const MAX_BYTES = 5 * 1024 * 1024;
const MAX_FILES = 50;

export interface UploadEntry {
  id: string;
  file: File;
  /** One file is one intent: sent again after a broken connection it keeps its key. */
  key: string;
  outcome?: { invoice: Invoice } | { problem: ApiProblem };
}

async function send(entry: UploadEntry): Promise<NonNullable<UploadEntry['outcome']>> {
  if (entry.file.size > MAX_BYTES) return { problem: new ApiProblem('DOCUMENT_TOO_LARGE', 413, '') };
  try {
    const { data } = await uploadInvoice({
      body: { file: entry.file },
      headers: { 'Idempotency-Key': entry.key },
      throwOnError: true,
    });
    return { invoice: data };
  } catch (error) {
    return { problem: toProblem(error) };
  }
}

export function useUploads() {
  const queries = useQueryClient();
  const [entries, setEntries] = useState<UploadEntry[]>([]);
  const line = useRef<Promise<void>>(Promise.resolve());
  const put = (id: string, outcome: UploadEntry['outcome']) =>
    setEntries((before) => before.map((entry) => (entry.id === id ? { ...entry, outcome } : entry)));
  const queue = (entry: UploadEntry) => {
    line.current = line.current.then(async () => {
      const outcome = await send(entry);
      put(entry.id, outcome);
      if ('invoice' in outcome) await queries.invalidateQueries({ queryKey: ['invoices'] });
    });
  };
  return {
    entries,
    add: (files: readonly File[]) => {
      const fresh = files.slice(0, MAX_FILES).map((file): UploadEntry => ({ id: freshKey(), file, key: freshKey() }));
      setEntries((before) => [...before, ...fresh]);
      fresh.forEach(queue);
    },
    again: (id: string) => {
      const entry = entries.find((candidate) => candidate.id === id);
      if (!entry) return;
      put(id, undefined);
      queue(entry);
    },
    clear: () => setEntries([]),
  };
}
