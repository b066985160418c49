import { jest } from '@jest/globals';

// Real servers on a busy two-core machine: a limit that only a hang reaches.
jest.setTimeout(60_000);
