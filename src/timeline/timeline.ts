// Reading in time order: the reading part of VaultVerbs without the thread around it. What reads inside a conversation is
// imported when the first one is read: the list of conversations paints without it.

import { type CacheBudget, cacheBytesOf, createCacheBudget } from '../model/cache-budget';
import { lazily } from '../model/lazily';
import { CamphorError } from '../model/error';
import type { ConversationId } from '../model/ids';
import { throughContacts } from '../model/contacts';
import type { Overlay } from '../model/overlay';
import { conversationSubject, indexOverlays } from '../model/overlay-index';
import type { VaultVerbs } from '../model/verbs';
import type { DayCount, MonthCount } from '../model/view';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import { shownConversation, shownConversations } from '../vault/shown-conversations';
import { conversationViews, demoConversations } from './conversations';
import { mediaView, readMedia, readThumbnail } from './media';
import type { KeepingVerbs } from './keeping/keeping-verbs';
import type { PageContext } from './pages';

export interface TimelineOptions {
  /** The newest state; asked for at each call, and held by the caller until the call has ended. */
  reader(): Promise<ArchiveReader>;
  overlays(): Promise<readonly Overlay[]>;
  /** MIME types that a Blob may carry; media of others are `application/octet-stream`. */
  readonly inlineTypes: Pick<ReadonlySet<string>, 'has'>;
  /** For everything that is kept decrypted. */
  readonly caches?: CacheBudget;
}

type ReadingVerbs = Pick<
  VaultVerbs,
  | 'conversations'
  | 'people'
  | 'page'
  | 'months'
  | 'days'
  | 'media'
  | 'readMedia'
  | 'readThumbnail'
  | 'statistics'
  | 'words'
  | 'gallery'
  | 'galleryItems'
  | 'kept'
  | 'keptMessages'
  | 'onThisDay'
  | 'randomMemory'
  | 'everyone'
>;

export interface Timeline extends ReadingVerbs {
  /** Drops everything decrypted. */
  forgetCaches(): void;
}

const demoVaultLimit = 12;

/** All verbs about one conversation throw `not-found` where it is not there or was removed. */
export function createTimeline(options: TimelineOptions): Timeline {
  const caches = options.caches ?? createCacheBudget(cacheBytesOf(undefined) / 4);
  const open = lazily(async () => (await import('./segments')).createOpenSegments(caches));
  const look = async (): Promise<Look> => {
    const [reader, overlays] = await Promise.all([options.reader(), options.overlays()]);
    const { people: known, conversation } = await throughContacts(await reader.people());
    const isMerged = overlays.some(({ kind }) => kind === 'merged-people');
    const people = isMerged ? (await import('../model/one-person')).asOnePerson(known, overlays) : known;
    return { reader, people, named: conversation, given: overlays, overlays: indexOverlays(overlays) };
  };
  const lookAt = async (id: ConversationId): Promise<Looked> => {
    const [found, opened] = await Promise.all([look().then((looked) => conversationIn(looked, id)), open()]);
    return { context: { ...found.context, open: opened }, entry: found.entry };
  };
  return {
    conversations: async () => {
      const { reader, people, overlays, given, named } = await look();
      const entries = (await shownConversations(reader, given)).map(named);
      // A vault with more than a few conversations is in use; its receipts are many, and the list does not wait for them.
      const demos = entries.length > demoVaultLimit ? new Set<ConversationId>() : demoConversations(await reader.receipts());
      const views = conversationViews(entries, people, overlays, demos);
      const isJoined = entries.some(({ parts }) => parts !== undefined);
      return isJoined ? (await import('../vault/apply-joinings')).tellParts(reader, entries, views) : views;
    },
    people: async (id) => {
      const { context, entry } = await lookAt(id);
      return (await import('./person-views')).personViews(entry, context.people, context.overlays);
    },
    page: async (id, anchor, before, after) => {
      const { context, entry } = await lookAt(id);
      const { pageAround } = await import('./pages');
      return pageAround(context, entry, anchor, before, after);
    },
    ...calendarVerbs(lookAt, caches),
    ...mediaVerbs(options),
    ...countingVerbs(look, caches),
    ...galleryVerbs(lookAt, caches),
    ...keepingVerbs(look, open, caches),
    forgetCaches: () => caches.clear(),
  };
}

/** `named`: a conversation under the name that the contacts give it. */
interface Look extends Omit<PageContext, 'open'> {
  readonly named: (entry: ConversationEntry) => ConversationEntry;
}

