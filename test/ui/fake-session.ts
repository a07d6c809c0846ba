// A session over invented conversations, for tests and pictures of the interface. It answers as the real one does.

import { CamphorError } from '../../src/model/error';
import type { ConversationId, ReceiptId } from '../../src/model/ids';
import type { EveryoneView } from '../../src/model/everyone';
import type { MemoryYear } from '../../src/model/keeping';
import type { Overlay } from '../../src/model/overlay';
import type {
  ConversationView,
  DayCount,
  ImportPlan,
  KeptSecretView,
  MessagePage,
  MonthCount,
  PageAnchor,
  ReceiptView,
  VaultStatus,
} from '../../src/model/view';
import type { ImportJob, Preferences, Session, SessionEvent } from '../../src/session/session';
import { createFakeBackup, type FakeBackupOptions } from './fake-backup';
import { createFakeExports } from './fake-exports';
import { type FakeConversation, inventedConversations } from './fake-conversations';
import { fakeImport } from './fake-import';
import { fakeGallery } from './fake-gallery';
import { type FakeKeeping, fakeKeeping } from './fake-keeping';
import { inventedReceipts } from './fake-plan';
import { localDay, runSearch, suggestFor } from './fake-search';
import { inventedCounts } from './fake-statistics';
import { inventedPicture } from './invented-picture';

export { fakeSecret } from './fake-import';

export interface FakeOptions {
  readonly conversations?: readonly FakeConversation[];
  readonly preferences?: Partial<Preferences>;
  readonly installable?: boolean;
  readonly locked?: boolean;
  /** What is kept cannot be shown. */
  readonly damaged?: boolean;
  /** Holds the opening of the vault for ever. */
  readonly stuckOpening?: boolean;
  readonly plan?: ImportPlan;
  /** Hears of each try whether its secret is to be kept. */
  readonly onUnlock?: (keeps: boolean | undefined) => void;
  readonly keptSecrets?: readonly KeptSecretView[];
  /** Holds an import in the middle for ever. */
  readonly stuckImport?: boolean;
  readonly backup?: FakeBackupOptions;
  /** What the owner keeps from the start. */
  readonly kept?: readonly Parameters<FakeKeeping['set']>[];
  readonly memories?: readonly MemoryYear[];
  readonly everyone?: EveryoneView;
  /** Hashes of media that lie on a drive only, until they are fetched. */
  readonly elsewhere?: readonly string[];
}

export interface FakeSession extends Session {
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[];
  emit(event: SessionEvent): void;
}

/** The passphrase of a fake session that begins locked. */
export const fakePassphrase = 'four words, well kept';

