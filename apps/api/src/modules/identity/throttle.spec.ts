import { describe, expect, test } from '@jest/globals';
import { Throttle } from './throttle.js';

function throttle(keysMax?: number) {
  const clock = { ms: 0 };
  return { clock, it: new Throttle({ failuresMax: 3, windowMs: 60_000 }, keysMax, () => clock.ms) };
}

describe('throttle', () => {
  test('closes after so many failures and opens when the window is over', () => {
    const { clock, it } = throttle();
    for (let i = 0; i < 3; i += 1) {
      it.assertOpen('a');
      it.count('a');
    }
    clock.ms = 20_500;
    expect(() => it.assertOpen('a')).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_REQUESTS', details: { retryAfterSeconds: 40 } }),
    );
    expect(() => it.assertOpen('b')).not.toThrow();
    clock.ms = 60_001;
    expect(() => it.assertOpen('a')).not.toThrow();
  });

  test('a success is not held against anybody', () => {
    const { it } = throttle();
    for (let i = 0; i < 50; i += 1) {
      it.assertOpen('a');
      it.count('a');
      it.giveBack('a');
    }
    expect(() => it.assertOpen('a')).not.toThrow();
  });

  test('invented keys do not fill the memory', () => {
    const { it } = throttle(100);
    for (let i = 0; i < 10_000; i += 1) it.count(`invented ${i}`);
    expect(it.size).toBe(100);
  });
});
