import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { usccCheck } from '../../../apps/api/src/modules/members/identifiers.js';
import { type Cast, idOf, listed, settle, signInAll } from '../../support/main-job.js';
import { startStack, type TestStack, Visitor } from '../../support/stack.js';

let stack: TestStack;
let cast: Cast;
let numbers = 0;

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

/** A registry number of its own, with a right check character. */
function freshNumber(): string {
  numbers += 1;
  const body = `91310000MB${String(numbers).padStart(7, '0')}`;
  return body + usccCheck(body);
}
const linkOf = (answer: { body: unknown }) => answer.body as { token: string; url: string };
const application = (registryNumber: string) => ({
  name: 'Copper Works',
  registryNumber,
  country: 'CN',
  account: { holder: 'Copper Works', number: '6222 0000 9000 0001' },
  administrator: { name: 'Feng Lei', password: 'copper wire 1999 x' },
});
const organisation = (registryNumber: string, roles: string[], email: string) => ({
  name: `Org ${registryNumber}`,
  registryNumber,
  country: 'CN',
  roles,
  administrator: { email, name: 'First Person' },
});

describe('a supplier is invited, applies, and is admitted', () => {
  test('from the link to its first business', async () => {
    const invited = await cast.tyres.post('/organisation-invitations', {
      organisationName: 'Copper Works',
      email: 'feng@copper.example',
    });
    expect(invited.status).toBe(201);
    const { token, url } = linkOf(invited);
    expect(url).toBe(`${stack.url}/links/${token}`);
    const newcomer = new Visitor(stack);
    expect((await newcomer.get(`/links/${token}`)).body).toMatchObject({
      kind: 'ONBOARD',
      organisationName: 'Copper Works',
      invitedBy: 'Northwind Tyres',
    });

    const applied = await newcomer.call('POST', `/links/${token}/apply`, application(freshNumber()));
    expect(applied).toMatchObject({ status: 201, body: { organisation: { state: 'APPLIED', roles: ['SUPPLIER'] } } });
    expect((await newcomer.get('/session')).body).toMatchObject({ organisation: { state: 'APPLIED' } });
    expect(await newcomer.get('/directory')).toMatchObject({ status: 409, code: 'ORGANISATION_NOT_ADMITTED' });
    expect(
      await newcomer.post('/organisation-invitations', { organisationName: 'X', email: 'x@x.example' }),
    ).toMatchObject({
      code: 'ORGANISATION_NOT_ADMITTED',
    });
    expect((await new Visitor(stack).get(`/links/${token}`)).code).toBe('LINK_INVALID');
    expect(await listed(cast.tyres, '/directory?q=Copper')).toEqual([]);

    const [waiting] = await listed(cast.operator, '/organisations?state=APPLIED');
    await settle(cast.operator, await cast.operator.post(`/organisations/${waiting?.id}/admit`, {}));
    expect((await newcomer.get('/session')).body).toMatchObject({ organisation: { state: 'ADMITTED' } });
    expect(await listed(cast.tyres, '/directory?q=Copper')).toHaveLength(1);
    expect(await cast.operator.post(`/organisations/${waiting?.id}/admit`, {})).toMatchObject({
      status: 409,
      code: 'ADMISSION_STATE',
    });
  });

  test('a refused application stays refused, and its number may apply again', async () => {
    const registryNumber = freshNumber();
    const apply = async (email: string) => {
      const invited = await cast.tyres.post('/organisation-invitations', { organisationName: 'Tin Works', email });
      const newcomer = new Visitor(stack);
      return newcomer.call('POST', `/links/${linkOf(invited).token}/apply`, application(registryNumber));
    };
    expect((await apply('one@tin.example')).status).toBe(201);
    expect(await apply('two@tin.example')).toMatchObject({ status: 409, code: 'ORGANISATION_EXISTS' });
    const [waiting] = await listed(cast.operator, '/organisations?state=APPLIED');
    const refused = await cast.operator.post(`/organisations/${waiting?.id}/refuse`, { reason: 'Papers are missing' });
    expect(refused).toMatchObject({ status: 200, body: { state: 'REFUSED' } });
    expect((await apply('three@tin.example')).status).toBe(201);
  });

  test('of two who use one link at once, one gets in', async () => {
    const invited = await cast.tyres.post('/organisation-invitations', {
      organisationName: 'Zinc',
      email: 'z@zinc.example',
    });
    const apply = () =>
      new Visitor(stack).call('POST', `/links/${linkOf(invited).token}/apply`, application(freshNumber()));
    const answers = await Promise.all([apply(), apply(), apply()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410]);
  });

  test.each([
    ['a wrong check character', { registryNumber: '91310000MB000000XX' }, 'IDENTIFIER_INVALID'],
    ['a weak password', { administrator: { name: 'F', password: 'password1234' } }, 'PASSWORD_TOO_WEAK'],
    ['a role it did not get', { roles: ['BANK'] }, 'REQUEST_INVALID'],
  ])('%s is refused and leaves the link usable', async (_, change, code) => {
    const invited = await cast.tyres.post('/organisation-invitations', {
      organisationName: 'Lead',
      email: 'l@lead.example',
    });
    const { token } = linkOf(invited);
    const answer = await new Visitor(stack).call('POST', `/links/${token}/apply`, {
      ...application(freshNumber()),
      ...change,
    });
    expect(answer.code).toBe(code);
    expect((await new Visitor(stack).get(`/links/${token}`)).status).toBe(200);
  });
});

