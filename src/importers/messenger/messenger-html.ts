// Messenger's and Instagram's "Download your information" as HTML: the same threads as in JSON, with clocks for times. See README.md.

import { textOf } from '../../bytes/html-query';
import type { FileSet } from '../../bytes/source';
import type { ConversationRecord } from '../../model/record';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { createPeople } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readHtmlRecords } from '../record-batches';
import type { PieceReader, PlacedElement } from '../record-batches';
import { answeredWriting, surveyTimes, type SurveyedTimes } from '../written-order';
import type { TimeWriting } from '../written-time';
import { askAccount, detectAccounts, openAccount } from './account';
import type { AccountForm } from './account';
import { isBox, readBox } from './html-box';
import { toHtmlMessage } from './html-message';
import { isThreadPage, readPageHead, type PageHead } from './html-page';
import type { MessageContext } from './message';

const form: AccountForm = {
  format: 'messenger-html',
  extension: 'html',
  isThread: isThreadPage,
  readThreadId: async (source) => (await readPageHead(source))?.threadId ?? null,
  readNames: async (files, entry) => (await headOf(files, entry))?.senders ?? [],
};

/** So many pages are looked into to see how times are written: they are all written alike. */
const surveyedPages = 20;

/** Importer of the HTML form; an account's threads are one archive. */
export const messengerHtml: Importer = {
  format: 'messenger-html',
  source: 'messenger',
  detect: (files) => detectAccounts(files, form),
  ask,
  async *read(files, detection, { answers, onBytes }) {
    const { root, threads, profile } = await openAccount(files, detection, form);
    const owner = answers['owner'] ?? (await askAccount(files, detection, form))[0]?.guess ?? null;
    const people = createPeople((name) => name === owner);
    const writing = answeredWriting(await survey(files, detection), answers);
    const numbers = new Map(threads.flatMap(({ entries }, index) => entries.map((entry) => [entry, index] as const)));
    const known = new Map<number, ConversationRecord>();
    const order = profile === -1 ? [...numbers.keys()] : [...numbers.keys(), profile];
    yield* readInTurn(files, order, onBytes, async function* (place) {
      const conversation = numbers.get(place.entry);
      if (conversation === undefined) return yield* readHtmlRecords(place, { isWanted: () => false }, { take: () => undefined });
      const before =
        known.get(conversation) ?? (await openConversation(files, place.entry, conversation, threads[conversation]?.threadId ?? null));
      if (!known.has(conversation)) yield [before];
      known.set(conversation, before);
      const context = { files, root, conversation, people };
      yield* readHtmlRecords(
        place,
        { isWanted: isBox },
        createReader(context, before, writing, (changed) => known.set(conversation, changed)),
      );
    });
  },
};

async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const { question } = await survey(files, detection);
  const owner = await askAccount(files, detection, form);
  return [...owner, ...(question === null ? [] : [question]), { id: 'zone', options: [], guess: null, certain: false }];
}

async function survey(files: FileSet, { entries }: Detection): Promise<SurveyedTimes> {
  const heads = await Promise.all(entries.slice(0, surveyedPages).map((entry) => headOf(files, entry)));
  return surveyTimes(heads.flatMap((head) => head?.times ?? []));
}

async function headOf(files: FileSet, entry: number): Promise<PageHead | null> {
  const file = files.entries[entry];
  return file === undefined ? null : readPageHead(file.open());
}

async function openConversation(files: FileSet, entry: number, index: number, sourceId: string | null): Promise<ConversationRecord> {
  const head = await headOf(files, entry);
  return { type: 'conversation', index, sourceId, name: head?.title ?? null, shape: 'unknown' };
}

/** More than two who write are a group; two, of whom one is its name, a direct chat. */
function shapeOf(name: string | null, senders: ReadonlySet<string>): ConversationRecord['shape'] {
  if (senders.size > 2) return 'group';
  return name !== null && senders.has(name) ? 'direct' : 'unknown';
}

/** What stands before the first message says who takes part, in a sentence; behind it nothing else should stand. */
function createReader(
  context: MessageContext,
  before: ConversationRecord,
  writing: TimeWriting,
  remember: (known: ConversationRecord) => void,
): PieceReader<PlacedElement> {
  const senders = new Set<string>();
  let conversation = before;
  let isHead = true;
  return {
    take({ element, raw, span }, out) {
      const box = readBox(element);
      if (box === null) {
        const text = textOf(element).trim();
        if (isHead && text !== '' && text.length < headLimit)
          conversation = { ...conversation, extra: { ...conversation.extra, head: text } };
        out.push(isHead || text === '' ? structureOf('head', span) : problemOf('not-understood', raw, span));
        return;
      }
      isHead = false;
      const message = toHtmlMessage(box, context, writing, span);
      if (message === null) return void out.push(problemOf('bad-time', raw, span));
      if (box.sender !== null) senders.add(box.sender);
      out.push({ ...message, sender: box.sender === null ? -1 : context.people.named(box.sender, context.conversation, out) });
    },
    end(out) {
      const shape = shapeOf(conversation.name, senders);
      const next = shape === 'unknown' || conversation.shape === 'group' ? conversation : { ...conversation, shape };
      remember(next);
      if (next !== before) out.push(next);
    },
  };
}

const headLimit = 10_000;
