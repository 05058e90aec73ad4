/**
 * Keeps the console of a server open in a browser for a while, and prints how smooth that was, as JSON: called by
 * `bin/load --console`, while thousands of clients are connected.
 *   node console.mjs http://127.0.0.1:PORT HANDLE PASSWORD [SCREENSHOT]
 */

import { chromium } from '@playwright/test';

const [address, handle, password, screenshot] = process.argv.slice(2);
/** The time that each section stays open. */
const LOOKED_AT = 8_000;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.request.post(`${address}/session`, { form: { handle, password } });
  const page = await context.newPage();
  await page.goto(`${address}/admin`);
  await page.locator('.console-status').filter({ hasText: /^Live$/ }).waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.tasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
  const busy = async () => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  const [begun, before] = [performance.now(), await busy()];
  await page.waitForTimeout(LOOKED_AT);
  if (screenshot) await page.screenshot({ path: `${screenshot}-overview.png` });
  const sections = page.getByRole('navigation', { name: 'Sections of the console' });
  const rows = page.getByRole('list', { name: 'Connections', exact: true }).locator('> li');
  const clicked = performance.now();
  await sections.getByRole('link', { name: 'Connections', exact: true }).click();
  await rows.nth(1).waitFor();
  const listed = performance.now() - clicked;
  await page.waitForTimeout(LOOKED_AT);
  const typed = performance.now();
  await page.getByRole('main').getByRole('searchbox').fill('person7');
  await rows.filter({ hasNotText: 'person7' }).first().waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'person7' }).first().waitFor();
  const found = performance.now() - typed;
  await page.waitForTimeout(LOOKED_AT);
  if (screenshot) await page.screenshot({ path: `${screenshot}-connections.png` });
  const share = ((await busy()) - before) / ((performance.now() - begun) / 1000);
  const tasks = await page.evaluate(() => window.tasks);
  const figures = { busy_percent: share * 100, longest_task_ms: Math.max(0, ...tasks), listed_ms: listed, found_ms: found, rows: await rows.count() };
  console.log(JSON.stringify(figures));
} finally {
  await browser.close();
}
