// Telegram Desktop's export as "Human-readable HTML". See ../README.md.

import type { FileSet } from '../../../bytes/source';
import { detectBytes } from '../../archive-files';
import { readInTurn } from '../../entry-sequence';
import type { Detection, Importer, Question } from '../../importer';
import { createPeople } from '../../people';
import { readHtmlRecords } from '../../record-batches';
import { findPages, isWanted, readPageHead, type PageHead } from './page';
import { createPageReader, type ChatState } from './reader';

/** So many pages are looked into, and so much of each, to ask who is "me". */
const askedPages = 50;
const askBytes = 1 << 20;
const optionLimit = 200;

/** Importer of `messages.html` and the pages that follow it; all chats of a set are one archive. */
export const telegramHtml: Importer = { format: 'telegram-html', source: 'telegram', detect, ask, read };

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const pages = await findPages(files);
  const [first] = pages;
  if (first === undefined) return [];
  const isSingle = pages.every(({ chat }) => chat === first.chat);
  const entries = pages.map(({ entry }) => entry);
  const formatVersion = isSingle ? 'chat' : 'account';
  return [{ format: 'telegram-html', formatVersion, source: 'telegram', entries, title: isSingle ? first.title : null, isSingle }];
}

async function ask(files: FileSet, { entries }: Detection): Promise<readonly Question[]> {
  const heads = await Promise.all(
    entries
      .slice(0, askedPages)
      .map(async (entry) => readPageHead((await files.entries[entry]?.open().read(0, askBytes)) ?? new Uint8Array(0))),
  );
  const questions: Question[] = [];
  const owner = ownerQuestion(heads);
  if (owner !== null) questions.push(owner);
  if (heads.some(({ hasWallClock }) => hasWallClock)) questions.push({ id: 'zone', options: [], guess: null, certain: false });
  return questions;
}

/** In a direct chat, which has the other side's name, whoever else writes; else whoever alone writes in every chat. */
function ownerQuestion(heads: readonly PageHead[]): Question | null {
  const names = new Set(heads.flatMap((head) => [...head.names]));
  if (names.size === 0) return null;
  const options = [...names].slice(0, optionLimit).map((name) => ({ value: name, label: name }));
  const others = new Set(
    heads.flatMap((head) =>
      head.names.size === 2 && head.names.has(head.title ?? '') ? [...head.names].filter((name) => name !== head.title) : [],
    ),
  );
  const titles = new Set(heads.map(({ title }) => title));
  const everywhere = titles.size > 1 ? [...names].filter((name) => heads.every((head) => head.names.has(name))) : [];
  const [guess] = others.size === 1 ? others : everywhere.length === 1 ? everywhere : [];
  return { id: 'owner', options, guess: guess ?? null, certain: false };
}

async function* read(
  files: FileSet,
  detection: Detection,
  { answers, onBytes }: Parameters<Importer['read']>[2],
): ReturnType<Importer['read']> {
  const owner = answers['owner'] ?? (await ask(files, detection)).find(({ id }) => id === 'owner')?.guess ?? null;
  const people = createPeople((name) => name === owner);
  const chats = new Map<string, ChatState>();
  yield* readInTurn(files, detection.entries, onBytes, async function* (place) {
    const path = files.entries[place.entry]?.path ?? '';
    const { title, offsetMs } = await readPageHead(await place.source.read(0, detectBytes));
    const key = JSON.stringify([path.replace(/\d{0,9}\.html?$/i, ''), title]);
    let chat = chats.get(key);
    if (chat === undefined) {
      chat = { conversation: chats.size, lastSender: -1, lastTime: null, offsetMs, headingMs: null };
      chats.set(key, chat);
      yield [{ type: 'conversation', index: chat.conversation, sourceId: null, name: title, shape: 'unknown' }];
    }
    yield* readHtmlRecords(place, { isWanted }, createPageReader(files, path, chat, people));
  });
}
