import { describe, expect, test } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { readConfig } from '../../config.js';
import { isSameOrigin, mayCarrySession, readSessionToken, transportOf } from './transport.js';

const ENVIRONMENT = { DATABASE_URL: 'postgres://x/y', RPC_URL: 'http://127.0.0.1:1' };
const config = readConfig(ENVIRONMENT);
const insecure = readConfig({ ...ENVIRONMENT, ALLOW_INSECURE_COOKIE: 'true' });
const proxied = readConfig({ ...ENVIRONMENT, PUBLIC_URL: 'https://headwater.example/app' });

function request(
  url: string,
  headers: Record<string, string> = {},
  cookies: Record<string, string> = {},
): FastifyRequest {
  const { protocol, hostname, host } = new URL(url);
  const fake: Pick<FastifyRequest, 'protocol' | 'hostname' | 'host' | 'headers' | 'cookies'> = {
    protocol: protocol === 'https:' ? 'https' : 'http',
    hostname,
    host,
    headers,
    cookies,
  };
  return fake as FastifyRequest;
}

describe('transport', () => {
  test.each([
    ['https://headwater.example', 'TLS'],
    ['http://localhost:3000', 'LOCAL'],
    ['http://127.0.0.1:3000', 'LOCAL'],
    ['http://127.1.2.3', 'LOCAL'],
    ['http://[::1]:3000', 'LOCAL'],
    ['http://app.localhost', 'LOCAL'],
    ['http://192.168.1.5:3000', 'PLAIN'],
    ['http://localhost.evil.example', 'PLAIN'],
    ['http://127.0.0.1.evil.example', 'PLAIN'],
    ['http://headwater.example', 'PLAIN'],
  ])('%s is %s', (url, transport) => expect(transportOf(request(url))).toBe(transport));

  test('a session goes over plain http only where a setting allows it', () => {
    expect(mayCarrySession('PLAIN', config)).toBe(false);
    expect(mayCarrySession('PLAIN', insecure)).toBe(true);
    expect(mayCarrySession('LOCAL', config)).toBe(true);
  });

  test('the unprefixed cookie counts on localhost and by setting, never on TLS', () => {
    const cookies = { 'headwater-plain': 'token' };
    expect(readSessionToken(request('https://headwater.example', {}, cookies), config)).toBeUndefined();
    expect(readSessionToken(request('http://headwater.example', {}, cookies), config)).toBeUndefined();
    expect(readSessionToken(request('http://headwater.example', {}, cookies), insecure)).toBe('token');
    expect(readSessionToken(request('http://localhost:1', {}, cookies), config)).toBe('token');
    expect(readSessionToken(request('https://headwater.example', {}, { '__Host-headwater': 'sealed' }), config)).toBe(
      'sealed',
    );
  });
});

describe('origin', () => {
  test.each([
    ['our own page', { origin: 'http://localhost:3000' }, true],
    ['no browser at all', {}, true],
    ['another port', { origin: 'http://localhost:3001' }, false],
    ['another scheme', { origin: 'https://localhost:3000' }, false],
    ['an opaque page', { origin: 'null' }, false],
    ['our name inside another', { origin: 'http://localhost:3000.evil.example' }, false],
    ['a hidden origin from another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['a hidden origin from a sibling', { 'sec-fetch-site': 'same-site' }, false],
    ['an address typed in', { 'sec-fetch-site': 'none' }, true],
  ])('%s', (_, headers, expected) => {
    expect(isSameOrigin(request('http://localhost:3000', headers), config)).toBe(expected);
  });

  test('behind a proxy the public address is ours', () => {
    expect(isSameOrigin(request('http://10.0.0.7:3000', { origin: 'https://headwater.example' }), proxied)).toBe(true);
    expect(isSameOrigin(request('http://10.0.0.7:3000', { origin: 'https://other.example' }), proxied)).toBe(false);
  });
});
