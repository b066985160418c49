import { randomBytes } from 'node:crypto';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { Person } from '../../scripts/scenario/client.ts';
import { ublInvoice } from '../../scripts/scenario/ubl.ts';
import { addDays } from '../../scripts/scenario/world.ts';
import { credentials, open, type Who } from './people.ts';

/** The main job as people play it, each at a browser of their own, on one invoice of a fresh number. */
test.describe.configure({ mode: 'serial' });

const run = randomBytes(3).toString('hex').toUpperCase();
const number = `MJ-${run}`;
const ON_FACE = '360,000.00';
let url = '';
let reference = '';

test.beforeAll(async ({ baseURL }) => {
  if (!baseURL) throw new Error('no stack');
  url = baseURL;
});

async function act(browser: Browser, who: Who, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await open(browser, who, { baseURL: url });
  await work(page);
  await page.context().close();
}

/** Leads a person to one of the screens in the rail, by a click, and waits until it stands there. */
async function go(page: Page, name: string, heading = name): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible();
}

const row = (page: Page, words: string) => page.getByRole('row').filter({ hasText: words });
/** The side panel of the row that was opened; a dialog over it comes later in the page. */
const panelOf = (page: Page) => page.getByRole('dialog').first();
const dialog = (page: Page, title: string | RegExp) => page.getByRole('dialog', { name: title });

test('a supplier uploads an invoice file and reads its verdict', async ({ browser }) => {
  await act(browser, 'tyresMaker', async (page) => {
    const session = await (await page.request.get('/api/v1/session')).json();
    const buyer = await buyerOf(page);
    const clock = await (await page.request.get('/api/v1/clock')).json();
    const xml = ublInvoice({
      number,
      issueDay: clock.today,
      dueDay: addDays(clock.today, 90),
      currency: 'CNY',
      amount: '360000.00',
      seller: session.organisation,
      buyer,
    });
    await go(page, 'Invoices');
    await page.getByRole('button', { name: 'Upload invoice' }).first().click();
    const files = dialog(page, 'Upload invoice').locator('input[type=file]');
    await files.setInputFiles([
      { name: `${number}.xml`, mimeType: 'application/xml', buffer: Buffer.from(xml) },
      { name: 'not-an-invoice.xml', mimeType: 'application/xml', buffer: Buffer.from('<order/>') },
    ]);
    const verdicts = page.getByRole('list', { name: 'Verdicts' });
    await expect(verdicts).toContainText(`Accepted: ${number}`);
    await expect(verdicts).toContainText('Refused');
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(row(page, number)).toContainText(ON_FACE);
  });
});

async function buyerOf(page: Page): Promise<{ name: string; registryNumber: string }> {
  const found = await (await page.request.get('/api/v1/directory?role=BUYER&q=Aurora')).json();
  return found.items[0];
}

test('the buyer confirms with two people, never with one', async ({ browser }) => {
  await act(browser, 'buyerMaker', async (page) => {
    await go(page, 'Invoices to confirm');
    await row(page, number).click();
    const panel = panelOf(page);
    await panel.getByRole('button', { name: 'Confirm', exact: true }).click();
    await dialog(page, `Confirm invoice ${number}?`).getByRole('button', { name: 'Propose confirmation' }).click();
    await expect(panel).toContainText('somebody else must approve it');
    await expect(panel.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0);
  });
  await act(browser, 'buyerChecker', async (page) => {
    await go(page, 'Invoices to confirm');
    await row(page, number).click();
    await panelOf(page).getByRole('button', { name: 'Approve', exact: true }).click();
    const promise = dialog(page, 'Approve this promise to pay?');
    await expect(promise).toContainText('undertakes irrevocably');
    await promise.getByRole('checkbox').check();
    await promise.getByRole('button', { name: 'Approve and promise' }).click();
    await expect(page.getByText('Approved. The payable is being recorded.')).toBeVisible();
  });
});

test('the supplier passes part of it on, its own supplier accepts', async ({ browser }) => {
  await act(browser, 'tyresMaker', async (page) => {
    const held = await (await page.request.get('/api/v1/holdings?limit=100')).json();
    reference = held.items.find((one: { payable: { invoiceNumber?: string } }) => one.payable.invoiceNumber === number)
      .payable.reference;
    await go(page, 'Holdings');
    await row(page, reference).click();
    await panelOf(page).getByRole('button', { name: 'Pass on' }).click();
    const pass = dialog(page, `Pass on part of ${reference}`);
    await expect(pass.getByText('Not here yet? Invite')).toBeVisible();
    await pass.getByRole('combobox', { name: 'To' }).fill('Keystone');
    await page.getByRole('option', { name: /Keystone Hubs/ }).click();
    await pass.getByLabel('Amount').fill('999999999');
    await pass.getByLabel('What it pays').fill(`Invoice KH-${run}`);
    await pass.getByRole('button', { name: 'Pass on' }).click();
    await expect(pass.getByLabel('Amount')).toHaveAttribute('aria-invalid', 'true');
    await pass.getByLabel('Amount').fill('150000');
    await pass.getByRole('button', { name: 'Pass on' }).click();
    await expect(page.getByText('Offered to Keystone Hubs')).toBeVisible();
    await expect(panelOf(page)).toContainText('150,000.00');
  });
  await act(browser, 'hubsMaker', async (page) => {
    await go(page, 'Transfers');
    await row(page, `Invoice KH-${run}`).click();
    await panelOf(page).getByRole('button', { name: 'Accept' }).click();
    await dialog(page, /^Accept .*150,000\.00/)
      .getByRole('button', { name: 'Accept' })
      .click();
    await expect(page.getByText('Transfer accepted')).toBeVisible();
  });
});

