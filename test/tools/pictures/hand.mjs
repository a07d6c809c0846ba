// What a walk does again and again on a page of the app.
import { join } from 'node:path';

/** A pattern of the whole text of a key, whatever fills its slots. */
function patternOf({ pluralForm, splitSlots }, table, key) {
  const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const forms = [...new Set([1, 2].map((count) => pluralForm(table[key], count)))];
  const filled = forms.map((form) =>
    splitSlots(form)
      .map((piece) => ('words' in piece ? escape(piece.words) : '.*'))
      .join(''),
  );
  return new RegExp(`^${filled.length === 1 ? filled[0] : `(?:${filled.join('|')})`}$`);
}

/** Ways to find things by the words of one language. */
function createFinders(page, words) {
  const button = (key, within = page) => within.getByRole('button', { name: words(key), exact: true });
  return {
    button,
    heading: (key) => page.getByRole('heading', { name: words(key) }),
    dialog: (key) => page.getByRole('dialog', { name: words(key), exact: true }),
    item: (key) => page.getByRole('menuitem', { name: words(key), exact: true }),
    row: (name) => page.locator('nav a[data-conversation]').filter({ has: page.getByText(name, { exact: true }) }),
    article: (text) => page.locator('article').filter({ hasText: text }).first(),
    takeButton: () => button('plan.take', page.getByRole('main')),
  };
}

/** Ways to get somewhere. */
function createMoves(page, wide, { row, article, takeButton, heading, button }) {
  const go = (hash) => page.evaluate((to) => void (location.hash = to), hash);
  return {
    go,
    pause: (ms) => page.waitForTimeout(ms),
    closeDialog: () => page.keyboard.press('Escape'),
    query: (text) => page.getByRole('combobox').fill(text),
    async open(name) {
      if (!wide) await go('#/');
      await row(name).click();
      await page.locator('article').first().waitFor();
    },
    async centre(text) {
      // Few rows are mounted at once; what is not among the newest is among the first, since the demo's chats are short.
      if ((await article(text).count()) === 0) {
        await page.locator('[role=region]').last().press('Home');
        await article(text).waitFor();
        await page.waitForTimeout(300);
      }
      await article(text).evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await page.waitForTimeout(700);
    },
    bottom: () =>
      page.locator('main').evaluate((main) => {
        for (const element of main.querySelectorAll('*')) if (element.scrollHeight > element.clientHeight + 40) element.scrollTop = 1e6;
      }),
    async choose(...files) {
      await go('#/import');
      await page.locator('main h2').first().waitFor();
      const another = button('result.another');
      if (await another.isVisible()) await another.click();
      await page.locator('input[type=file][multiple]').setInputFiles(files);
    },
    async importDemo(dist) {
      await page.locator('input[type=file][multiple]').setInputFiles(join(dist, 'demo.zip'));
      await takeButton().click();
      await heading('result.added').waitFor();
      await button('result.read').click();
      await row('妈妈').waitFor();
    },
  };
}

/** `strings` holds the functions of src/ui/strings/text, `look` what kind of screen and language the walk is in. */
export function createHand({ page, site, take, dist, samples, strings, look, table }) {
  const words = (key) => patternOf(strings, table, key);
  const wide = look.size === 'wide';
  const finders = createFinders(page, words);
  return { page, site, take, dist, samples, wide, words, ...finders, ...createMoves(page, wide, finders) };
}