export function createFakeSession(options: FakeOptions = {}): FakeSession {
  const kept = new Map((options.conversations ?? inventedConversations()).map((one) => [one.view.id as string, one]));
  const views = new Map<string, ConversationView>([...kept].map(([id, one]) => [id, one.view]));
  const listeners = new Set<(event: SessionEvent) => void>();
  const calls: FakeSession['calls'] = [];
  const settings: Record<string, string> = {};
  const overlays = new Map<string, Overlay>();
  let receipts: readonly ReceiptView[] = kept.size === 0 ? [] : inventedReceipts();
  let preferences: Preferences = {
    ...{ language: 'system', theme: 'system', textSize: 'usual', density: 'roomy', idleLockMin: 5, seenVersion: __APP_VERSION__ },
    ...options.preferences,
  };
  let status: VaultStatus = {
    state: options.damaged === true ? 'damaged' : options.locked === true ? 'locked' : kept.size === 0 ? 'empty' : 'open',
    hasPassphrase: options.locked === true,
    resealing: false,
    readOnly: false,
    persisted: false,
  };
  const emit = (event: SessionEvent): void => listeners.forEach((listener) => listener(event));
  const note = (name: string, ...args: readonly unknown[]): void => void calls.push({ name, args });
  const find = (id: ConversationId): FakeConversation => {
    const found = kept.get(id);
    if (found === undefined) throw new CamphorError('not-found');
    return found;
  };

  const keeping = fakeKeeping(({ conversation, seq }) => find(conversation).message(seq), options.memories ?? []);
  for (const overlay of options.kept ?? []) keeping.set(...overlay);
  let keptSecrets = options.keptSecrets ?? [];
  let shown = false;
  const setShown = (next: boolean): void => {
    shown = next;
    emit({ kind: 'notes-changed' });
  };
  const vault: Session['vault'] = {
    status: async () => status,
    open: () => (options.stuckOpening === true ? new Promise(() => {}) : Promise.resolve(status)),
    async unlock(passphrase) {
      if (passphrase !== fakePassphrase) throw new CamphorError('wrong-secret');
      status = { ...status, state: 'open' };
      return status;
    },
    async setPassphrase(next) {
      if (next.length < 10) throw new CamphorError('secret-too-weak');
      status = { ...status, hasPassphrase: true };
      return status;
    },
    async removePassphrase(current) {
      if (current !== fakePassphrase) throw new CamphorError('wrong-secret');
      status = { ...status, hasPassphrase: false };
      return status;
    },
    conversations: async () =>
      [...views.values()]
        .filter((view) => shown || !view.hidden)
        .toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || (b.lastAtMs ?? -Infinity) - (a.lastAtMs ?? -Infinity)),
    hidden: async () => ({ count: [...views.values()].filter(({ hidden }) => hidden).length, shown }),
    people: async (id) => find(id).people,
    async page(id, anchor, before, after) {
      note('page', id, anchor, before, after);
      const page = readPage(find(id), anchor, before, after);
      return {
        ...page,
        messages: page.messages.map(keeping.marked),
      };
    },
    months: async (id) => countBy(find(id), 7).map(({ key, ...rest }): MonthCount => ({ month: key, ...rest })),
    days: async (id, month) => daysOf(find(id), month),
    ...inventedCounts,
    ...fakeGallery((id) => readPage(find(id), { at: 'end' }, 1000, 0).messages),
    ...keeping.verbs,
    everyone: async () => options.everyone ?? { people: [], alike: [] },
    media: async () => null,
    receipts: async () => receipts,
    keptSecrets: async () => keptSecrets,
    forgetSecret: async (id) => void (keptSecrets = keptSecrets.filter((kept) => kept.id !== id)),
    exportReceipt: async (id) => JSON.stringify({ id }),
    overlays: async (kind) => [...overlays.values()].filter((overlay) => kind === null || overlay.kind === kind),
    async setOverlay(kind, subject, fields) {
      note('setOverlay', kind, subject, fields);
      const on = Object.values(fields).some((value) => value !== null);
      const stamp = { wallMs: 0, counter: overlays.size, device: 'd' };
      const stamped = Object.entries(fields).map(([name, value]) => [name, { value, stamp }]);
      if (kind === 'saved-search') overlays.set(subject, { kind, subject, fields: Object.fromEntries(stamped) as Overlay['fields'] });
      keeping.set(kind, subject, fields);
      const id = subject.replace(/^conversation:/, '');
      const view = views.get(id);
      if (view !== undefined && (kind === 'pinned' || kind === 'hidden')) views.set(id, { ...view, [kind]: on });
      emit({ kind: 'notes-changed' });
    },
    settings: async () => ({ ...settings }),
    async setSetting(name, value) {
      settings[name] = value;
      emit({ kind: 'notes-changed' });
    },
    storage: async () => ({
      usageBytes: 412_000_000,
      quotaBytes: 61_000_000_000,
      persisted: false,
      messages: 1_000_070,
      mediaCount: 812,
      mediaBytes: 371_000_000,
      segmentCount: 246,
    }),
    async verify(report) {
      report({ stage: 'verifying', doneBytes: 200_000_000, totalBytes: 412_000_000, messages: 0, media: 0 });
      return { objectsChecked: 1302, bytesChecked: 412_000_000, damaged: [] };
    },
  };

  const elsewhere = new Set<string>(options.elsewhere);
  const requireHere = (sha256: string): void => {
    if (elsewhere.has(sha256)) throw new CamphorError('not-found', { what: 'medium-elsewhere' });
  };
  const startImport = (): ImportJob => fakeImport(options, (done) => (receipts = [...done, ...receipts]));
  return {
    vault,
    exports: createFakeExports(note),
    backup: createFakeBackup(options.backup ?? {}, {
      note,
      emit,
      startImport,
      bring: (media) => media.forEach((one) => elsewhere.delete(one)),
    }),
    calls,
    emit,
    startImport,
    importing: false,
    async undoImport(id) {
      const receipt = receipts.find((one) => one.id === id);
      receipts = receipts.map((one) => (one.id === id ? { ...one, undoneAtMs: Date.now(), canUndo: false } : one));
      emit({ kind: 'archive-changed' });
      return { receipt: id as ReceiptId, removed: receipt?.added ?? 0, restored: 0 };
    },
    async removeConversation(id) {
      views.delete(id);
      kept.delete(id);
      emit({ kind: 'archive-changed' });
    },
    async dropOriginal(id) {
      note('dropOriginal', id);
      receipts = receipts.map((receipt) => {
        if (receipt.id !== id) return receipt;
        const { originals: _, ...rest } = receipt;
        return rest;
      });
      emit({ kind: 'archive-changed' });
    },
    previewJoin: async () => ({ same: 12_480, onlyHere: 31, onlyThere: 204, shiftMinutes: 0 }),
    async joinConversations(into, from) {
      note('joinConversations', into, from);
      const [whole, part] = [views.get(into), views.get(from)];
      if (whole === undefined || part === undefined) throw new CamphorError('not-found');
      views.set(into, { ...whole, joined: [...(whole.joined ?? []), { id: part.id, name: part.name, source: part.source }] });
      views.delete(from);
      emit({ kind: 'archive-changed' });
    },
    async separateConversations(id) {
      note('separateConversations', id);
      const whole = views.get(id);
      if (whole === undefined) throw new CamphorError('not-found');
      const { joined: parts = [], ...alone } = whole;
      views.set(id, alone);
      for (const part of parts) views.set(part.id, { ...alone, ...part });
      emit({ kind: 'archive-changed' });
    },
    demoArchive: async () => [{ path: 'demo.zip', file: new File(['demo'], 'demo.zip') }],
    prepareSearch: async () => undefined,
    search(request, onUpdate) {
      note('search', request);
      return runSearch([...kept.values()], request, onUpdate);
    },
    suggest: async (text, cursor) => suggestFor(text.slice(0, cursor)),
    mediaUrl: async (sha256) => (
      requireHere(sha256),
      sha256.startsWith('b') ? URL.createObjectURL(new Blob([], { type: 'audio/ogg' })) : inventedPicture(sha256)
    ),
    audioUrl: async (sha256) => (requireHere(sha256), URL.createObjectURL(new Blob([], { type: 'audio/ogg' }))),
    audioShape: async () => Array.from({ length: 48 }, (_, at) => Math.abs(Math.sin(at / 3))),
    thumbnailUrl: async (sha256) => (elsewhere.has(sha256) ? null : inventedPicture(sha256)),
    async showHidden(passphrase) {
      if (status.hasPassphrase && passphrase !== fakePassphrase) throw new CamphorError('wrong-secret');
      setShown(true);
    },
    async hideAgain() {
      setShown(false);
      emit({ kind: 'concealed' });
    },
    lock() {
      shown = false;
      status = { ...status, state: 'locked' };
      emit({ kind: 'locked', by: 'hand' });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get preferences() {
      return preferences;
    },
    setPreferences(change) {
      preferences = { ...preferences, ...change };
      emit({ kind: 'preferences-changed', preferences });
    },
    installable: options.installable === true,
    install: async () => (note('install'), 'accepted'),
    updateReady: false,
    update: async () => undefined,
    askToPersist: async () => true,
    readLicences: async () => 'Invented licence, version 1',
    sharesOrigin: false,
    async forgetEverything() {
      views.clear();
      kept.clear();
      receipts = [];
      emit({ kind: 'forgotten' });
    },
  };
}

