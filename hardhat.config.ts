import { createRequire } from 'node:module';

import toolbox from '@nomicfoundation/hardhat-toolbox-mocha-ethers';
import { defineConfig } from 'hardhat/config';

// npm's wasm build of the compiler, by absolute path: nothing is downloaded, and the build is the same everywhere.
const solc = {
  version: '0.8.37',
  path: createRequire(import.meta.url).resolve('solc/soljson.js'),
  settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: 'prague' },
};

// A register without a fee: gas price and base fee are zero. The hard fork is named, never defaulted, because it must
// match the compiler's EVM version and because later forks cap the gas of one transaction.
const register = {
  type: 'edr-simulated',
  chainType: 'l1',
  chainId: 31337,
  hardfork: 'prague',
  initialBaseFeePerGas: 0,
  gasPrice: 0n,
  blockGasLimit: 30_000_000n,
  allowBlocksWithSameTimestamp: true,
  mining: { auto: true, interval: 0 },
} as const;

// A fixed first day, so that signed transactions replayed onto a fresh node give the same block hashes.
const fixedGenesis = { ...register, initialDate: '2026-01-01T00:00:00Z' } as const;

const deep = process.env.HEADWATER_DEEP === '1';
const number = (name: string, usual: number): number => Number(process.env[name] ?? usual);

export default defineConfig({
  plugins: [toolbox],
  solidity: {
    profiles: { default: solc, production: solc },
    npmFilesToBuild: ['@openzeppelin/contracts/access/manager/AccessManager.sol'],
  },
  networks: { default: fixedGenesis, node: fixedGenesis },
  paths: { tests: { mocha: 'test/contracts', solidity: 'contracts/test' } },
  test: {
    mocha: { timeout: 120_000 },
    solidity: {
      blockTimestamp: 1_767_225_600n,
      fuzz: {
        runs: number('HEADWATER_FUZZ_RUNS', deep ? 50_000 : 5_000),
        seed: process.env.HEADWATER_SEED ?? '0x48656164',
      },
      invariant: {
        runs: number('HEADWATER_INVARIANT_RUNS', 256),
        depth: number('HEADWATER_INVARIANT_DEPTH', deep ? 500 : 128),
        failOnRevert: true,
      },
    },
  },
});
