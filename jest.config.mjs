/**
 * Three kinds of tests, told apart by name, so that the fast ones can run without any server:
 *   *.spec.ts               beside the code, no input or output
 *   *.integration.spec.ts   beside the code, a real Postgres
 *   test/system/*.test.ts   API, database and chain together
 * Contracts have their own runner (Hardhat), browsers theirs (Playwright).
 */

// Nest's injection reads decorator metadata; without useDefineForClassFields=false a field would overwrite what the
// decorator or TypeORM put there.
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      // `.swcrc` of the API excludes specs from its build; tests must not inherit that.
      swcrc: false,
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        target: 'es2023',
        keepClassNames: true,
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    },
  ],
};

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // Sources import './x.js', as Node will find it after the build; here only x.ts exists.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform,
  setupFilesAfterEnv: ['<rootDir>/test/support/time-limit.ts'],
  transformIgnorePatterns: ['/node_modules/', '\\.mjs$'],
  modulePathIgnorePatterns: [
    '<rootDir>/.runtime',
    '<rootDir>/.data',
    '<rootDir>/apps/[^/]+/dist',
    '<rootDir>/artifacts',
  ],
};

const withServers = {
  ...common,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: ['<rootDir>/apps/api/src', '<rootDir>/apps/web/src', '<rootDir>/scripts'],
      testMatch: ['**/*.spec.ts', '!**/*.integration.spec.ts'],
    },
    {
      ...withServers,
      displayName: 'integration',
      roots: ['<rootDir>/apps/api/src', '<rootDir>/scripts'],
      testMatch: ['**/*.integration.spec.ts'],
    },
    {
      ...withServers,
      displayName: 'system',
      roots: ['<rootDir>/test/system'],
      testMatch: ['**/*.test.ts'],
    },
  ],
};