/** A page as workers/vault would cut it. */
export function readPage(conversation: FakeConversation, anchor: PageAnchor, before: number, after: number): MessagePage {
  const count = conversation.view.messageCount;
  const wanted =
    anchor.at === 'start'
      ? 0
      : anchor.at === 'end'
        ? count - 1
        : anchor.at === 'time'
          ? firstAt(conversation, anchor.sentAtMs)
          : anchor.at === 'seq'
            ? anchor.seq
            : anchor.position;
  const at = Math.min(count - 1, Math.max(0, wanted));
  const from = Math.max(0, at - before);
  const to = Math.min(count, at + after + 1);
  const messages = Array.from({ length: Math.max(0, to - from) }, (_, index) => conversation.message(from + index));
  return { conversation: conversation.view.id, messageCount: count, fromPosition: from, messages, anchorPosition: at };
}

function firstAt(conversation: FakeConversation, sentAtMs: number): number {
  let low = 0;
  let high = conversation.view.messageCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (conversation.message(middle).sentAtMs < sentAtMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Count {
  readonly key: string;
  readonly firstPosition: number;
  readonly messageCount: number;
}

/** Runs of equal beginnings of the local date, found by halving, so that a million messages are not walked. */
function countBy(conversation: FakeConversation, keyLength: 7 | 10, from = 0, to = conversation.view.messageCount): readonly Count[] {
  const counts: Count[] = [];
  for (let at = from; at < to;) {
    const key = localDay(conversation.message(at).sentAtMs).slice(0, keyLength);
    let low = at;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (localDay(conversation.message(middle).sentAtMs).slice(0, keyLength) <= key) low = middle + 1;
      else high = middle;
    }
    counts.push({ key, firstPosition: at, messageCount: low - at });
    at = low;
  }
  return counts;
}

function daysOf(conversation: FakeConversation, month: string): readonly DayCount[] {
  const found = countBy(conversation, 7).find(({ key }) => key === month);
  if (found === undefined) return [];
  return countBy(conversation, 10, found.firstPosition, found.firstPosition + found.messageCount).map(({ key, ...rest }) => ({
    day: key,
    ...rest,
  }));
}