describe('the operator brings in organisations', () => {
  test('buyers that share a group, and one that gets its own', async () => {
    const create = async (email: string, group?: string) => {
      const body = {
        ...organisation(freshNumber(), ['BUYER'], email),
        ...(group === undefined ? {} : { obligorGroup: group }),
      };
      const answer = await cast.operator.post('/organisations', body);
      expect(answer.status).toBe(201);
      return answer.body as {
        organisation: { id: string; obligorGroup: string; state: string };
        link: { kind: string; token: string };
      };
    };
    const [one, two, three] = [
      await create('a@one.example', 'Lake Group'),
      await create('a@two.example', 'Lake Group'),
      await create('a@three.example'),
    ];
    expect(one.organisation).toMatchObject({ state: 'APPLIED', obligorGroup: 'Lake Group' });
    expect(two.organisation.obligorGroup).toBe('Lake Group');
    expect(three.organisation.obligorGroup).not.toBe('Lake Group');
    await settle(cast.operator, await cast.operator.post(`/organisations/${one.organisation.id}/admit`, {}));
    const administrator = new Visitor(stack);
    const joined = await administrator.call('POST', `/links/${one.link.token}/accept`, {
      password: 'a first word 2026',
    });
    expect(joined).toMatchObject({
      status: 201,
      body: { user: { name: 'First Person', roles: ['ADMINISTRATOR', 'MAKER', 'TREASURER'] } },
    });
  });

  test('a bank that is not admitted yet sees nothing of the market', async () => {
    const created = await cast.operator.post(
      '/organisations',
      organisation(freshNumber(), ['BANK'], 'a@new-bank.example'),
    );
    const { link } = created.body as { link: { token: string } };
    const officer = new Visitor(stack);
    await officer.call('POST', `/links/${link.token}/accept`, { password: 'a first word 2026' });
    const { body } = await officer.get('/financing-requests');
    expect(body).toMatchObject({ code: 'ORGANISATION_NOT_ADMITTED' });
  });

  test.each([
    ['a number that is here already', { registryNumber: '91310115MA1HW101XQ' }, 409, 'ORGANISATION_EXISTS'],
    ['the same number in another spelling', { registryNumber: '9131 0115 ma1hw101xq' }, 409, 'ORGANISATION_EXISTS'],
    ['a group for one that is no buyer', { obligorGroup: 'X' }, 409, 'ROLE_MISMATCH'],
    ['no role', { roles: [] }, 400, 'REQUEST_INVALID'],
  ])('%s is refused', async (_, change, status, code) => {
    const body = { ...organisation(freshNumber(), ['SUPPLIER'], 'a@b.example'), ...change };
    expect(await cast.operator.post('/organisations', body)).toMatchObject({ status, code });
  });

  test('two who admit the same organisation at once admit it once', async () => {
    const created = await cast.operator.post(
      '/organisations',
      organisation(freshNumber(), ['SUPPLIER'], 'a@once.example'),
    );
    const { id } = (created.body as { organisation: { id: string } }).organisation;
    const answers = await Promise.all([1, 2, 3].map(() => cast.operator.post(`/organisations/${id}/admit`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    const [won] = answers.filter(({ status }) => status === 202);
    if (won) await settle(cast.operator, won);
  });

  test('an admission that ends before it begins is refused', async () => {
    const created = await cast.operator.post(
      '/organisations',
      organisation(freshNumber(), ['SUPPLIER'], 'a@past.example'),
    );
    const { id } = (created.body as { organisation: { id: string } }).organisation;
    expect(await cast.operator.post(`/organisations/${id}/admit`, { validUntil: '2020-01-01' })).toMatchObject({
      code: 'DAY_INVALID',
    });
    expect(idOf(await cast.operator.post(`/organisations/${id}/admit`, { validUntil: '2030-01-01' }))).toBeDefined();
  });
});

test("the account is the organisation administrator's to change", async () => {
  const account = { holder: 'Northwind Tyres', number: '6222 9999 0000 1111' };
  expect(await cast.tyres.call('PUT', '/organisation/account', account)).toMatchObject({
    status: 200,
    body: { account },
  });
  expect(await cast.buyerChecker.call('PUT', '/organisation/account', account)).toMatchObject({
    status: 403,
    code: 'FORBIDDEN',
  });
});

test('the directory shows what a business register would, and pages', async () => {
  const { body } = await cast.tyres.get('/directory?limit=2');
  const { items, nextCursor } = body as { items: Record<string, unknown>[]; nextCursor: string };
  expect(items).toHaveLength(2);
  expect(nextCursor).toBeDefined();
  for (const item of items)
    expect(Object.keys(item).sort()).toEqual(['country', 'id', 'name', 'registryNumber', 'roles']);
});
