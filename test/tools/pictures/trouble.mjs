// Scenes that need a fault, a fast eye or a new version; each in a profile of its own.

export async function takeRunning({ page, site, dist, samples, take, heading, takeButton, button, go, importDemo, choose, open, pause }) {
  await page.goto(site.url);
  await importDemo(dist);
  await choose(samples.long);
  await take('planning');
  await heading('plan.found').waitFor({ timeout: 60_000 });
  await go('#/');
  await take('planned-strip');
  await go('#/import');
  await takeButton().click();
  await pause(400);
  await take('importing');
  await open('妈妈');
  await take('importing-strip');
  await go('#/import');
  await pause(6500);
  await take('importing-left');
  await heading('result.added').waitFor({ timeout: 120_000 });
  await go('#/');
  await take('done-strip');
  await go('#/import');
  await button('result.read').click();
}

export async function takeUpdate({ page, site, dist, words, take, importDemo, open, go, row, button, item, pause }) {
  await page.goto(site.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await importDemo(dist);
  site.renew();
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await page.getByText(words('update.ready')).waitFor();
  await take('update');
  await open('Lena');
  await take('update-reading');
  for (const name of ['Lena', '周末爬山', '妈妈']) {
    await open(name);
    await button('conversation.menu').click();
    await item('conversation.hide').click();
    await pause(300);
  }
  await go('#/');
  await row('妈妈').waitFor({ state: 'detached' });
  await take('list-nothing');
}

export async function takeFullDisk({ page, site, dist, samples, take, heading, takeButton, importDemo, choose }) {
  await page.goto(`${site.url}icons/mark-192.png`);
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 30_000_000 });
  await page.goto(site.url);
  await importDemo(dist);
  await choose(samples.large);
  await heading('plan.found').waitFor();
  await takeButton().click();
  await heading('import.failed').waitFor({ timeout: 60_000 });
  await take('full-disk');
}

export async function takeDamage(hand) {
  const { page, site, dist, samples, storedRows, words, take, button, article, takeButton, importDemo, open, go, choose } = hand;
  await page.goto(site.url);
  await importDemo(dist);
  await choose(samples.pictured);
  await takeButton().click();
  await button('result.read').click();
  await storedRows.damageLargestFile(page, 'alter');
  await page.reload();
  await open('Pia');
  await article('The harbour')
    .getByText(new RegExp(words('missing.damaged').source.slice(1, -1)))
    .waitFor();
  await take('damaged-medium');
  await storedRows.damageLargestFile(page, 'delete');
  await go('#/settings');
  await button('integrity.now').click();
  const found = page.getByText(words('integrity.damaged'));
  await found.waitFor();
  await found.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await take('damaged-list');
  await page.evaluate(async () => {
    const opening = indexedDB.open('camphor');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const transaction = opening.result.transaction('roots', 'readwrite');
    transaction.objectStore('roots').clear();
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    opening.result.close();
  });
  await page.reload();
  await page.getByText(words('trouble.damaged.words')).waitFor();
  await take('damaged-vault');
  await button('forget.all').click();
  await take('damaged-forget');
}

export async function takeEviction({ page, site, dist, words, take, importDemo }) {
  await page.goto(site.url);
  await importDemo(dist);
  await page.goto(`${site.url}icons/mark-192.png`);
  await page.evaluate(async () => {
    const deleting = indexedDB.deleteDatabase('camphor');
    await new Promise((resolve) => (deleting.onsuccess = resolve));
  });
  await page.goto(site.url);
  await page.getByText(words('trouble.evicted.words')).waitFor();
  await take('evicted-vault');
}

export async function takeNewer({ page, site, dist, storedRows, words, take, article, button, item, importDemo, open, centre }) {
  await page.goto(site.url);
  await importDemo(dist);
  await storedRows.writeNewerHeader(page, 1);
  await page.reload();
  await page.getByText(words('error.newer-vault')).waitFor();
  await open('周末爬山');
  await take('newer-strip');
  await centre('热茶时间');
  await button('message.menu', article('热茶时间')).click();
  await item('message.bookmark').click();
  await page.getByRole('alert').waitFor();
  await take('newer-refused');
  await storedRows.writeNewerHeader(page, 2);
  await page.reload();
  await page.getByText(words('trouble.newer.words')).waitFor();
  await take('newer-vault');
}
