import { expect, test } from '../support/test.ts';

test.skip(({ isMobile }) => isMobile, 'these are for a keyboard');

test('Ctrl K jumps to rooms, people and messages with the keyboard alone', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await workspace.signUp('Grace Hopper');
  await ada.createRoom('engines');
  await ada.sends('Where are the punched cards?');
  await ada.createRoom('compilers');
  const { keyboard } = ada.page;
  const dialog = ada.page.getByRole('dialog', { name: 'Jump to' });
  const field = dialog.getByRole('combobox');
  const option = (name: string | RegExp) => dialog.getByRole('option', { name });

  await expect(ada.composer).toBeFocused();
  await keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await keyboard.type('eng');
  await expect(option('engines')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await ada.isIn('engines');

  await keyboard.press('Control+k');
  await keyboard.type('hop');
  await expect(option(/Grace Hopper/)).toBeVisible();
  await keyboard.press('Enter');
  await ada.isIn('Grace Hopper');

  await keyboard.press('Control+k');
  await field.fill('');
  await expect(async () => {
    await field.fill('');
    await field.fill('punched');
    await expect(option(/punched cards/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await ada.isIn('engines');
  await expect(ada.message('Where are the punched cards?')).toHaveAttribute('data-sought', 'true');

  await keyboard.press('Control+k');
  await keyboard.type('punched');
  await dialog.getByRole('option', { name: /^Search messages for/ }).click();
  await expect(ada.page.getByRole('searchbox', { name: 'Search messages' })).toHaveValue('punched');
  await keyboard.press('Escape');
  await expect(ada.page.getByRole('complementary', { name: 'Search' })).toHaveCount(0);
  await expect(ada.composer).toBeFocused();
});

test('arrow keys move through the messages, and Escape returns to the composer', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  for (const text of ['One', 'Two', 'Three']) {
    await ada.sends(text);
    await ada.sees(text);
  }
  const { keyboard } = ada.page;
  const region = ada.page.getByRole('region', { name: 'Messages', exact: true });
  await region.focus();
  await keyboard.press('ArrowUp');
  await expect(ada.message('Three')).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(ada.message('Two')).toBeFocused();
  await keyboard.press('Home');
  await expect(ada.message('One')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(ada.message('Two')).toBeFocused();
  await keyboard.press('End');
  await expect(ada.message('Three')).toBeFocused();
  await keyboard.press('Escape');
  await expect(ada.composer).toBeFocused();
});

test('a question mark opens the sheet of shortcuts, except while typing', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const { keyboard } = ada.page;
  const sheet = ada.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(ada.composer).toBeFocused();
  await keyboard.type('Really?');
  await expect(ada.composer).toHaveValue('Really?');
  await expect(sheet).toHaveCount(0);
  await ada.page.getByRole('region', { name: 'Messages', exact: true }).focus();
  await keyboard.press('?');
  await expect(sheet).toContainText('Jump to a room, a person or a message');
  await keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('Alt with arrow keys moves from room to room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('compilers');
  await ada.createRoom('engines');
  const { keyboard } = ada.page;
  await keyboard.press('Alt+ArrowUp');
  await ada.isIn('compilers');
  await keyboard.press('Alt+ArrowDown');
  await ada.isIn('engines');
  await keyboard.press('Alt+ArrowDown');
  await ada.isIn('general');
  await keyboard.type('half a thought');
  await keyboard.press('Alt+ArrowUp');
  await expect(ada.composer).toHaveValue('half a thought');
  await ada.isIn('general');
});

test('a return visit opens the last room', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  const path = ada.address;
  await ada.goesTo('/');
  await expect(ada.page.getByRole('heading', { name: 'All rooms' })).toBeVisible();
  const again = await ada.page.context().newPage();
  await again.goto('/');
  await expect(again).toHaveURL(new RegExp(`${path}$`));
  await expect(again.getByRole('heading', { level: 1, name: 'engines' })).toBeVisible();
});
