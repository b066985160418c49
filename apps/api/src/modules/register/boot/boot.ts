import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Clock } from '../../../common/clock.js';
import { rows } from '../../../database/sql.js';
import { Chain } from '../chain/chain.js';
import { ChainClock } from '../chain/chain-clock.js';
import { Rpc, RpcUnavailable } from '../chain/rpc.js';
import type { EngineLog } from '../engine.js';
import { clearHalt } from '../indexer/cursor.js';
import type { Keystore } from '../keystore/keystore.js';
import {
  type DeploymentRecord,
  type RegisterConfig,
  type RegisterGenesis,
  RegisterRefusal,
} from '../register.config.js';
import { codeHashesOf, deployFromKeystore } from './deploy-from-keystore.js';
import { recognise } from './identity.js';
import { replay } from './replay.js';

const CONNECT_TRIES = 60;
const CONNECT_WAIT_MS = 500;
const CLOCK_BOUND_SECONDS = 120;

export interface BootContext {
  readonly db: DataSource;
  readonly clock: Clock;
  readonly keystore: Keystore;
  readonly config: RegisterConfig;
  readonly genesis: RegisterGenesis;
  readonly log: EngineLog;
}

export interface Booted {
  readonly chain: Chain;
  readonly chainClock: ChainClock;
  readonly record: DeploymentRecord;
}

/**
 * Brings database and chain together: recognise the chain, rebuild it where it has forgotten, put the register on it
 * where there is none, and make sure that it is the one we know. Errors: RegisterRefusal (nothing was changed).
 */
export async function boot(context: BootContext): Promise<Booted> {
  const { db, config, log, clock, keystore } = context;
  await keystore.verify(db, config.demo, await settlementBanks(db));
  const chain = new Chain(new Rpc(config.rpcUrl, config.rpcTimeoutMs));
  await waitForNode(chain);
  const { identity, replayFrom } = await recognise(db, chain, config.localChain);
  if (replayFrom !== undefined) {
    const started = performance.now();
    const made = await replay(db, chain, replayFrom);
    log.info(`the local chain was rebuilt: ${made} blocks in ${Math.round(performance.now() - started)} ms`);
  }
  const chainClock = new ChainClock(chain, clock, {
    local: config.localChain,
    utcOffsetSeconds: config.utcOffsetSeconds,
    boundSeconds: config.clockBoundSeconds ?? CLOCK_BOUND_SECONDS,
  });
  let record = identity.record;
  if (record === undefined) {
    record = await deployFromKeystore({ ...context, chain, chainId: identity.chainId, chainClock });
    await db.query('UPDATE ops.deployment SET record = $1', [JSON.stringify(record)]);
    log.info(`the register stands since block ${record.block} of chain ${record.chainId}`);
  } else {
    await requireSameCode(chain, record);
  }
  if (record.utcOffsetSeconds !== config.utcOffsetSeconds) {
    throw new RegisterRefusal(
      `The register counts its days ${record.utcOffsetSeconds} seconds from UTC for ever; UTC_OFFSET_SECONDS says ${config.utcOffsetSeconds}.`,
    );
  }
  await writeRecord(config, record);
  // Whatever was halted has been looked at above: the chain has what this database has seen.
  await clearHalt(db);
  // What was in flight may have been in a block that is gone: everything signed is offered again at once.
  await db.query(`UPDATE ops.operation SET next_attempt_at = now() WHERE state IN ('QUEUED', 'SIGNED', 'SENT')`);
  return { chain, chainClock, record };
}

/** A node that is just starting is waited for; one that is not there is named. */
export async function waitForNode(chain: Chain, tries = CONNECT_TRIES, waitMs = CONNECT_WAIT_MS): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await chain.chainId();
      return;
    } catch (error) {
      if (!(error instanceof RpcUnavailable) || tried >= tries) {
        throw new RegisterRefusal(`No chain node answers at ${chain.rpc.url}. Start it, or set RPC_URL.`, {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

async function requireSameCode(chain: Chain, record: DeploymentRecord): Promise<void> {
  const found = await codeHashesOf(chain, Object.keys(record.codeHashes));
  for (const [address, hash] of Object.entries(record.codeHashes)) {
    if (found[address] === hash) continue;
    throw new RegisterRefusal(
      `The code at ${address} is not the one this register was made with. Nothing was changed. The chain is another one, or was tampered with.`,
    );
  }
}

async function settlementBanks(db: DataSource): Promise<Set<number>> {
  const schema = z.object({ issuer_member: z.coerce.number().int() });
  return new Set(
    (await rows(db, schema, 'SELECT issuer_member FROM register.cash_asset')).map((row) => row.issuer_member),
  );
}

/** The same record as a file, for people and tools; the database's is the one that counts. */
async function writeRecord(config: RegisterConfig, record: DeploymentRecord): Promise<void> {
  if (config.deploymentsDir === undefined) return;
  const folder = join(config.deploymentsDir, config.localChain ? 'local' : String(record.chainId));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'register.json'), `${JSON.stringify(record, null, 2)}\n`);
}
