import { expect, test } from '../support/test.ts';

test('the details of a message show its steps and the people it reached', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const grace = await workspace.signUp('Grace Hopper');
  await ada.sends('Can you hear me?');
  await grace.sees('Can you hear me?');

  await ada.message('Can you hear me?').hover();
  await ada.message('Can you hear me?').getByTitle('Details').click();
  const details = ada.page.getByRole('dialog', { name: 'Message details' });
  await expect(details).toContainText('Sent at once');
  await expect(details).toContainText(/\d+ ms after it was sent/);
  await expect(details).toContainText(/As #\d+, at/);
  await expect(details).toContainText('1 of 1 connected member');
  await details.getByRole('button', { name: 'Close' }).click();
  await expect(details).toBeHidden();

  // Readers see the details, too.
  await grace.message('Can you hear me?').getByTitle('Details').click();
  await expect(grace.page.getByRole('dialog')).toContainText(/As #\d+, at/);
});

test('the details of a pending message say that it waits, and later how long it waited', async ({ workspace }) => {
  const ada = await workspace.setUp('Ada Lovelace');
  const line = await ada.line();
  // The details are a lazy chunk.
  await ada.sends('Before.');
  await ada.message('Before.').getByTitle('Details').click();
  const details = ada.page.getByRole('dialog', { name: 'Message details' });
  await expect(details).toContainText('No one else is connected');
  await details.getByRole('button', { name: 'Close' }).click();

  await line.cut();
  await expect(ada.status).toHaveText('Reconnecting…');
  await ada.sends('When you are back.');
  await ada.message('When you are back.').getByTitle('Details').click();
  await expect(details).toContainText('Waits for the connection');
  line.mend();
  await ada.isLive();
  await expect(details).toContainText(/Sent after \d/);
  await expect(details).toContainText(/As #\d+, at/);
});
