import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { open, ROUTES, settled, type Who } from './people.ts';
import { tellStory } from './story.ts';

/** No serious or critical violation on any screen of any role, with data on it; and no word that users should never meet. */
const FORBIDDEN = /\b(blockchain|token|wallet|gas|nonce|hash|0x[0-9a-f]{8,}|smart contract|on-chain)\b/i;
const OPERATIONS_ONLY = new Set(['/operator/register', '/operator/operations']);

test.beforeAll(async ({ baseURL }) => {
  if (!baseURL) throw new Error('no stack');
  await tellStory(baseURL);
});

async function seriousViolations(page: import('@playwright/test').Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(' '))
          .join(' | ')
          .slice(0, 300)}`,
    );
}

test('sign-in is accessible', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
});

for (const [who, routes] of Object.entries(ROUTES) as [Who, readonly string[]][]) {
  test(`every screen of ${who} is accessible and speaks plainly`, async ({ browser, baseURL }) => {
    const page = await open(browser, who, { baseURL });
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(`script error: ${error.message}`));
    for (const route of routes) {
      await page.goto(route);
      await settled(page);
      expect(new URL(page.url()).pathname, 'the role may see its own screen').toBe(route);
      for (const violation of await seriousViolations(page)) failures.push(`${route} ${violation}`);
      const word = OPERATIONS_ONLY.has(route)
        ? null
        : FORBIDDEN.exec((await page.getByRole('main').allInnerTexts()).join(' '));
      if (word) failures.push(`${route} says "${word[0]}"`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    }
    expect(failures).toEqual([]);
    await page.context().close();
  });
}
