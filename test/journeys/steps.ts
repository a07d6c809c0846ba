// Steps that several journeys take through `window.session` of the harness page.
import type { Page } from 'playwright';
import type { ImportChoice, ImportPlan } from '../../src/model/view';

/** Takes in the demo archive, all of it; gives the number of messages that were new. */
export function importDemo(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { session } = window;
    await session.vault.open();
    const job = session.startImport();
    const plan: ImportPlan = await job.plan(await session.demoArchive(), 'Europe/Berlin', () => {});
    const choices = plan.archives.map(({ archiveId }): ImportChoice => {
      return { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' };
    });
    const receipts = await job.run(choices, () => {});
    return receipts.reduce((sum, receipt) => sum + receipt.added, 0);
  });
}

/** Messages kept, over all conversations. */
export function countMessages(page: Page): Promise<number> {
  return page.evaluate(async () => {
    await window.session.vault.open();
    const conversations = await window.session.vault.conversations();
    return conversations.reduce((sum, { messageCount }) => sum + messageCount, 0);
  });
}

/** Exact number of messages that a query finds everywhere. */
export function countHits(page: Page, query: string): Promise<number> {
  return page.evaluate(async (text) => {
    let count = -1;
    const request = { query: text, conversation: null, order: 'newest', hitLimit: 50, zone: 'Europe/Berlin' } as const;
    await window.session.search(request, (update) => {
      if (update.done) count = update.count;
    }).finished;
    return count;
  }, query);
}
