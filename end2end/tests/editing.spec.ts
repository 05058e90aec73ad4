import { expect, test } from '../support/test.ts';

test('an edit reaches everyone, and members can read the earlier version', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('The engine waves patterns.');
  await grace.sees('The engine waves patterns.');

  await ada.pointsAt('The engine waves patterns.');
  await ada.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Edit' }).click();
  const editor = ada.page.getByRole('textbox', { name: 'Edit message' });
  await expect(editor).toBeFocused();
  await editor.fill('The engine weaves **patterns**.');
  await ada.page.getByRole('button', { name: 'Save' }).click();

  for (const person of [ada, grace]) {
    await expect(person.messages).toHaveText([/The engine weaves patterns\./]);
    await expect(person.messages.locator('strong')).toHaveText('patterns');
  }
  await grace.messages.getByRole('button', { name: 'edited' }).click();
  await expect(grace.page.getByRole('dialog', { name: 'Message details' })).toContainText('The engine waves patterns.');
  await grace.page.keyboard.press('Escape');
  await grace.reloads();
  await expect(grace.messages.locator('strong')).toHaveText('patterns');
});

test('only the author of a message can edit it', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Mine.');
  await grace.sees('Mine.');
  await grace.sends('Also mine.');
  await grace.pointsAt('Also mine.');
  const edit = grace.page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Edit' });
  await expect(edit).toBeVisible();
  await grace.pointsAt('Mine.');
  await expect(grace.message('Mine.').getByRole('toolbar')).toBeVisible();
  await expect(edit).toBeHidden();
});

test('a deleted message leaves a trace for everyone', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('The password is swordfish.');
  await grace.sees('The password is swordfish.');
  await ada.pointsAt('The password is swordfish.');
  await ada.page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Delete this message?' });
  await expect(dialog).toContainText('swordfish');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog).toBeHidden();
  for (const person of [ada, grace]) await expect(person.messages).toHaveText([/This message was deleted\./]);
  await grace.reloads();
  await expect(grace.messages).toHaveText([/This message was deleted\./]);
});

test('an edit in progress survives while the server is down', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const line = await ada.line();
  await ada.sends('Before.');
  await ada.sees('Before.');
  await ada.pointsAt('Before.');
  await ada.page.getByRole('toolbar').getByRole('button', { name: 'Edit' }).click();
  await line.cut();
  await expect(ada.status).toHaveText('Reconnecting…');
  const editor = ada.page.getByRole('textbox', { name: 'Edit message' });
  await editor.fill('After.');
  await ada.page.getByRole('button', { name: 'Save' }).click();
  await ada.isTold('The server cannot be reached right now.');
  await expect(editor).toHaveValue('After.');
  line.mend();
  await ada.isLive();
  await ada.page.getByRole('button', { name: 'Save' }).click();
  await ada.sees('After.');
  await expect(ada.messages).toHaveCount(1);
});
