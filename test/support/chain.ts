export interface TestChain {
  readonly url: string;
  readonly chainId: number;
  /** Frees its memory before the run ends; forgetting to is harmless. */
  stop(): Promise<void>;
}

/** Must equal the network `node` of hardhat.config.ts. */
const CHAIN_ID = 31_337;

/** An empty chain of this test's own: zero gas price, a block for each transaction, the fixed first day. */
export async function freshChain(): Promise<TestChain> {
  const host = process.env.TEST_CHAIN_HOST_URL;
  if (!host) throw new Error('No chain host: name the file *.integration.spec.ts or put it into test/system.');
  const response = await fetch(host, { method: 'POST' });
  if (!response.ok) throw new Error(`The chain host could not make a chain: ${await response.text()}`);
  const { id, url } = (await response.json()) as { id: string; url: string };
  return {
    url,
    chainId: CHAIN_ID,
    stop: async () => {
      await fetch(`${host}/${id}`, { method: 'DELETE' });
    },
  };
}
