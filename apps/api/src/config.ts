import { resolve } from 'node:path';
import { z } from 'zod';
import { CURRENCIES } from './common/money.js';

const flag = z.enum(['true', 'false', '1', '0', '']).transform((value) => value === 'true' || value === '1');

/** A published yearly rate a small firm pays its bank, by currency, each with the publication it was read in. */
const ReferenceLoans = z.partialRecord(
  z.enum(CURRENCIES),
  z.strictObject({ ratePpm: z.int().min(0).max(1_000_000), source: z.string().min(1).max(200) }),
);

/** Shown to sellers as a comparison, so a setting and never a constant of the rules; other currencies show none. */
const DEFAULT_REFERENCE_LOANS = JSON.stringify({
  CNY: { ratePpm: 34_800, source: 'Average rate of new inclusive loans to small firms in China, June 2025' },
});

/** Everything that can be set from outside, in one place. The README's table is written from this list. */
const EnvironmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  RPC_URL: z.url({ protocol: /^https?$/ }),
  LOCAL_CHAIN: flag.default(false),
  DATA_DIR: z.string().min(1).default('.data'),
  DEMO: flag.default(false),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  MASTER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, '32 bytes as 64 hex digits')
    .optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  ALLOW_INSECURE_COOKIE: flag.default(false),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  WEB_DIST: z.string().min(1).optional(),
  UTC_OFFSET_SECONDS: z.coerce.number().int().min(-43_200).max(50_400).default(28_800),
  REFERENCE_LOANS: z
    .string()
    .default(DEFAULT_REFERENCE_LOANS)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(ReferenceLoans),
});

/** The settings of this process; also the injection token. */
export abstract class Config {
  abstract readonly databaseUrl: string;
  abstract readonly rpcUrl: string;
  /** The chain at rpcUrl is the local one that `npm start` owns: its clock may be set and its journal replayed. */
  abstract readonly localChain: boolean;
  /** Where generated keys and other files of this installation live; absolute. */
  abstract readonly dataDir: string;
  /** Seeded demo organisations, sample invoices and the demo clock. Never with real members. */
  abstract readonly demo: boolean;
  abstract readonly port: number;
  abstract readonly host: string;
  /** 32 bytes in hex; absent: generated once into `dataDir`, readable by its owner only. */
  abstract readonly masterKey: string | undefined;
  /** Where browsers reach us (behind a proxy); absent: http://HOST:PORT. Links and the Origin check use it. */
  abstract readonly publicUrl: string | undefined;
  abstract readonly allowInsecureCookie: boolean;
  abstract readonly logLevel: string;
  /** The built web application to serve; absent: API only. */
  abstract readonly webDist: string | undefined;
  /** The one time zone of the register's days. */
  abstract readonly utcOffsetSeconds: number;
  /** What an offer of cash is compared with on the fair-price card. */
  abstract readonly referenceLoans: z.output<typeof ReferenceLoans>;
}

/** Reads and checks the environment. Throws one error that names every wrong variable and never prints a value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = EnvironmentSchema.safeParse(dropEmpty(environment));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not complete or not valid:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    rpcUrl: env.RPC_URL,
    localChain: env.LOCAL_CHAIN,
    dataDir: resolve(env.DATA_DIR),
    demo: env.DEMO,
    port: env.PORT,
    host: env.HOST,
    masterKey: env.MASTER_KEY?.toLowerCase(),
    publicUrl: env.PUBLIC_URL === undefined ? undefined : new URL(env.PUBLIC_URL).origin,
    allowInsecureCookie: env.ALLOW_INSECURE_COOKIE,
    logLevel: env.LOG_LEVEL,
    webDist: env.WEB_DIST === undefined ? undefined : resolve(env.WEB_DIST),
    utcOffsetSeconds: env.UTC_OFFSET_SECONDS,
    referenceLoans: env.REFERENCE_LOANS,
  };
}

/** `X=` in an env file means "not set". */
function dropEmpty(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined && value !== '') kept[name] = value;
  return kept;
}
