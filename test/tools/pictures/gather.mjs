// Scenes of what belongs together: contacts, joined conversations, kept originals.

export async function takeGathering(hand) {
  const { page, site, samples, wide, take, words, button, item, heading, dialog, row } = hand;
  const { takeButton, go, choose, open, pause, closeDialog } = hand;
  const read = async () => {
    await button('result.read').click();
    await pause(300);
  };
  await page.goto(site.url);
  await page.locator('input[type=file][multiple]').first().waitFor({ state: 'attached' });
  await choose(samples.number);
  await heading('plan.found').waitFor();
  await page.getByRole('checkbox', { name: words('original.keep') }).check();
  await page.getByRole('checkbox', { name: words('original.backUp') }).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await take('original-plan');
  await takeButton().click();
  await page.locator('main a[href^="#/receipts/"]').first().click();
  await heading('original.title').waitFor();
  await heading('original.title').evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await take('original-receipt');
  await button('original.drop').click();
  await dialog('original.drop').waitFor();
  await take('original-drop');
  await closeDialog();
  await choose(samples.contacts);
  await heading('plan.found').waitFor();
  await page.getByText(words('contacts.count')).waitFor();
  await take('contacts-plan');
  await takeButton().click();
  await heading('contacts.result').waitFor();
  await take('contacts-result');
  await choose(samples.cellar);
  await heading('plan.found').waitFor();
  await page.locator('main select').last().selectOption('new');
  await takeButton().click();
  await heading('result.added').waitFor();
  await read();
  // A single conversation is opened at once.
  if (!wide) await go('#/');
  await row('Ida Sommer').waitFor();
  await take('contacts-list');
  await open('Ida Sommer');
  await button('conversation.menu').click();
  await item('join.menu').waitFor();
  await take('join-menu');
  await item('join.menu').click();
  await dialog('join.title').waitFor();
  await take('join-picker');
  await dialog('join.title').locator('ul button').first().click();
  await page.getByText(words('join.same')).waitFor();
  await take('join-found');
  await button('join.now').click();
  await dialog('join.title').waitFor({ state: 'detached' });
  await pause(800);
  await take('joined');
  await button('conversation.menu').click();
  await item('join.separate').click();
  await dialog('separate.title').waitFor();
  await take('separate');
  await closeDialog();
}
