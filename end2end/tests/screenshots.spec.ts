/** Pictures of the screens, for people to look at: SCREENSHOTS=1 SCREENSHOTS_FOLDER=… playwright test */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { Person } from '../support/person.ts';
import { desktop, phone, tablet } from '../support/screens.ts';
import { Workspace } from '../support/workspace.ts';

const ada = { name: 'Ada Lovelace', handle: 'ada', password: 'hubbub demo' };
const folder = process.env.SCREENSHOTS_FOLDER ?? 'test-results/screenshots';

const screens: Record<string, (ada: Person) => Promise<void>> = {
  home: (ada) => ada.goesTo('/'),
  browse: (ada) => ada.goesTo('/browse'),
  room: async (ada) => {
    await ada.goesTo('/');
    await ada.opens('engines');
    await expect(ada.messages.last()).toBeInViewport();
  },
  members: async (ada) => {
    await ada.page.getByRole('button', { name: /^Members: / }).click();
    await expect(ada.page.getByRole('complementary', { name: 'Members' })).toBeVisible();
  },
  profile: (ada) => ada.goesTo('/profile'),
  dialog: async (ada) => {
    await ada.goesTo('/');
    await ada.sidebar.getByRole('button', { name: 'Create a room' }).click();
    await expect(ada.page.getByRole('dialog')).toBeVisible();
  },
};

const test = base.extend<object, { demo: Workspace }>({
  demo: [
    async ({ browser }, use) => {
      const demo = await Workspace.open(browser, 'demo');
      await use(demo);
      await demo.close();
    },
    { scope: 'worker' },
  ],
});

for (const screen of [desktop, tablet, phone]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const size = `${screen.viewport.width}x${screen.viewport.height}`;

    test(`pictures at ${size}, ${colorScheme}`, async ({ demo }) => {
      await mkdir(folder, { recursive: true });
      const page = await demo.visitor({ ...screen, colorScheme, reducedMotion: 'reduce' });
      const take = (name: string) => page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });

      await page.goto('/sign-in');
      await take('sign-in');
      const person = new Person(ada, page);
      await person.signsIn();
      await person.isLive();
      for (const [name, open] of Object.entries(screens)) {
        await open(person);
        await take(name);
      }
      await page.context().close();
    });
  }
}
