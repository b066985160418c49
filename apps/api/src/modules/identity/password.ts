import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane; about 25 ms a sign-in. */
const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const SALT_BYTES = 16;
const TAG_BYTES = 32;
const FORM = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,86})\$([A-Za-z0-9+/]{16,86})$/;

/** Shortest password; there is no rule about kinds of characters, because length is what counts. */
export const PASSWORD_LENGTH_MIN = 12;

/** A hash in the usual PHC form, so that the parameters can be raised later without a flag day. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derive(password, salt, PARAMETERS, TAG_BYTES);
  const { memory, passes, parallelism } = PARAMETERS;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain64(salt)}$${plain64(tag)}`;
}

/** Compares in constant time. A hash that is not ours never matches. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = FORM.exec(hash) ?? [];
  if (memory === undefined || salt === undefined || tag === undefined) return false;
  const expected = Buffer.from(tag, 'base64');
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const actual = await derive(password, Buffer.from(salt, 'base64'), parameters, expected.length);
  return timingSafeEqual(actual, expected);
}

let decoy: Promise<string> | undefined;

/** What is compared against where nobody has the e-mail address, so that the answer takes as long as any other. */
export function decoyHash(): Promise<string> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  return decoy;
}

/** Long enough, not one of the passwords everybody tries first, not the e-mail address, not one character repeated. */
export function isAcceptablePassword(password: string, email: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  if ([...folded].length < PASSWORD_LENGTH_MIN) return false;
  if (new Set(folded).size < 4) return false;
  const [local = ''] = email.split('@');
  if (folded.includes(email.toLowerCase()) || (local.length >= 6 && folded.replace(/\d+$/, '') === local)) return false;
  const bare = folded.replace(/[^a-z]/g, '');
  return (
    !WELL_KNOWN.has(folded) && !WELL_KNOWN_STEMS.some((stem) => isRepeated(bare, stem) || isRepeated(folded, stem))
  );
}

/** Long ones from the published lists of what people choose when twelve characters are asked for. */
const WELL_KNOWN = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456789abc',
  '123qweasdzxc',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '1qazxsw23edc',
  'abc123456789',
  'abcd12345678',
  'abcdefghijkl',
  'abcdefghijklm',
  'administrator',
  'correcthorsebatterystaple',
  'correct horse battery staple',
  'iloveyou1234',
  'letmein12345',
  'password1234',
  'password12345',
  'passw0rd1234',
  'q1w2e3r4t5y6',
  'qazwsxedcrfv',
  'qwerty123456',
  'qwerty1234567',
  'qwertyuiop123',
  'qwertyuiop[]',
  'welcome12345',
  'woaini1314520',
  'zxcvbnm12345',
]);

/** A password that is nothing but one of these, repeated or with digits and signs around it, is well known too. */
const WELL_KNOWN_STEMS = [
  'password',
  'passwort',
  'headwater',
  'qwerty',
  'qwertyuiop',
  'welcome',
  'letmein',
  'administrator',
  'iloveyou',
  'asdfghjkl',
  'changeme',
  'woaini',
  '123456',
  '1234567890',
];

function isRepeated(text: string, stem: string): boolean {
  return text.length >= stem.length && text === stem.repeat(text.length / stem.length + 1).slice(0, text.length);
}

function derive(
  password: string,
  salt: Buffer,
  parameters: { readonly memory: number; readonly passes: number; readonly parallelism: number },
  tagLength: number,
): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  return new Promise((resolve, reject) => {
    argon2('argon2id', { ...parameters, message, nonce: salt, tagLength }, (error, tag) =>
      error ? reject(error) : resolve(tag),
    );
  });
}

function plain64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
