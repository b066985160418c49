import { expect, test } from '@jest/globals';
import { readStackOptions } from './settings.ts';

test('flags win over the environment, and an empty variable is not set', () => {
  const env = { PORT: '4000', DATA_DIR: '', HOST: '0.0.0.0' };
  expect(readStackOptions({}, env)).toEqual({ port: 4000, host: '0.0.0.0', fresh: false });
  expect(readStackOptions({ port: '0', dataDir: 'd', fresh: true }, env)).toEqual({
    port: 0,
    dataDir: 'd',
    host: '0.0.0.0',
    fresh: true,
  });
});

test.each(['70000', '-1', 'http', '3.5'])('%s is no port', (port) => {
  expect(() => readStackOptions({ port }, {})).toThrow(`"${port}" is not a port.`);
});
