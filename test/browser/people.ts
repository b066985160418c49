import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The demo password is printed at start and shown at sign-in; it is no secret. */
interface SignIn {
  readonly organisation: string;
  readonly person: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly string[];
}

/** Whom the specs act as, by the address of their demo sign-in. */
export const PEOPLE = {
  tyresMaker: 'zhao@northwind.example',
  hubsMaker: 'lin@keystone.example',
  buyerMaker: 'wang@aurora.example',
  buyerChecker: 'zhang@aurora.example',
  buyerTreasurer: 'liu@aurora.example',
  bankMaker: 'xu@first-river.example',
  bankChecker: 'he@first-river.example',
  settlementBank: 'sun@harbour-bank.example',
  operator: 'mei@operations.example',
  supervisor: 'qian@supervisor.example',
} as const;
export type Who = keyof typeof PEOPLE;

const EVERYONE = [
  '/cash',
  '/settings/colleagues',
  '/settings/organisation',
  '/settings/security',
  '/settings/appearance',
];

/** Every route of every role. A new screen belongs here, or nobody looks at it. */
export const ROUTES: Readonly<Partial<Record<Who, readonly string[]>>> = {
  tyresMaker: ['/supplier', '/invoices', '/holdings', '/transfers', '/financing', ...EVERYONE],
  buyerMaker: ['/buyer', '/buyer/confirm', '/buyer/payables', '/cash'],
  bankMaker: ['/bank', '/bank/requests', '/bank/quotes', '/bank/portfolio', '/bank/limits', '/cash'],
  settlementBank: ['/settlement/deposits', '/settlement/payouts'],
  operator: [
    '/operator/organisations',
    '/operator/payables',
    '/operator/operations',
    '/operator/register',
    '/operator/clock',
  ],
  supervisor: ['/operator/organisations', '/operator/payables'],
};

export async function credentials(page: Page, who: Who): Promise<SignIn> {
  const meta = (await (await page.request.get('/api/v1/meta')).json()) as { signIns?: SignIn[] };
  const found = meta.signIns?.find(({ email }) => email === PEOPLE[who]);
  if (!found) throw new Error(`the stack offers no demo sign-in for ${PEOPLE[who]}`);
  return found;
}

/** Signs in through the screen, as a person does. */
export async function signIn(page: Page, who: Who): Promise<void> {
  const { email, password } = await credentials(page, who);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

/** A browser of one's own for one person, so that several can be at work at once. */
export async function open(
  browser: Browser,
  who: Who,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context: BrowserContext = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, who);
  return page;
}

/** Waits until a screen has its data: no skeleton left, nothing in flight. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}
