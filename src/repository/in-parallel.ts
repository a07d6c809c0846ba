// Several requests at once, since each waits for the drive most of its time.

import { createSendQueue } from './send-queue';

const atOnce = 4;

/** Runs for each item, a few at a time. Throws what the first that fails throws, once all that were begun have ended. */
export async function inParallel<Item>(items: Iterable<Item> | AsyncIterable<Item>, run: (item: Item) => Promise<void>): Promise<void> {
  const queue = createSendQueue(atOnce);
  try {
    for await (const item of items) await queue.push(() => run(item));
  } finally {
    await queue.settle();
  }
  await queue.drain();
}
