import { keccak256, toUtf8Bytes } from 'ethers';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Clock } from '../../../common/clock.js';
import { addDays, dayAt, dayNumber } from '../../../common/day.js';
import { MAX_FACE_MINOR, MINOR_UNITS } from '../../../common/money.js';
import { bytesOf } from '../../../common/rows.js';
import { firstRow } from '../../../database/sql.js';
import { roleBits } from '../calls/encode.js';
import type { Chain, ChainReceipt } from '../chain/chain.js';
import { isAlreadyKnown } from '../chain/chain.js';
import type { ChainClock } from '../chain/chain-clock.js';
import { RpcRefusal } from '../chain/rpc.js';
import { deployRegister } from '../deploy/deploy.js';
import type { Deployer, DeployTransaction } from '../deploy/deploy-options.js';
import type { Keystore, KeystoreSigner } from '../keystore/keystore.js';
import type { Purpose } from '../keystore/signer.js';
import {
  type DeploymentRecord,
  type RegisterConfig,
  type RegisterGenesis,
  RegisterRefusal,
} from '../register.config.js';
import type { Word } from '../register.js';
import { hashOf } from '../sender/prepare.js';

/** One family for all registers of this project, so that an invoice keeps its id when a ledger follows another. */
const FAMILY_SALT = lower(keccak256(toUtf8Bytes('Headwater payables')));
/** Under every block's limit and under the cap that later forks put on one transaction. */
const GAS_LIMIT = 12_000_000;
const GENESIS_MEMBERSHIP_DAYS = 3650;
/** No rule of the trade knows a longer payment term; the fraud cases with longer ones are many. */
const TENOR_DAYS_MAX = 365;
const RECEIPT_TRIES = 240;
const RECEIPT_WAIT_MS = 250;

export interface DeployContext {
  readonly db: DataSource;
  readonly chain: Chain;
  readonly chainId: number;
  readonly chainClock: ChainClock;
  readonly clock: Clock;
  readonly keystore: Keystore;
  readonly config: RegisterConfig;
  readonly genesis: RegisterGenesis;
}

/**
 * Puts the register on an empty chain with keys of the keystore, or goes on where that was broken off. Demo only: keys
 * of governance have no place in a keystore that signs for everybody. Errors: RegisterRefusal, DeploymentError.
 */
export async function deployFromKeystore(context: DeployContext): Promise<DeploymentRecord> {
  const { chain, config, genesis, clock } = context;
  if (!config.demo) {
    throw new RegisterRefusal(
      'There is no register on this chain, and outside demo mode Headwater does not make one: the keys of governance ' +
        'belong to their own signers. Deploy it with those, and start again with the database that knows it.',
    );
  }
  const key = async (purpose: Purpose): Promise<KeystoreSigner> => ensure(context, purpose);
  const address = async (purpose: Purpose): Promise<string> => (await key(purpose)).address;
  const deployer = await key('GOVERNANCE:DEPLOYER');
  const today = dayAt(clock.now(), config.utcOffsetSeconds);
  const members = [];
  for (const member of genesis.members) {
    members.push({
      id: member.memberId,
      roles: roleBits(member.roles),
      obligorGroup: 0,
      validUntil: dayNumber(addDays(today, GENESIS_MEMBERSHIP_DAYS)),
      key: await address(`MEMBER:${member.memberId}`),
    });
  }
  const deployment = await deployRegister({
    chain,
    deployer: deployerOf(context, deployer),
    utcOffsetSeconds: config.utcOffsetSeconds,
    ledgerFamilySalt: FAMILY_SALT,
    delays: { membership: 0, corrector: 0, policy: 0, admin: 0 },
    roleHolders: {
      membership: await address('GOVERNANCE:MEMBERSHIP'),
      pauser: await address('GOVERNANCE:PAUSER'),
      freezer: await address('GOVERNANCE:FREEZER'),
      caseOpener: await address('GOVERNANCE:CASE_OPENER'),
      corrector: await address('GOVERNANCE:CORRECTOR'),
      policy: await address('GOVERNANCE:POLICY'),
      admin: await address('GOVERNANCE:ADMIN'),
    },
    standardIssueRule: { maxFace: MAX_FACE_MINOR, minTenorDays: 0, maxTenorDays: TENOR_DAYS_MAX },
    genesisMembers: members,
    settlementBanks: genesis.settlementBanks.map((bank) => ({
      member: bank.memberId,
      currencies: bank.currencies.map((code) => ({ code, decimals: MINOR_UNITS[code] })),
    })),
  });
  return {
    ...deployment,
    cashAssets: [...deployment.cashAssets],
    familySalt: FAMILY_SALT,
    utcOffsetSeconds: config.utcOffsetSeconds,
    operatorMember: genesis.operatorMember,
    codeHashes: await codeHashesOf(chain, [
      ...Object.values(deployment.addresses),
      ...deployment.cashAssets.map((asset) => asset.token),
    ]),
  };
}

