import { expect, test } from '@jest/globals';
import { hardhatCounts, summarise, tally } from './tally.ts';

const ran = (code: number) => ({ code, output: '', elapsedMs: 1_000 });

test('both of Hardhat’s runners are counted by their own last lines', () => {
  expect(hardhatCounts('  79 passing (2s)\n')).toEqual({ passed: 79, failed: 0 });
  expect(hardhatCounts('  1 passing\n  1 pending\n  2 failing\n\n  1) 12 passing trains\n')).toEqual({
    passed: 1,
    failed: 2,
  });
});

test.each([
  ['a crash without a count', ran(1), { passed: 0, failed: 0 }, 1],
  ['a crash after some were green', ran(1), { passed: 5, failed: 0 }, 1],
  ['nothing found to run', ran(0), { passed: 0, failed: 0 }, 1],
  ['red ones', ran(1), { passed: 5, failed: 2 }, 2],
  ['all green', ran(0), { passed: 5, failed: 0 }, 0],
])('%s', (_, run, counts, failed) => {
  expect(tally('x', run, counts).failed).toBe(failed);
});

test('the last line is the sum', () => {
  const tallies = [tally('unit', ran(0), { passed: 5, failed: 0 }), tally('system', ran(1), { passed: 7, failed: 2 })];
  expect(summarise(tallies)).toEqual({
    failed: 2,
    text: 'unit    5 passed, 0 failed  (1.0 s)\nsystem  7 passed, 2 failed  (1.0 s)\n12 passed, 2 failed',
  });
});
