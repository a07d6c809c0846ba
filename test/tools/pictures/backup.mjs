// Scenes of backups on a server of one's own: set up, made, looked into, cared for, and brought back on another device.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const passphrase = 'seven quiet moths over snow';

/** What the walks of backups do again and again. */
function createSteps({ page, drives, look, words, button, pause }) {
  const main = page.getByRole('main');
  const press = (key) => button(key, main).click();
  const text = (key) => page.getByText(words(key)).first();
  return {
    press,
    text,
    address: `${drives.open.url}${look.name}/`,
    async fill(fields) {
      for (const [name, value] of Object.entries(fields)) await main.locator(`[name="${name}"]`).fill(value);
    },
    async examine(verdict) {
      await main.locator('form button[type=submit]').click();
      await verdict.waitFor({ timeout: 60_000 });
      await pause(300);
    },
    /** Puts what bears these words at the top of the pane. */
    show: (found) => found.evaluate((element) => element.scrollIntoView({ block: 'start' })),
  };
}

export async function takeDoctor(hand) {
  const { page, site, dist, drives, take, heading, importDemo, go, button } = hand;
  const { press, text, fill, examine, show } = createSteps(hand);
  const { username, password } = drives.open;
  await page.addInitScript(() => void delete globalThis.showSaveFilePicker);
  await page.goto(site.url);
  await importDemo(dist);
  await go('#/backup');
  await heading('backup.headline.none').waitFor();
  await take('none');
  await press('backup.setUp');
  await heading('backup.where.title').waitFor();
  await take('where');
  await press('backup.next');
  await fill({ url: drives.closed.url, username, password });
  await take('connect');
  await examine(text('backup.doctor.unusable'));
  await show(heading('backup.doctor.title'));
  await take('doctor-fails');
  const servers = page.locator('main ol select');
  await servers.selectOption('apache');
  await show(servers);
  await take('doctor-advice');
  await fill({ url: createSteps(hand).address, username, password });
  await examine(text('backup.doctor.usable').or(text('backup.doctor.limited')).first());
  await show(heading('backup.doctor.title'));
  await take('doctor-works');
  await button('backup.next').click();
  await heading('backup.secret.create').waitFor();
  await take('secret');
  await fill({ 'new-passphrase': passphrase, 'new-passphrase-again': passphrase });
  await press('backup.secret.make');
  await heading('backup.readyLead').waitFor({ timeout: 60_000 });
  await take('ready');
}

export async function takeSheet(hand) {
  const { page, take, heading, bottom, pause } = hand;
  const { press, text } = createSteps(hand);
  await press('backup.go.sheet');
  await heading('backup.sheet.howTitle').waitFor();
  await take('sheet-begin');
  await press('backup.sheet.make');
  const listed = page.getByRole('main').locator('[translate=no]');
  await listed.first().waitFor();
  const written = await listed.allInnerTexts();
  await take('sheet');
  await bottom();
  await take('sheet-end');
  await page.emulateMedia({ media: 'print' });
  await take('sheet-print');
  await page.emulateMedia({ media: null });
  await press('backup.sheet.next');
  await heading('backup.sheet.check').waitFor();
  const fields = await page.getByRole('main').locator('input[data-place]').all();
  for (const field of fields) await field.fill(written[Number(await field.getAttribute('data-place'))]);
  await fields[1].fill('zoo');
  await press('backup.sheet.keep');
  await pause(200);
  await take('sheet-wrong');
  await fields[1].fill(written[Number(await fields[1].getAttribute('data-place'))]);
  await press('backup.sheet.keep');
  await text('backup.sheet.saved').waitFor({ timeout: 60_000 });
  await take('sheet-saved');
  await press('backup.toDrive');
}

export async function takeBackup(hand) {
  const { page, take, heading, bottom, go, button, closeDialog } = hand;
  const { press, text } = createSteps(hand);
  await heading('backup.fact.schedule').or(text('backup.fact.schedule')).first().waitFor();
  await take('drive-new');
  await press('backup.now');
  await heading('backup.plan.lead').waitFor();
  await take('plan');
  await press('backup.now');
  await text('backup.result.done').waitFor({ timeout: 60_000 });
  await take('result');
  await bottom();
  await take('drive-end');
  await press('backup.drop');
  await take('drop');
  await closeDialog();
  await press('action.close');
  await go('#/backup');
  await button('backup.history').waitFor();
  await take('home');
  await press('backup.history');
  await heading('backup.history.lead').waitFor();
  await take('history');
  await page.locator('main ol a').first().click();
  await page.getByText('周末爬山').first().waitFor();
  await take('snapshot');
  await bottom();
  await take('snapshot-end');
  await page
    .getByRole('button', { name: /README\.txt/ })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  await take('snapshot-file');
  await closeDialog();
}

/** The address of another page of the drive that is open. */
const ofDrive = (page, name) => page.evaluate((to) => [...location.hash.split('/').slice(0, 3), to].join('/'), name);

