import { expect, test } from '../support/test.ts';

test('on a phone the list of rooms and the open room are two screens', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.createRoom('engines');
  await expect(ada.sidebar).toBeHidden();
  await expect(ada.composer).toBeVisible();

  await ada.page.getByRole('link', { name: 'Back to the rooms' }).tap();
  await expect(ada.page).toHaveURL(/\/$/);
  await expect(ada.sidebar).toBeVisible();
  await expect(ada.composer).toBeHidden();
  await expect(ada.status).toBeVisible();

  await ada.row('general').tap();
  await ada.isIn('general');
  await expect(ada.sidebar).toBeHidden();
  await ada.page.goBack();
  await expect(ada.sidebar).toBeVisible();
});

test('on a phone a tap on the composer opens the keyboard, and the button sends', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await expect(ada.composer).not.toBeFocused();
  await ada.composer.tap();
  await ada.composer.pressSequentially('Typed with');
  await ada.composer.press('Enter');
  await ada.composer.pressSequentially('two thumbs');
  await expect(ada.messages).toHaveCount(0);
  await ada.page.getByRole('button', { name: 'Send' }).tap();
  await expect(ada.messages.locator('.message-text')).toHaveText(['Typed with\ntwo thumbs']);
});

test('on a phone every control is 44 pixels high', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const room = ada.address;
  await ada.sends('Which engine?');
  await ada.opensThread('Which engine?');
  await ada.repliesWith('The analytical one.');
  await expect(ada.threadTexts).toHaveCount(2);
  for (const path of [room, ada.address, '/', '/browse', '/saved', '/profile']) {
    await ada.goesTo(path);
    for (const target of await ada.page.locator('a:visible, button:visible, summary:visible, input:visible').all()) {
      const box = await target.boundingBox();
      const what = await target.evaluate((element) => element.outerHTML.slice(0, 120));
      const isInText = await target.evaluate((element) => element.matches('p a, h2 a') || element.closest('label') !== null);
      const isForKeyboards = await target.evaluate((element) => element.matches('.skip-link') || getComputedStyle(element).pointerEvents === 'none');
      if (box && !isInText && !isForKeyboards) expect.soft(Math.round(box.height), `${path}: ${what}`).toBeGreaterThanOrEqual(44);
    }
  }
});

test('on a phone a tap on a message shows its actions', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('Tap me.');
  await ada.sees('Tap me.');
  await ada.pointsAt('Tap me.');
  const toolbar = ada.page.getByRole('toolbar', { name: 'Message actions' });
  await toolbar.getByRole('button', { name: 'React' }).tap();
  const picker = ada.page.getByRole('dialog', { name: 'Emoji' });
  await picker.getByRole('option', { name: 'red heart' }).tap();
  const chip = ada.messages.getByRole('button', { name: '❤️: you' });
  await expect(chip).toBeVisible();
  for (const button of [...(await toolbar.getByRole('button').all()), chip]) {
    expect(Math.round((await button.boundingBox())!.height)).toBeGreaterThanOrEqual(44);
  }
  await chip.tap();
  await expect(chip).toHaveCount(0);
});

test('on a phone the actions of a message form one row, or two of equal length', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  await ada.sends('Tap me.');
  await ada.sees('Tap me.');
  const toolbar = ada.page.getByRole('toolbar', { name: 'Message actions' });
  const rows = async () => {
    const tops = await toolbar.getByRole('button').evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
    return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
  };
  await ada.pointsAt('Tap me.');
  await expect(toolbar.getByRole('button')).toHaveCount(8);
  for (const [width, expected] of [[390, [8]], [360, [4, 4]], [320, [4, 4]]] as const) {
    await ada.page.setViewportSize({ width, height: 844 });
    await expect.poll(rows).toEqual(expected);
    expect(await ada.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test('on a phone the open room shows the status line, too', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const words = ada.page.locator('.typing');
  await expect(words).toHaveText('Live');
  const line = await ada.line();
  await line.cut();
  await expect(words).toHaveText('Reconnecting…');
  await ada.sends('From the tunnel.');
  await expect(words).toHaveText('Offline: 1 message waiting');
  line.mend();
  await expect(words).toHaveText('Live');
});
