// Scenes of a first visit, of reading and of searching.

export async function takeFirstVisit({ page, site, wide, take, button, heading, row, pause, bottom, takeButton }) {
  await page.goto(site.url);
  await heading('app.line').waitFor();
  await take('first-run');
  await button('first.demo').click();
  await heading('plan.found').waitFor();
  await take('plan');
  const owner = page.getByRole('radio', { name: '林夏' }).first();
  await owner.scrollIntoViewIfNeeded();
  await take('plan-owner');
  await owner.check();
  await pause(1200);
  await bottom();
  await take('plan-end');
  await takeButton().click();
  await heading('result.added').waitFor();
  await pause(500);
  await take('result');
  await button('result.read').click();
  await row('妈妈').waitFor();
  await take('list');
  if (!wide) return;
  const whole = page.viewportSize();
  await page.setViewportSize({ width: 900, height: 700 });
  await take('list-middle');
  await page.setViewportSize(whole);
}

export async function takeGroup(hand) {
  const { page, take, open, centre, pause, article, button, item, dialog, words, closeDialog } = hand;
  await open('周末爬山');
  await centre('山顶！今天的云太好看了');
  await take('group');
  await page.locator('[role=region]').last().press('Home');
  await pause(500);
  await take('group-start');
  await centre('热茶时间');
  await article('热茶时间').hover();
  await button('message.menu', article('热茶时间')).click();
  await take('message-menu');
  await item('message.bookmark').click();
  await centre('山顶！今天的云太好看了');
  const picture = new RegExp(`^${words('media.image').source.slice(1, -1)}`);
  await article('山顶！').getByRole('button', { name: picture }).click();
  await page.locator('dialog img').waitFor();
  await pause(500);
  await take('lightbox');
  await closeDialog();
  await button('message.menu', article('山顶！')).click();
  await item('message.details').click();
  await dialog('message.details').waitFor();
  await take('message-details');
  await closeDialog();
}

export async function takeConversation(hand) {
  const { page, take, open, centre, pause, button, item, dialog, closeDialog } = hand;
  await button('conversation.menu').click();
  await take('conversation-menu');
  await item('command.details').click();
  await pause(400);
  await take('details');
  await button('action.close', page.getByRole('complementary')).click();
  await button('command.date').click();
  await dialog('timeline.date').waitFor();
  await pause(300);
  await take('calendar');
  await closeDialog();
  await open('Lena');
  await centre('The view from the kitchen table');
  await take('direct-en');
  await page.locator('[role=region]').last().press('End');
  await pause(700);
  await take('direct-en-end');
  await open('妈妈');
  await pause(500);
  await take('direct-zh');
}

export async function takeSearch({ page, wide, take, button, go, pause, query }) {
  await button('command.find').click();
  await query('炒');
  await pause(800);
  await take('search-here');
  await page.keyboard.press('Enter');
  await pause(900);
  await take('search-step');
  if (wide) await button('action.close', page.getByRole('search')).click();
  else await go('#/');
  await button('command.search').first().click();
  await query('');
  await pause(300);
  await take('search-hints');
  await page.getByRole('combobox').pressSequentially('from:');
  await pause(600);
  await take('search-suggestions');
  const queries = { 'search-results': '饭团', 'search-names': 'lena', 'search-empty': 'no such words', 'search-invalid': '/(open/' };
  for (const [scene, text] of Object.entries(queries)) {
    await query(text);
    await pause(800);
    await take(scene);
  }
  await query('');
  await button(wide ? 'action.close' : 'action.back', page.getByRole('search')).click();
}

export async function takeList(hand) {
  const { page, take, button, dialog, item, row, go, open, pause, closeDialog } = hand;
  await go('#/');
  await pause(300);
  await button('list.menu').click();
  await take('menu');
  await closeDialog();
  await page.keyboard.press('Control+k');
  await dialog('command.palette').waitFor();
  await take('palette');
  await closeDialog();
  await page.locator('nav a').first().focus();
  await take('focus');
  await page.keyboard.press('?');
  await dialog('command.shortcuts').waitFor();
  await take('shortcuts');
  await closeDialog();
  await open('Lena');
  await button('conversation.menu').click();
  await item('conversation.hide').click();
  await row('Lena').waitFor({ state: 'detached' });
  await take('hidden');
  await button('action.close', page.getByRole('status')).click();
}
