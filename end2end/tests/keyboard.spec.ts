import { expect, test } from '../support/test.ts';

test('signing in, writing and sending work with the keyboard alone', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.signsOut();
  const { keyboard } = ada.page;

  await expect(ada.page.getByLabel('Handle')).toBeFocused();
  await keyboard.type(ada.handle);
  await keyboard.press('Tab');
  await expect(ada.page.getByLabel('Password')).toBeFocused();
  await keyboard.type(ada.password);
  await keyboard.press('Enter');

  await ada.isLive();
  await expect(ada.composer).toBeFocused();
  await keyboard.type('No mouse was needed.');
  await keyboard.press('Enter');
  await ada.sees('No mouse was needed.');
});

test('the keyboard reaches the composer past the sidebar', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.goesTo('/browse');
  await ada.tabsTo(ada.page.getByRole('link', { name: 'Skip to the conversation' }));
  await ada.page.keyboard.press('Enter');
  await ada.tabsTo(ada.page.getByRole('main').getByRole('link', { name: 'general' }));
  await ada.page.keyboard.press('Enter');
  await ada.isIn('general');
  await ada.tabsTo(ada.composer);
  await ada.page.keyboard.type('Still no mouse.');
  await ada.page.keyboard.press('Enter');
  await ada.sees('Still no mouse.');
});

test('closing a panel returns the focus', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('Which engine?');
  await ada.sees('Which engine?');
  const { keyboard } = ada.page;
  const panel = ada.page.getByRole('complementary');
  const members = ada.page.getByRole('button', { name: /^Members: / });
  const threads = ada.sidebar.getByRole('button', { name: /^Threads/ });
  for (const opener of [members, threads]) {
    await opener.click();
    await panel.getByRole('button', { name: 'Close' }).click();
    await expect(panel).toHaveCount(0);
    await expect(opener).toBeFocused();
    await keyboard.press('Enter');
    await panel.getByRole('button', { name: 'Close' }).focus();
    await keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    await expect(opener).toBeFocused();
  }

  await ada.opensThread('Which engine?');
  await ada.repliesWith('The analytical one.');
  await expect(ada.threadTexts).toHaveCount(2);
  await expect(ada.message('Which engine?')).toContainText('1 reply');
  await keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(ada.page.locator('article:focus-within, article:focus')).toContainText('Which engine?');

  await threads.click();
  await panel.getByRole('link', { name: /Which engine/ }).click();
  await expect(ada.threadTexts).toHaveCount(2);
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(threads).toBeFocused();

  await ada.page.locator('a.replies').click();
  await ada.reloads();
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(ada.composer).toBeFocused();
});

test('moving between messages and acting on them works with the keyboard alone', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  for (const text of ['First.', 'Second.', 'Third.']) {
    await ada.sends(text);
    await ada.sees(text);
  }
  await ada.message('Third.').getByRole('button', { name: /\d/ }).focus();
  await ada.page.keyboard.press('ArrowUp');
  await expect(ada.message('Second.')).toBeFocused();
  await ada.page.keyboard.press('ArrowUp');
  await expect(ada.message('First.')).toBeFocused();
  await ada.page.keyboard.press('ArrowDown');
  await ada.tabsTo(ada.message('Second.').getByRole('button', { name: 'Save for later' }));
  await ada.page.keyboard.press('Enter');
  await expect(ada.message('Second.')).toContainText('Saved');
  await expect(ada.message('Second.').getByRole('button', { name: 'Save for later' })).toBeFocused();
  // Changes by others to the message keep the focus in place.
  const grace = await workspace.signUp('Grace Hopper');
  await grace.opens('general');
  await grace.opensThread('Second.');
  await grace.repliesWith('To none.');
  await expect(ada.message('Second.')).toContainText('1 reply');
  await expect(ada.message('Second.').getByRole('button', { name: 'Save for later' })).toBeFocused();
  await ada.page.keyboard.press('Shift+Tab');
  await ada.page.keyboard.press('Shift+Tab');
  await expect(ada.page.getByRole('button', { name: 'React', exact: true })).toBeFocused();
  await ada.page.keyboard.press('Enter');
  await ada.page.keyboard.type('owl');
  await expect(ada.page.getByRole('option', { selected: true })).toHaveAccessibleName('owl');
  await ada.page.keyboard.press('Enter');
  await expect(ada.message('Second.').getByRole('button', { name: '🦉: you' })).toBeVisible();
  await expect(ada.page.getByRole('button', { name: 'React', exact: true })).toBeFocused();
});

test('finding and picking an emoji works with the keyboard alone', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const picker = ada.page.getByRole('dialog', { name: 'Emoji' });
  await ada.page.getByRole('button', { name: 'Emoji', exact: true }).focus();
  await ada.page.keyboard.press('Enter');
  await expect(picker.getByLabel('Find emoji')).toBeFocused();
  await ada.page.keyboard.type('heart');
  await expect(picker.getByRole('option', { selected: true })).toHaveAccessibleName('red heart');
  await ada.page.keyboard.press('ArrowDown');
  await ada.page.keyboard.press('ArrowUp');
  await ada.page.keyboard.press('ArrowRight');
  await ada.page.keyboard.press('ArrowLeft');
  await ada.page.keyboard.press('Enter');
  await expect(ada.composer).toHaveValue('❤️');
});

test('a dialog takes the focus and returns it', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const opener = ada.sidebar.getByRole('button', { name: 'Create a room' });
  await opener.focus();
  await ada.page.keyboard.press('Enter');
  const dialog = ada.page.getByRole('dialog', { name: 'Create a room' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await ada.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();

  await ada.page.keyboard.press('Enter');
  await ada.page.keyboard.type('engines');
  await ada.page.keyboard.press('Enter');
  await ada.isIn('engines');
});

test('Enter sends, and Shift+Enter breaks the line', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.composer.pressSequentially('Two');
  await ada.composer.press('Shift+Enter');
  await ada.composer.pressSequentially('lines');
  await expect(ada.messages).toHaveCount(0);
  await ada.composer.press('Enter');
  await expect(ada.messages.locator('.message-text')).toHaveText(['Two\nlines']);
});
