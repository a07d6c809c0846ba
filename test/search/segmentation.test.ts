// However messages are cut into segments, and whatever joins them: a search finds what a plain scan of all texts finds.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeImageSet } from '../../src/intake/holder';
import { mergeConversation } from '../../src/intake/merge-conversation';
import { makeSeqSet } from '../../src/intake/seq-set';
import { segmentStore } from '../../src/intake/target';
import { createCacheBudget } from '../../src/model/cache-budget';
import type { ReceiptId } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import { parseQuery } from '../../src/search/query';
import { createSearchEngine, type SearchEngine } from '../../src/search/engine';
import { signatureOf } from '../../src/search/signature';
import type { ConversationEntry } from '../../src/vault/archive';
import type { Vault } from '../../src/vault/vault';
import { commitCut, compactAll, segmentSizes } from '../vault/cut-conversation';
import { makeVault } from '../vault/make-vault';
import { message } from './memory-reader';
import { isHit } from './oracle';
import { runSearch } from './run-search';
import { chatText } from './texts';

const texts = fc.array(fc.record({ text: chatText, minutes: fc.nat({ max: 30 }) }), { minLength: 1, maxLength: 30 });
const quoted = chatText.filter((text) => !/["“”/]/.test(text)).map((text) => `"${text}"`);
const word = fc.constantFrom(
  'a',
  '火',
  '火锅',
  'CAT',
  '鍋',
  '发',
  'https',
  '😂',
  'xyz',
  '/[ac]t?/',
  '/火.*锅/',
  'ca*',
  'before:1970-01-01',
);
const query = fc.oneof(
  quoted,
  word,
  fc.tuple(word, quoted).map(([one, other]) => `${one} OR ${other}`),
  fc.tuple(quoted, word).map(([one, other]) => `${one} -${other}`),
);

function makeTexts(fields: readonly { readonly text: string; readonly minutes: number }[]): Message[] {
  const sorted = fields.toSorted((a, b) => a.minutes - b.minutes);
  return sorted.map(({ text, minutes }, seq) => message(text, { seq, sentAtMs: minutes * 60_000 }));
}

/** What an archive with these messages brings, as an import does it. */
async function mergeInto(vault: Vault, entry: ConversationEntry, incoming: readonly Message[]): Promise<void> {
  const writer = await vault.openWriter({ signatureOf });
  const holderOf = (name: string) => ({ receipt: name as ReceiptId, asOfMs: 0, edges: null, held: makeSeqSet(), images: makeImageSet(), changed: false }); // prettier-ignore
  const [before, importing] = [holderOf('before'), holderOf('importing')];
  before.held.addRun(0, entry.nextSeq);
  const { segments, nextSeq } = entry;
  const holders = [before, importing];
  const merge = mergeConversation({ store: segmentStore(writer), segments, nextSeq, holders, importing, onCut: () => {}, onAmbiguous: () => {} }); // prettier-ignore
  for (const each of incoming) await merge.add({ ...each, seq: -1 });
  const merged = await merge.finish();
  const messageCount = merged.segments.reduce((sum, { messageCount: count }) => sum + count, 0);
  writer.setConversation({ ...entry, segments: merged.segments, nextSeq: merged.nextSeq, messageCount });
  (await writer.commit()).release();
}

async function onlyConversation(vault: Vault): Promise<{ readonly entry: ConversationEntry; readonly messages: readonly Message[] }> {
  const reader = await vault.openReader();
  const [entry] = await reader.conversations();
  if (entry === undefined) throw new Error('no conversation');
  const messages = (await Promise.all(entry.segments.map(({ id }) => reader.readMessages(id)))).flat();
  reader.release();
  return { entry, messages };
}

/** Engines that go on over all states of the vault keep what they have cached of segments. */
function enginesOver(vault: Vault): readonly SearchEngine[] {
  const reader = async () => {
    const opened = await vault.openReader();
    opened.release();
    return opened;
  };
  const access = { reader, overlays: async () => [] };
  return [true, false].map((useSignatures) =>
    createSearchEngine({ access, caches: createCacheBudget(1e6), nowMs: () => Date.UTC(2024, 4, 10), useSignatures }),
  );
}

test('before and after compaction and merges', async () => {
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 30, maxLength: 30 }),
      texts,
      fc.array(query, { minLength: 1, maxLength: 3 }),
      async (first, sizes, second, queries) => {
        const { vault } = await makeVault();
        await commitCut(vault, makeTexts(first), sizes, { signatureOf });
        const engines = enginesOver(vault);
        const compare = async () => {
          const { entry: conversation, messages } = await onlyConversation(vault);
          for (const text of queries) {
            const { node } = parseQuery(text, { zone: 'UTC', nowMs: Date.UTC(2024, 4, 10) });
            const context = { conversation, people: [] };
            const expected = messages.filter((each) => node !== null && isHit(node, each, context)).map(({ seq }) => seq);
            for (const engine of engines) {
              const { hits, count, done } = await runSearch(engine, text, { hitLimit: 1000, order: 'oldest' });
              expect(done).toBe(true);
              expect(hits.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
              expect(count).toBe(expected.length);
            }
          }
          return messages;
        };
        const cut = await compare();
        await compactAll(vault, { signatureOf });
        expect(await compare()).toEqual(cut);
        await mergeInto(vault, (await onlyConversation(vault)).entry, makeTexts(second));
        const merged = await compare();
        await compactAll(vault, { signatureOf });
        expect(await compare()).toEqual(merged);
        const [after = []] = await segmentSizes(vault);
        expect(after.length).toBeLessThanOrEqual(3);
        vault.close();
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);