export async function takeCare(hand) {
  const { page, take, heading, bottom, go, button, dialog, drives, look, closeDialog } = hand;
  const { press, text, show } = createSteps(hand);
  await go(await ofDrive(page, 'keys'));
  await heading('backup.keysLead').waitFor();
  await take('keys');
  await button('backup.key.passphrase').click();
  await dialog('backup.key.title.passphrase').waitFor();
  await take('key-add');
  await closeDialog();
  await button('backup.key.removeOf').first().click();
  await dialog('backup.key.remove').waitFor();
  await take('key-remove');
  await closeDialog();
  await go(await ofDrive(page, 'health'));
  await heading('backup.verify.title').waitFor();
  await take('health');
  await press('backup.verify.now');
  await text('backup.whole.verify').waitFor({ timeout: 60_000 });
  await take('verified');
  await press('action.close');
  await press('backup.drill.now');
  await text('backup.drill.same').waitFor({ timeout: 60_000 });
  await take('drilled');
  await press('action.close');
  await bottom();
  await take('health-end');
  await go(await ofDrive(page, 'retention'));
  await heading('backup.prune.title').waitFor();
  await take('retention');
  await press('backup.forget.show');
  await press('backup.prune.show');
  await text('backup.prune.frees').waitFor();
  await show(heading('backup.forget.title'));
  await take('retention-plans');
  const packs = join(drives.open.folder, look.name, 'data');
  const [lost] = readdirSync(packs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  rmSync(join(lost.parentPath, lost.name));
  await go(await ofDrive(page, 'health'));
  await press('backup.check.now');
  await text('backup.faults').waitFor({ timeout: 60_000 });
  await take('damaged');
  await button('backup.repair.plan').first().click();
  await heading('backup.repair.lead').waitFor({ timeout: 60_000 });
  await take('repair-plan');
  await press('backup.repair.now');
  await text('backup.repair.done').waitFor({ timeout: 60_000 });
  await take('repaired');
  await press('action.close');
  await go('#/backup');
  await button('backup.history').waitFor();
  await take('home-safe');
}

export async function takeRemovals({ take, open, button, item, dialog, closeDialog, pause }) {
  await open('Lena');
  await button('conversation.menu').click();
  await item('conversation.remove').click();
  const removing = dialog('conversation.remove');
  await removing.getByRole('radio').nth(2).waitFor();
  await take('remove-here');
  for (const [place, scene] of [
    [1, 'remove-later'],
    [2, 'remove-all'],
  ]) {
    await removing.getByRole('radio').nth(place).check();
    await pause(900);
    await take(scene);
  }
  await closeDialog();
}

export async function takeExport(hand) {
  const { page, take, heading, go, button, choose, samples } = hand;
  const { press, text, show } = createSteps(hand);
  await go('#/settings');
  await heading('export.title').waitFor();
  await show(heading('export.title'));
  await take('export');
  const card = page.locator('main form').filter({ has: button('export.make') });
  for (const field of await card.locator('input[type=password]').all()) await field.fill(passphrase);
  const download = page.waitForEvent('download');
  await press('export.make');
  await (await download).saveAs(samples.locked);
  await text('export.done').waitFor({ timeout: 60_000 });
  await show(heading('export.title'));
  await take('export-done');
  await press('export.saved');
  await choose(samples.locked);
  await heading('locked.title').waitFor();
  await take('locked-file');
  await page.locator('main input[type=password]').fill('not the passphrase');
  await press('locked.open');
  await text('locked.wrong.passphrase').waitFor({ timeout: 60_000 });
  await take('locked-file-wrong');
}

export async function takeRestore(hand) {
  const { page, site, take, heading, button, drives, words, bottom, open, centre, takeButton, go, pause } = hand;
  const { press, text, fill, examine, address } = createSteps(hand);
  const { username, password } = drives.open;
  await page.goto(site.url);
  await button('first.restore').click();
  await heading('backup.where.restore').waitFor();
  await take('where');
  await press('backup.next');
  await fill({ url: address, username, password });
  await examine(text('backup.doctor.usable').or(text('backup.doctor.limited')).first());
  await press('backup.next');
  await heading('backup.secret.open').waitFor();
  await take('secret');
  await button('backup.way.recovery-words')
    .or(page.getByRole('radio', { name: words('backup.way.recovery-words') }))
    .first()
    .click();
  await take('secret-words');
  await button('backup.way.passphrase')
    .or(page.getByRole('radio', { name: words('backup.way.passphrase') }))
    .first()
    .click();
  await fill({ passphrase });
  await press('backup.secret.openNow');
  await heading('backup.history.lead').waitFor({ timeout: 60_000 });
  await take('history');
  await press('backup.restore.newest');
  await heading('plan.found').waitFor();
  await take('plan');
  await bottom();
  await take('plan-end');
  await takeButton().click();
  await heading('result.added').waitFor();
  await pause(400);
  await take('result');
  await button('result.read').click();
  await open('Lena');
  await centre('The view from the kitchen table');
  await text('backup.media.onDrive')
    .or(page.getByText(new RegExp(words('backup.media.onDrive').source.slice(1, -1))))
    .first()
    .waitFor();
  await pause(500);
  await take('picture-on-drive');
  await go('#/backup');
  await button('backup.history').waitFor();
  await take('home');
}
