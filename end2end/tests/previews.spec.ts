import type { Locator } from '@playwright/test';
import type { Person } from '../support/person.ts';
import { Site } from '../support/site.ts';
import { expect, test as base } from '../support/test.ts';

const test = base.extend<{ site: Site }>({
  site: async ({}, use) => {
    const site = await Site.open();
    await use(site);
    site.close();
  },
});

test.use({ flags: '--link-previews on --previews-from-loopback' });

const previews = (person: Person): Locator => person.messages.getByRole('group', { name: 'Link previews' });
const isLoaded = (picture: Locator) => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0);

test('a link has a preview for everyone until its author removes it', async ({ workspace, site }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await grace.sends(`Look: ${site.link('engine')}`);
  for (const person of [ada, grace]) {
    const card = previews(person).getByRole('link');
    await expect(card).toContainText('Analytical Society');
    await expect(card).toContainText('The Analytical Engine <img src=x onerror=alert(1)>');
    await expect(card).toHaveAttribute('href', site.link('engine'));
    await expect(card).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(card.locator('img')).toHaveAttribute('src', /^\/previews\/[^/]+\/picture$/);
    await expect.poll(() => isLoaded(card.locator('img'))).toBe(true);
  }

  await ada.reloads();
  await expect(previews(ada)).toContainText('It weaves algebraical patterns');
  await grace.reloads();
  await previews(grace).hover();
  await previews(grace).getByRole('button', { name: 'Remove the preview' }).click();
  for (const person of [ada, grace]) await expect(previews(person)).toHaveCount(0);
  await ada.reloads();
  await expect(ada.message(site.link('engine'))).toHaveCount(1);
  await expect(previews(ada)).toHaveCount(0);
});

test('only the author and owners can remove a preview, and an edit replaces it', async ({ workspace, site }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  const text = `See ${site.link('plain')}`;
  await ada.sends(text);
  await expect(previews(grace)).toContainText('A page without a picture');
  await expect(previews(ada).getByRole('button')).toHaveCount(1);
  await expect(previews(grace).getByRole('button')).toHaveCount(0);

  await ada.pointsAt(text);
  await ada.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Edit' }).click();
  await ada.page.getByRole('textbox', { name: 'Edit message' }).fill('Nothing to see.');
  await ada.page.getByRole('button', { name: 'Save' }).click();
  await grace.sees('Nothing to see.');
  for (const person of [ada, grace]) await expect(previews(person)).toHaveCount(0);
});

test('a preview fits into the conversation', async ({ workspace, site }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends(`The engine is finished: ${site.link('engine')} and ${site.link('plain')}`);
  await expect(previews(ada).getByRole('link')).toHaveCount(2);
  for (const colorScheme of ['light', 'dark'] as const) {
    const person = await workspace.signIn(ada, { colorScheme });
    await person.opens('general');
    await expect.poll(() => isLoaded(previews(person).locator('img'))).toBe(true);
    const [needed, there] = await person.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(needed).toBeLessThanOrEqual(there);
  }
});