/** keccak256 of the code at each address. */
export async function codeHashesOf(chain: Chain, addresses: readonly string[]): Promise<Record<string, Word>> {
  const hashes: Record<string, Word> = {};
  for (const address of addresses) hashes[address] = lower(keccak256(await chain.code(address)));
  return hashes;
}

function ensure(context: DeployContext, purpose: Purpose): Promise<KeystoreSigner> {
  return context.db.transaction((manager) => context.keystore.ensure(manager, purpose));
}

const StoredRow = z.object({ raw: z.instanceof(Buffer).transform((bytes): Word => `0x${bytes.toString('hex')}`) });

/** Signed bytes are stored before they are sent, by nonce: a second run sends the same bytes, never others. */
function deployerOf(context: DeployContext, signer: KeystoreSigner): Deployer {
  const { db, chain, chainId } = context;
  return {
    address: signer.address,
    nonce: 0,
    send: async (transaction: DeployTransaction) => {
      const nonce = await chain.transactionCount(signer.address);
      const sql = 'SELECT raw FROM ops.deployment_transaction WHERE nonce = $1';
      const stored = await firstRow(db, StoredRow, sql, [nonce]);
      const raw = stored?.raw ?? (await sign(signer, chainId, nonce, transaction));
      const hash = hashOf(raw);
      if (stored === undefined) {
        await db.query('INSERT INTO ops.deployment_transaction (nonce, hash, raw) VALUES ($1, $2, $3)', [
          nonce,
          bytesOf(hash),
          bytesOf(raw),
        ]);
      }
      await submit(context, raw);
      return waitForReceipt(chain, hash);
    },
  };
}

function sign(signer: KeystoreSigner, chainId: number, nonce: number, transaction: DeployTransaction): Promise<Word> {
  return signer.signTransaction({
    type: 2,
    chainId,
    nonce,
    to: transaction.to ?? null,
    data: transaction.data,
    gasLimit: GAS_LIMIT,
    maxFeePerGas: 0,
    maxPriorityFeePerGas: 0,
    value: 0,
  });
}

async function submit({ chain, chainClock }: DeployContext, raw: Word): Promise<void> {
  try {
    await chainClock.atClockTime(() => chain.sendRaw(raw));
  } catch (error) {
    // A reverted transaction is in a block all the same; the receipt tells.
    if (isAlreadyKnown(error)) return;
    if (!(error instanceof RpcRefusal) || (await chain.transaction(hashOf(raw))) === null) throw error;
  }
}

async function waitForReceipt(chain: Chain, hash: Word): Promise<ChainReceipt> {
  for (let tries = 0; tries < RECEIPT_TRIES; tries += 1) {
    const receipt = await chain.receipt(hash);
    if (receipt !== null) return receipt;
    await new Promise((resolve) => setTimeout(resolve, RECEIPT_WAIT_MS));
  }
  throw new Error(`deployment transaction ${hash} is in no block after a minute`);
}

function lower(hex: string): Word {
  return `0x${hex.slice(2).toLowerCase()}`;
}
