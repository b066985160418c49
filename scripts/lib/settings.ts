import { Failure } from './failure.ts';
import type { StackOptions } from './stack.ts';

const PORT_MAX = 65_535;

interface Flags {
  readonly port?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly fresh?: boolean | undefined;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > PORT_MAX) throw new Failure(`"${text}" is not a port.`);
  return port;
}

/** Flags first, then the environment; an empty variable counts as not set. */
export function readStackOptions(flags: Flags, env: NodeJS.ProcessEnv = process.env): StackOptions {
  const port = flags.port ?? (env.PORT || undefined);
  const dataDir = flags.dataDir ?? (env.DATA_DIR || undefined);
  return {
    ...(port !== undefined && { port: parsePort(port) }),
    ...(dataDir !== undefined && { dataDir }),
    ...(env.HOST && { host: env.HOST }),
    fresh: flags.fresh ?? false,
  };
}
