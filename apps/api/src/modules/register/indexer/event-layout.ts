import type { EventFragment, Interface } from 'ethers';
import type { ChainLog } from '../chain/chain.js';
import type { Word } from '../register.js';

interface Field {
  readonly type: string;
  readonly indexed: boolean;
  /** Topic number (indexed, from 1) or word number in the data (from 0). */
  readonly position: number;
}

/**
 * Where each field of an event stands, read from the ABI. Only fields of one word are known: the register's events have
 * no others, and an event that gets one is refused when the layout is built, not when the first log arrives.
 */
export class EventLayout {
  readonly name: string;
  readonly topic: string;
  readonly #fields = new Map<string, Field>();

  constructor(fragment: EventFragment) {
    this.name = fragment.name;
    this.topic = fragment.topicHash;
    let topics = 1;
    let words = 0;
    for (const input of fragment.inputs) {
      if (!/^(u?int\d+|address|bool|bytes([1-9]|[12]\d|3[0-2]))$/.test(input.type)) {
        throw new Error(`event ${fragment.name}: field ${input.name} of type ${input.type} is not one word`);
      }
      const indexed = input.indexed === true;
      this.#fields.set(input.name, { type: input.type, indexed, position: indexed ? topics++ : words++ });
    }
  }

  read(log: ChainLog): EventReader {
    return new EventReader(this.name, this.#fields, log);
  }
}

/** Reads the fields of one log by slicing its words; nothing is allocated that is not asked for. */
export class EventReader {
  constructor(
    private readonly event: string,
    private readonly fields: ReadonlyMap<string, Field>,
    private readonly log: ChainLog,
  ) {}

  /** An unsigned whole number of any width. */
  amount(name: string): bigint {
    return BigInt(`0x${this.#digits(name)}`);
  }

  /** An unsigned whole number of at most 53 bits: ids, days, states. */
  number(name: string): number {
    const value = Number(this.amount(name));
    if (!Number.isSafeInteger(value)) throw new Error(`event ${this.event}: ${name} is too large for a number`);
    return value;
  }

  /** A bytes32, or a uint256 that is an id. */
  word(name: string): Word {
    return `0x${this.#digits(name)}`;
  }

  address(name: string): Word {
    return `0x${this.#digits(name).slice(24)}`;
  }

  /** Letters in a short fixed-bytes field (an ISO 4217 code in a bytes3). */
  letters(name: string): string {
    const field = this.#field(name);
    const bytes = Number(field.type.slice('bytes'.length));
    return Buffer.from(this.#digits(name).slice(0, bytes * 2), 'hex').toString('ascii');
  }

  #field(name: string): Field {
    const field = this.fields.get(name);
    if (field === undefined) throw new Error(`event ${this.event} has no field ${name}`);
    return field;
  }

  #digits(name: string): string {
    const field = this.#field(name);
    const start = 2 + field.position * 64;
    const digits = field.indexed ? this.log.topics[field.position]?.slice(2) : this.log.data.slice(start, start + 64);
    if (digits?.length !== 64) throw new Error(`event ${this.event}: ${name} is missing from log ${this.log.logIndex}`);
    return digits;
  }
}

/** Layouts of the named events of a contract. Throws where the ABI has no such event. */
export function layoutsOf(abi: Interface, names: readonly string[]): EventLayout[] {
  return names.map((name) => {
    const fragment = abi.getEvent(name);
    if (fragment === null) throw new Error(`the ABI has no event ${name}`);
    return new EventLayout(fragment);
  });
}
