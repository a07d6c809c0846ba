// What the owner adds, and settings: short writes of their own, never part of an import.

import { toBase64Url } from '../crypto/base64url';
import { CamphorError } from '../model/error';
import type { Overlay, OverlayKind, OverlayStamp } from '../model/overlay';
import type { VaultContext } from './context';
import { stored } from './database';
import { isReadOnly } from './header';
import { loadHeader } from './keys';
import {
  entryKind,
  firstPart,
  loadNotes,
  type NotesContent,
  notesPages,
  type NotesState,
  overlayKind,
  putNotes,
  sealNotes,
} from './notes-root';
import { clampStamp, latestStamp, mergeOverlay, nextStamp } from './overlay-merge';
import { type Edits, tablePages, tableValue } from './table';

export interface Notes {
  /** All overlays, or those of one kind. */
  overlays(kind: OverlayKind | null): Promise<readonly Overlay[]>;
  /** Sets fields (null clears one) with a new stamp of this device. */
  setOverlay(kind: OverlayKind, subject: string, fields: Readonly<Record<string, string | null>>): Promise<void>;
  /** Takes in overlays of another device: last writer wins by field. Stamps more than 24 h ahead are clamped and counted. */
  mergeOverlays(overlays: readonly Overlay[]): Promise<{ readonly clamped: number }>;
  settings(): Promise<Readonly<Record<string, string>>>;
  setSetting(name: string, value: string): Promise<void>;
  /** Texts whose key begins with `prefix`, in order of their keys. Reads all that have the same part before the first `/`. */
  entries(prefix: string): Promise<readonly (readonly [key: string, value: string])[]>;
  /** Keeps texts by key in one write (null removes). What they hold is sealed; how many there are can be seen by their pages. */
  setEntries(edits: ReadonlyMap<string, string | null>): Promise<void>;
}

/** What a change makes of the state that it found. */
interface Change {
  readonly content: NotesContent;
  readonly overlays?: Edits<Overlay>;
  readonly entries?: Edits<string>;
}
type FindOverlay = (key: string) => Promise<Overlay | null>;
type MakeChange = (content: NotesContent, find: FindOverlay) => Promise<Change>;

/** Another tab's write may come between as often as this; each needs milliseconds. */
const tries = 10;

const noEdits: Edits<never> = new Map();

const keyOf = (kind: OverlayKind, subject: string): string => `${kind}\n${subject}`;

/** Runs on a fresh state until none of its pages was replaced meanwhile. */
async function onFreshState<Value>(context: VaultContext, run: (state: NotesState) => Promise<Value | null>): Promise<Value> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const state = await loadNotes(context);
    try {
      const value = await run(state);
      if (value !== null) return value;
    } catch (error) {
      const { number } = await loadNotes(context);
      if (number === state.number) throw error;
    }
  }
  throw new CamphorError('changed-meanwhile');
}

async function readOverlays(context: VaultContext, kind: OverlayKind | null): Promise<readonly Overlay[]> {
  return onFreshState(context, async ({ content }) => {
    const overlays: Overlay[] = [];
    for await (const page of tablePages(notesPages(context, new Map()), overlayKind, content.overlays)) {
      for (const overlay of page.values()) if (kind === null || overlay.kind === kind) overlays.push(overlay);
    }
    return overlays;
  });
}

async function readEntries(context: VaultContext, prefix: string): Promise<readonly (readonly [string, string])[]> {
  return onFreshState(context, async ({ content }) => {
    const pages = notesPages(context, new Map());
    const found: (readonly [string, string])[] = [];
    for (const [part, table] of content.entries ?? []) {
      if (prefix.includes('/') ? part !== firstPart(prefix) : !part.startsWith(prefix)) continue;
      for await (const page of tablePages(pages, entryKind(part), table)) {
        for (const entry of page) if (entry[0].startsWith(prefix)) found.push(entry);
      }
    }
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  });
}

