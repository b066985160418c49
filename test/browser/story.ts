import { randomBytes } from 'node:crypto';
import { Person, text } from '../../scripts/scenario/client.ts';
import { addDays } from '../../scripts/scenario/world.ts';
import { PEOPLE, type Who } from './people.ts';

interface Meta {
  readonly signIns?: readonly { readonly email: string; readonly password: string }[];
}

/**
 * Fills the demo network with a believable week of work through the public API, so that pictures and accessibility checks
 * see screens in use and not only their empty states.
 */
export async function tellStory(url: string): Promise<void> {
  const people = await signInAll(url);
  const buyer = registryNumber(await people.buyerMaker.get('/session'));
  const hubs = text(await people.hubsMaker.get('/session'), 'organisation', 'id');
  const run = randomBytes(2).toString('hex').toUpperCase();
  const today = text(await people.operator.get('/clock'), 'today');

  const submit = async (number: string, payableMinor: string, days: number) =>
    text(
      await people.tyresMaker.post('/invoices', {
        number: `NT-${run}-${number}`,
        buyerRegistryNumber: buyer,
        issueDay: today,
        dueDay: addDays(today, days),
        currency: 'CNY',
        netMinor: payableMinor,
        taxMinor: '0',
        payableMinor,
      }),
      'id',
    );
  const confirm = async (id: string) => {
    await people.buyerMaker.post(`/invoices/${id}/decision`, { decision: 'CONFIRM' });
    await people.buyerChecker.command('POST', `/invoices/${id}/decision/approve`);
    return text(await people.tyresMaker.get(`/invoices/${id}`), 'payableId');
  };

  const first = await confirm(await submit('101', '240000000', 90));
  const second = await confirm(await submit('102', '86500050', 35));
  await confirm(await submit('103', '1250000000', 150));
  await people.buyerMaker.post(`/invoices/${await submit('104', '41200000', 60)}/decision`, { decision: 'CONFIRM' });
  await submit('105', '9900000', 45);
  const rejected = await submit('106', '12000000', 30);
  await people.buyerMaker.post(`/invoices/${rejected}/decision`, {
    decision: 'REJECT',
    reason: 'Two pallets were missing',
  });
  await people.buyerChecker.command('POST', `/invoices/${rejected}/decision/approve`);

  const offer = async (payable: string, units: string, reference: string) =>
    text(
      await people.tyresMaker.post(`/payables/${payable}/transfers`, { toOrganisationId: hubs, units, reference }),
      'id',
    );
  await people.hubsMaker.command('POST', `/transfers/${await offer(first, '80000000', 'Invoice KH-2231')}/accept`);
  await offer(second, '20000000', 'Invoice KH-2240');

  const ask = async (person: Person, payable: string, units: string) =>
    text(await person.post(`/payables/${payable}/financing-requests`, { units }), 'id');
  const sold = await ask(people.hubsMaker, first, '50000000');
  const quote = await people.bankMaker.post(`/financing-requests/${sold}/quotes`, { ratePpm: 36000, feeMinor: '5000' });
  await people.hubsMaker.command('POST', `/quotes/${text(quote, 'id')}/accept`);
  const open = await ask(people.tyresMaker, first, '60000000');
  await people.bankMaker.post(`/financing-requests/${open}/quotes`, { ratePpm: 38500, feeMinor: '0' });
  await people.hubsMaker.command('POST', '/payouts', { amount: { minor: '10000000', currency: 'CNY' } });
}

async function signInAll(url: string): Promise<Record<Who, Person>> {
  const { signIns = [] } = (await (await fetch(`${url}/api/v1/meta`)).json()) as Meta;
  const entries = await Promise.all(
    Object.entries(PEOPLE).map(async ([who, email]) => {
      const known = signIns.find((signIn) => signIn.email === email);
      if (!known) throw new Error(`no demo sign-in for ${email}`);
      const person = new Person(() => url, email, known.password);
      await person.signIn();
      return [who, person] as const;
    }),
  );
  return Object.fromEntries(entries) as Record<Who, Person>;
}

const registryNumber = (session: unknown) => text(session, 'organisation', 'registryNumber');
