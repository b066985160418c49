import { mkdirSync } from 'node:fs';
import { test } from '@playwright/test';
import { open, ROUTES, settled, type Who } from './people.ts';
import { tellStory } from './story.ts';

/** Pictures of every screen of every role, wide and narrow, in both languages, into shots/. */
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const;
const LANGUAGES = ['en', 'zh'] as const;

test.beforeAll(async ({ baseURL }) => {
  if (!baseURL) throw new Error('no stack');
  mkdirSync('shots', { recursive: true });
  await tellStory(baseURL);
});

for (const [who, routes] of Object.entries(ROUTES) as [Who, readonly string[]][]) {
  test(`pictures of ${who}`, async ({ browser, baseURL }) => {
    for (const [size, viewport] of Object.entries(SIZES)) {
      // Signs in in English, which is what the specs read; the language is changed behind it.
      const page = await open(browser, who, { baseURL, viewport, locale: 'en-GB' });
      for (const language of LANGUAGES) {
        await page.evaluate((chosen) => localStorage.setItem('headwater.language', chosen), language);
        for (const route of routes) {
          await page.goto(route);
          await settled(page);
          await page.waitForTimeout(400);
          const name = `${who}${route.replaceAll('/', '-')}.${size}.${language}.png`;
          await page.screenshot({ path: `shots/${name}`, fullPage: size === 'narrow', animations: 'disabled' });
        }
      }
      await page.context().close();
    }
  });
}

test('pictures of sign-in', async ({ browser, baseURL }) => {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const locale of ['en-GB', 'zh-CN']) {
      const page = await browser.newPage({ baseURL, viewport, locale });
      await page.goto('/sign-in');
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: `shots/sign-in.${size}.${locale.slice(0, 2)}.png`, fullPage: true });
      await page.close();
    }
  }
});