/** Others hear of it unless `isSilent`: entries are on no screen. */
async function write(context: VaultContext, change: MakeChange, isSilent = false): Promise<void> {
  const { database } = context;
  const loaded = await loadHeader(context);
  if (loaded === null || isReadOnly(loaded.header)) throw new CamphorError(loaded === null ? 'not-found' : 'newer-vault');
  await onFreshState(context, async (before) => {
    const pages = notesPages(context, new Map());
    const find: FindOverlay = (key) => tableValue(pages, overlayKind, before.content.overlays, key);
    const { content, overlays = noEdits, entries = noEdits } = await change(before.content, find);
    const sealed = await sealNotes(context, before, content, { overlays, entries });
    const put = () => database.transaction('rw', database.roots, database.notes, () => putNotes(context, sealed));
    return (await stored(put)) ? true : null;
  });
  if (!isSilent) context.events.tell({ type: 'notes-changed' });
}

async function setEntries(context: VaultContext, edits: ReadonlyMap<string, string | null>): Promise<void> {
  if (edits.size > 0) await write(context, async (content) => ({ content, entries: edits }), true);
}

function overlayOf(kind: OverlayKind, subject: string, fields: Readonly<Record<string, string | null>>, stamp: OverlayStamp): Overlay {
  return { kind, subject, fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, stamp }])) };
}

async function merged(find: FindOverlay, overlays: readonly Overlay[]): Promise<Map<string, Overlay>> {
  const edits = new Map<string, Overlay>();
  for (const overlay of overlays) {
    const key = keyOf(overlay.kind, overlay.subject);
    const before = edits.get(key) ?? (await find(key));
    edits.set(key, before === null ? overlay : mergeOverlay(before, overlay));
  }
  return edits;
}

function settingOverlay(context: VaultContext, ...[kind, subject, fields]: Parameters<Notes['setOverlay']>): MakeChange {
  return async (content, find) => {
    const device = content.device ?? toBase64Url(context.random(9));
    const stamp = nextStamp(content.lastStamp, context.environment.nowMs(), device);
    const overlays = await merged(find, [overlayOf(kind, subject, fields, stamp)]);
    return { content: { ...content, device, lastStamp: stamp }, overlays };
  };
}

function clampOverlay(overlay: Overlay, nowMs: number): Overlay {
  const clamped = Object.entries(overlay.fields).map(([name, { value, stamp }]) => [name, { value, stamp: clampStamp(stamp, nowMs) }]);
  return { ...overlay, fields: Object.fromEntries(clamped) as Overlay['fields'] };
}

const stampsOf = (overlays: readonly Overlay[]): OverlayStamp[] =>
  overlays.flatMap(({ fields }) => Object.values(fields).map(({ stamp }) => stamp));

async function mergeOverlays(context: VaultContext, overlays: readonly Overlay[]): Promise<{ clamped: number }> {
  const nowMs = context.environment.nowMs();
  const clamped = overlays.map((overlay) => clampOverlay(overlay, nowMs));
  const before = stampsOf(overlays);
  await write(context, async (content, find) => {
    const lastStamp = latestStamp([...stampsOf(clamped), ...(content.lastStamp ? [content.lastStamp] : [])]);
    return { content: { ...content, lastStamp }, overlays: await merged(find, clamped) };
  });
  return { clamped: stampsOf(clamped).filter((stamp, at) => stamp.wallMs !== before[at]?.wallMs).length };
}

const notesLock = 'vault-notes';

/** Writes of all tabs wait for each other; the comparison of the root's number makes sure where locks do not reach. */
export function createNotes(context: VaultContext): Notes {
  const inTurn = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    const release = await context.locks.exclusive(notesLock);
    return run().finally(release);
  };
  return {
    overlays: (kind) => readOverlays(context, kind),
    setOverlay: (kind, subject, fields) => inTurn(() => write(context, settingOverlay(context, kind, subject, fields))),
    mergeOverlays: (overlays) => inTurn(() => mergeOverlays(context, overlays)),
    settings: async () => Object.fromEntries((await loadNotes(context)).content.settings),
    setSetting: (name, value) =>
      inTurn(() =>
        write(context, async (content) => {
          const settings = [...new Map(content.settings).set(name, value)];
          return { content: { ...content, settings } };
        }),
      ),
    entries: (prefix) => readEntries(context, prefix),
    setEntries: (edits) => inTurn(() => setEntries(context, edits)),
  };
}
