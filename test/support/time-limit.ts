import { jest } from '@jest/globals';

// A limit that only a hang reaches: a password hash alone takes seconds where all cores are busy with something else.
jest.setTimeout(60_000);
