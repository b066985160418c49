import { Failure } from './failure.ts';
import { fromRoot } from './paths.ts';
import { type Child, startNode } from './processes.ts';

const HARDHAT_CLI = fromRoot('node_modules/hardhat/dist/src/cli.js');
const START_LIMIT_MS = 90_000;
const SAID_KEEP = 4_000;

export interface Chain {
  readonly url: string;
  readonly child: Child;
  stop(): Promise<void>;
}

/** Starts the local register's chain: network `node` of hardhat.config.ts, empty, on a port of its own choosing. */
export async function startChain(): Promise<Chain> {
  // The address is given: inside a container the node would otherwise listen to everybody.
  const args = [HARDHAT_CLI, 'node', '--hostname', '127.0.0.1', '--port', '0'];
  const child = startNode('The chain', args, {
    env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: 'true', NO_COLOR: '1', FORCE_COLOR: '0' },
    output: 'pipe',
  });
  try {
    const url = await readAddress(child);
    return { url, child, stop: () => child.stop([['SIGTERM', 5_000]]) };
  } catch (error) {
    await child.stop([['SIGTERM', 2_000]]);
    throw error;
  }
}

async function readAddress(child: Child): Promise<string> {
  let said = '';
  const address = new Promise<string>((resolve) => {
    const read = (data: Buffer) => {
      said = (said + data.toString()).slice(-SAID_KEEP);
      const url = /JSON-RPC server at (http:\/\/[\d.]+:\d+)/.exec(said)?.[1];
      if (url) resolve(url);
    };
    child.process.stdout?.on('data', read);
    child.process.stderr?.on('data', read);
  });
  const tooLate = new Promise<undefined>((resolve) => setTimeout(resolve, START_LIMIT_MS, undefined).unref());
  const first = await Promise.race([address, child.gone.then((how) => ({ how })), tooLate]);
  if (typeof first === 'string') {
    // From now on the node reports every call: read and dropped, so that the pipe never fills.
    for (const stream of [child.process.stdout, child.process.stderr]) stream?.removeAllListeners('data').resume();
    return first;
  }
  throw new Failure(`The chain ${first?.how ?? `did not start within ${START_LIMIT_MS / 1000} s`}. ${said.trim()}`);
}
