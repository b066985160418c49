import type { DataSource } from 'typeorm';
import type { Clock } from '../../common/clock.js';
import type { CallContext } from './calls/encode.js';
import type { RefusalReader } from './calls/refusals.js';
import type { Chain } from './chain/chain.js';
import type { ChainClock } from './chain/chain-clock.js';
import type { Effects } from './effects.js';
import type { Keystore } from './keystore/keystore.js';

/**
 * Moments at which a crash must lose or double nothing. Tests stop the engine there; in production nobody listens.
 * The names say what has just happened.
 */
export type Moment =
  | 'claimed'
  | 'simulated'
  | 'nonce-taken'
  | 'signed-stored'
  | 'sent'
  | 'marked-sent'
  | 'block-fetched'
  | 'block-applied'
  | 'block-committed';

export interface EngineLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** What sender and indexer share; put together at boot, when the register's addresses are known. */
export interface Engine {
  /** Connected as the engine's own role, not the API's. */
  readonly db: DataSource;
  readonly chain: Chain;
  readonly chainId: number;
  readonly chainClock: ChainClock;
  readonly clock: Clock;
  readonly keystore: Keystore;
  readonly calls: CallContext;
  readonly refusals: RefusalReader;
  readonly effects: Effects;
  readonly log: EngineLog;
  readonly at?: (moment: Moment) => void | Promise<void>;
}
