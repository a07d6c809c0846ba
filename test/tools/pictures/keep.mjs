// Scenes of imports and their receipts, of the settings and of the lock.

const passphrase = 'seven quiet moths over snow';

export async function takeReceipts({ page, take, button, dialog, go, bottom, closeDialog }) {
  await go('#/receipts');
  await page.locator('main a').first().waitFor();
  await take('receipts');
  await page.locator('main a').filter({ hasText: 'demo' }).first().click();
  await button('receipt.undo').waitFor();
  await take('receipt');
  await bottom();
  await take('receipt-end');
  await button('receipt.undo').click();
  await dialog('undo.title').waitFor();
  await take('undo');
  await closeDialog();
}

export async function takeImports(hand) {
  const { page, samples, words, wide, take, button, item, heading, dialog, takeButton, go, choose, pause, closeDialog } = hand;
  await go('#/import');
  await heading('import.title').waitFor();
  await take('import');
  await choose(samples.notAChat);
  await page.getByText(words('plan.nothing')).waitFor();
  await take('unrecognised');
  await button('plan.again').click();
  await choose(samples.hostile);
  await heading('plan.found').waitFor();
  await take('hostile-plan');
  await takeButton().click();
  await heading('result.added').waitFor();
  await take('hostile-result');
  await button('result.read').click();
  // A single conversation is opened at once.
  if (!wide) await go('#/');
  await page.locator('nav a[data-conversation]').nth(2).waitFor();
  await take('hostile-list');
  await page.locator('nav a[data-conversation]').filter({ hasText: 'Very long' }).click();
  await page.locator('article').first().waitFor();
  await pause(400);
  await take('hostile-chat');
  await button('conversation.menu').click();
  await item('conversation.remove').click();
  await dialog('conversation.remove').waitFor();
  await take('remove');
  await closeDialog();
}

export async function takeSettings(hand) {
  const { page, words, take, button, heading, dialog, go, pause, bottom, closeDialog } = hand;
  await go('#/settings');
  await heading('settings.title').waitFor();
  await pause(500);
  await take('settings');
  await button('integrity.now').click();
  await page.getByText(words('integrity.whole')).waitFor();
  await page.getByText(words('integrity.whole')).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await take('settings-whole');
  await bottom();
  await take('settings-end');
  await button('forget.all').click();
  await dialog('forget.all').waitFor();
  await take('forget');
  await closeDialog();
  await page.getByText(words('hidden.open')).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await take('hidden-open');
  await button('passphrase.set').first().click();
  const setting = dialog('passphrase.set');
  await setting.waitFor();
  await setting.getByLabel(words('passphrase.next'), { exact: true }).fill(passphrase);
  await setting.getByLabel(words('passphrase.again')).fill(passphrase);
  await take('passphrase');
  await button('passphrase.set', setting).click();
  await setting.waitFor({ state: 'detached', timeout: 60_000 });
  await pause(400);
  await take('passphrase-set');
  await button('hidden.show').click();
  const asking = dialog('hidden.ask');
  await asking.waitFor();
  await take('hidden-ask');
  await asking.getByLabel(words('lock.passphrase'), { exact: true }).fill(passphrase);
  await button('hidden.show', asking).click();
  await asking.waitFor({ state: 'detached', timeout: 60_000 });
  await pause(400);
  await take('hidden-shown');
  await go('#/');
  await pause(400);
  await take('hidden-list');
  await button('hidden.again').click();
  await go('#/settings');
  await heading('settings.title').waitFor();
}

export async function takeLock({ page, words, take, button, heading, go, row }) {
  await button('command.lock', page.locator('main')).click();
  await heading('lock.title').waitFor();
  await take('locked');
  const field = page.locator('input[type=password]');
  await field.fill('not the passphrase');
  await page.keyboard.press('Enter');
  await page.getByText(words('error.wrong-secret')).waitFor({ timeout: 60_000 });
  await take('locked-wrong');
  await field.fill(passphrase);
  await page.keyboard.press('Enter');
  await heading('settings.title').waitFor({ timeout: 60_000 });
  await go('#/');
  await row('妈妈').waitFor();
  await page.evaluate(() => {
    const { now } = Date;
    // As if nobody had touched the page for almost the five minutes that are allowed.
    Date.now = () => now() + 272_000;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.getByRole('alert').waitFor();
  await take('lock-near');
}
