import { defineConfig } from '@playwright/test';
import { phone, desktop } from './support/screens.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const pictures = /screenshots\.spec\.ts/;
/** Tests that need a keyboard, or that need to run only once. */
const onlyOnDesktop = /(keyboard|trunk|clients|tutorial)\.spec\.ts/;
const onlyOnPhones = /phone\.spec\.ts/;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './support/requirements.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
  },
  projects: process.env.SCREENSHOTS === '1'
    ? [{ name: 'screenshots', testMatch: pictures }]
    : [
        { name: 'desktop', testIgnore: [pictures, onlyOnPhones], use: desktop },
        { name: 'phone', testIgnore: [pictures, onlyOnDesktop], use: phone },
      ],
});