test('it asks for cash, a bank quotes, and it sees the full cost before it accepts', async ({ browser }) => {
  await act(browser, 'hubsMaker', async (page) => {
    await go(page, 'Holdings');
    await row(page, reference).click();
    await panelOf(page).getByRole('button', { name: 'Ask for cash' }).click();
    const ask = dialog(page, `Ask for cash on ${reference}`);
    await ask.getByLabel('Amount to finance').fill('150000');
    await ask.getByRole('button', { name: 'Ask for cash' }).click();
    await expect(page.getByText('Request sent to the banks')).toBeVisible();
  });
  await act(browser, 'bankMaker', async (page) => {
    await go(page, 'Requests', 'Financing requests');
    await row(page, reference).filter({ hasText: '150,000.00' }).click();
    const panel = panelOf(page);
    await panel.getByLabel('Discount rate').fill('4');
    // 150,000.00 x 4 % x 90 / 360 = 1,500.00
    await expect(panel).toContainText('148,500.00');
    await panel.getByRole('button', { name: 'Quote', exact: true }).click();
    await expect(panel).toContainText('Your quote is open');
  });
  await act(browser, 'hubsMaker', async (page) => {
    await go(page, 'Financing');
    await row(page, reference).click();
    const panel = panelOf(page);
    await expect(panel).toContainText('148,500.00');
    await expect(panel).toContainText('All-in annual rate');
    await expect(panel).toContainText('This costs more than the reference loan');
    await panel.getByRole('button', { name: 'Accept' }).first().click();
    const accept = dialog(page, /Accept the quote of/);
    await accept.getByRole('checkbox').check();
    await accept.getByRole('button', { name: 'Accept' }).click();
    await expect(page.getByText('Quote accepted')).toBeVisible();
    await expect(panel).toContainText('The cash is on your balance');
  });
});

test('the buyer pays on the due day and every holder is paid', async ({ browser }) => {
  const operator = await personOf(browser, 'operator');
  await operator.post('/demo/clock/advance', { days: 90 });
  await act(browser, 'buyerTreasurer', async (page) => {
    await go(page, 'Payables');
    await row(page, reference).click();
    await panelOf(page).getByRole('button', { name: 'Pay', exact: true }).click();
    const pay = dialog(page, `Pay ${reference}`);
    await pay.getByRole('button', { name: /^Pay .*360,000\.00/ }).click();
    await expect(page.getByText(/^Paid: .*360,000\.00/)).toBeVisible();
  });
  const bank = await personOf(browser, 'bankMaker');
  await expect
    .poll(async () =>
      JSON.stringify(await bank.get('/cash/entries?limit=10')).includes(`"payableReference":"${reference}"`),
    )
    .toBe(true);
});

test('a holder takes its money out to its bank account', async ({ browser }) => {
  await act(browser, 'tyresMaker', async (page) => {
    await go(page, 'Cash');
    await expect(page.getByRole('main')).toContainText(reference);
    await page.getByRole('button', { name: 'Pay out' }).first().click();
    const out = page.getByRole('dialog');
    await out.getByLabel('Amount').fill('1234.56');
    await out.getByRole('button', { name: 'Pay out' }).click();
    await expect(page.getByText('Payout is with the settlement bank')).toBeVisible();
  });
  await act(browser, 'settlementBank', async (page) => {
    await go(page, 'Payouts');
    await row(page, '1,234.56').first().click();
    await panelOf(page).getByRole('button', { name: 'Confirm' }).click();
    const confirm = dialog(page, 'Confirm the payout to Northwind Tyres');
    await confirm.getByLabel('Bank reference').fill(`HSB-${run}`);
    await confirm.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByText('Payout to Northwind Tyres confirmed')).toBeVisible();
  });
});

/** The same person without a screen, for what only surrounds the job. */
async function personOf(browser: Browser, who: Who): Promise<Person> {
  const page = await browser.newPage({ baseURL: url });
  const { email, password } = await credentials(page, who);
  await page.close();
  const person = new Person(() => url, email, password);
  await person.signIn();
  return person;
}