interface Looked {
  readonly context: PageContext;
  readonly entry: ConversationEntry;
}

async function conversationIn(context: Look, id: ConversationId): Promise<{ readonly context: Look; readonly entry: ConversationEntry }> {
  const entry = await shownConversation(context.reader, context.given, id);
  // A part of a joined one is asked for by its own id too.
  const isGone = [id, entry?.id ?? id].some((one) => context.overlays.has('removed', conversationSubject(one)));
  if (entry === null || isGone) throw new CamphorError('not-found', { what: 'conversation' });
  return { context, entry };
}

function countingVerbs(look: () => Promise<Look>, caches: CacheBudget): Pick<Timeline, 'statistics' | 'words'> {
  const counter = lazily(async () => (await import('./statistics/statistics-verbs')).createStatisticsCounter(caches));
  const begin = async () => {
    const { reader, given, named, people, overlays } = await look();
    const entries = async () => (await shownConversations(reader, given)).map(named);
    return { counter: await counter(), countable: { reader, people, overlays, entries } };
  };
  return {
    statistics: async (query, report) => {
      const { counter: counts, countable } = await begin();
      return counts.statistics(countable, query, report);
    },
    words: async (query, report) => {
      const { counter: counts, countable } = await begin();
      return counts.words(countable, query, report);
    },
  };
}

type LookAt = (id: ConversationId) => Promise<Looked>;

function galleryVerbs(lookAt: LookAt, caches: CacheBudget): Pick<Timeline, 'gallery' | 'galleryItems'> {
  const gallery = lazily(async () => (await import('./gallery/gallery')).createGallery(caches));
  return {
    gallery: async (id, shelf, zone) => {
      const { context, entry } = await lookAt(id);
      return (await gallery()).view(context, entry, shelf, zone);
    },
    galleryItems: async (id, shelf, from, to) => {
      const { context, entry } = await lookAt(id);
      return (await gallery()).items(context, entry, shelf, from, to);
    },
  };
}

const keepingNames = ['kept', 'keptMessages', 'onThisDay', 'randomMemory', 'everyone'] as const;

function keepingVerbs(look: () => Promise<Look>, open: () => Promise<PageContext['open']>, caches: CacheBudget): KeepingVerbs {
  const lookAll = async () => {
    const [looked, opened] = await Promise.all([look(), open()]);
    const entries = (await shownConversations(looked.reader, looked.given)).map(looked.named);
    return { context: { ...looked, open: opened }, entries };
  };
  const keeping = lazily(async () => (await import('./keeping/keeping-verbs')).createKeeping(lookAll, caches));
  const verbOf =
    (name: (typeof keepingNames)[number]) =>
    async (...args: readonly never[]) =>
      ((await keeping())[name] as (...given: readonly never[]) => Promise<unknown>)(...args);
  return Object.fromEntries(keepingNames.map((name) => [name, verbOf(name)])) as unknown as KeepingVerbs;
}

function calendarVerbs(lookAt: LookAt, caches: CacheBudget): Pick<Timeline, 'months' | 'days'> {
  const listBytes = (list: readonly unknown[]): number => list.length * 150;
  /** Each holds for one content of the archive and one zone. */
  const months = caches.cache<string, readonly MonthCount[]>(listBytes);
  const days = caches.cache<string, readonly DayCount[]>(listBytes);
  return {
    months: async (id, zone) => {
      const { context, entry } = await lookAt(id);
      return months.get(`${context.reader.contentNumber} ${id} ${entry.parts?.length ?? 1} ${zone}`, async () => {
        const { countMonths } = await import('./calendar');
        return countMonths(context.reader, context.open, entry, zone);
      });
    },
    days: async (id, month, zone) => {
      const { context, entry } = await lookAt(id);
      return days.get(`${context.reader.contentNumber} ${id} ${entry.parts?.length ?? 1} ${zone} ${month}`, async () => {
        const { countDays } = await import('./calendar');
        return countDays(context.reader, context.open, entry, month, zone);
      });
    },
  };
}

function mediaVerbs({ reader, inlineTypes }: TimelineOptions): Pick<Timeline, 'media' | 'readMedia' | 'readThumbnail'> {
  return {
    media: async (sha256) => mediaView(await reader(), sha256),
    readMedia: async (sha256) => readMedia(await reader(), sha256, inlineTypes),
    readThumbnail: async (sha256) => readThumbnail(await reader(), sha256, inlineTypes),
  };
}
