import { defineConfig } from '@playwright/test';

/**
 * Specs play against a stack that scripts/browser.ts starts and names here, so that they can as well be pointed at one
 * that already runs: npm run test:browser -- --url http://localhost:3000
 */
const baseURL = process.env.BASE_URL;
if (!baseURL) throw new Error('No stack to play on. Use `npm run test:browser`, which starts one.');

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: 'test/browser',
  outputDir: 'test-results/browser',
  // One network of members is shared by all: their order must not depend on luck.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_REPORT ?? 'test-results/browser.json' }]],
  use: {
    baseURL,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      // Chromium's sandbox does not run as root, small /dev/shm and missing graphics are usual in containers.
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
    },
  },
  projects: [
    { name: 'test', testMatch: '**/*.spec.ts' },
    { name: 'shots', testMatch: '**/*.shots.ts' },
  ],
});
