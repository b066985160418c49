import type { Change } from '../../database/changes.js';

/** Somebody's open page. */
export interface Stream {
  readonly organisationId: string;
  readonly userId: string;
  /** False when the reader is too slow to be worth the memory. */
  send(text: string): boolean;
  close(): void;
}

/** A person has so many pages open at most; the oldest gives way. */
export const STREAMS_PER_USER = 12;
/** What one process holds open in all. */
export const STREAMS_MAX = 5_000;

/** The open pages of this process, and who is told what. */
export class Streams {
  readonly #byOrganisation = new Map<string, Set<Stream>>();
  readonly #byUser = new Map<string, Set<Stream>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** False where the process is full. */
  add(stream: Stream): boolean {
    const own = this.#byUser.get(stream.userId);
    const oldest = own && own.size >= STREAMS_PER_USER ? own.values().next().value : undefined;
    if (oldest) {
      this.remove(oldest);
      oldest.close();
    }
    if (this.#size >= STREAMS_MAX) return false;
    put(this.#byOrganisation, stream.organisationId, stream);
    put(this.#byUser, stream.userId, stream);
    this.#size += 1;
    return true;
  }

  remove(stream: Stream): void {
    if (!drop(this.#byOrganisation, stream.organisationId, stream)) return;
    drop(this.#byUser, stream.userId, stream);
    this.#size -= 1;
  }

  /** Tells the pages of the named organisations, and nobody else, which topic to look at again. */
  tell(change: Change): void {
    const text = `event: ${change.topic}\ndata: ${JSON.stringify(change.id === undefined ? {} : { id: change.id })}\n\n`;
    const organisations = change.topic === 'clock' ? this.#byOrganisation.keys() : change.organisations;
    for (const organisation of organisations) {
      for (const stream of this.#byOrganisation.get(organisation) ?? []) this.#send(stream, text);
    }
  }

  /** Ends every stream: the browsers come back and ask everything anew. */
  closeAll(): void {
    for (const stream of [...this.#all()]) {
      this.remove(stream);
      stream.close();
    }
  }

  #send(stream: Stream, text: string): void {
    if (stream.send(text)) return;
    this.remove(stream);
    stream.close();
  }

  *#all(): Generator<Stream> {
    for (const streams of this.#byOrganisation.values()) yield* streams;
  }
}

function put(map: Map<string, Set<Stream>>, key: string, stream: Stream): void {
  const set = map.get(key) ?? new Set();
  set.add(stream);
  map.set(key, set);
}

function drop(map: Map<string, Set<Stream>>, key: string, stream: Stream): boolean {
  const set = map.get(key);
  const found = set?.delete(stream) ?? false;
  if (set?.size === 0) map.delete(key);
  return found;
}
