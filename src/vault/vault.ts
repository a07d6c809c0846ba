// The vault: everything kept on this device, sealed under the vault key. This file is what the rest of the app sees;
// what lies on disk, and in which order it is written, is in docs/vault.md. What writes and what verifies is imported when it
// is first called, so that a vault that is only opened and listed costs no more to load than that.

import { watchedRandom } from '../crypto/random';
import { cacheBytesOf, createCacheBudget } from '../model/cache-budget';
import { CamphorError, type ErrorCode } from '../model/error';
import type { ReportProgress } from '../model/progress';
import type { IntegrityReport, VaultState, VaultStatus } from '../model/view';
import type { ArchiveReader, ArchiveWriter } from './archive';
import { createPageCache } from './catalogue';
import { broadcastChannel, createEvents, type VaultEvent } from './channel';
import type { VaultContext } from './context';
import { rowsOf, stored, storageError, vaultDatabase } from './database';
import type { StorageEstimates, VaultEnvironment, WriterOptions } from './environment';
import { chunkFilesOf } from './find-chunk-files';
import { createFolderHandles, type FolderHandles } from './folder-handles';
import { isReadOnly } from './header';
import { createKeyring } from './keyring';
import { createVault, fillKeyring, type LoadedHeader, loadHeader, openKeys, proveFactor } from './keys';
import { defaultLocks, type Release } from './locks';
import { createNotes, type Notes } from './notes';
import { holdCurrentState, openReader } from './open-reader';
import { allValues } from './reader';
import { joinReads } from './row-reads';
import { opfsSentinel, type Sentinel } from './sentinel';
import { vaultStatus } from './status';
import { writerTurn } from './turns';
import type { Share } from './wraps';

export type { VaultEvent } from './channel';
export type { VaultEnvironment, WriterOptions } from './environment';
export { receiveKey, serveKey } from './key-port';
export type { Notes } from './notes';
export { createZstdCodec } from '../bytes/zstd';

/** Counts from the catalogue; usage and quota come from the browser. */
export interface StorageCounts {
  readonly messages: number;
  readonly segmentCount: number;
  readonly mediaCount: number;
  readonly mediaBytes: number;
}

export interface Vault {
  /** `empty` also means open, with nothing kept yet. */
  status(): Promise<VaultStatus>;
  /** Opens with the device's key where there is no passphrase; makes the vault where there is none and none was evicted. */
  open(): Promise<VaultStatus>;
  /** Throws `wrong-secret`, `damaged`, `tampered`, `newer-vault`. */
  unlock(passphrase: string, report?: ReportProgress): Promise<VaultStatus>;
  /** Forgets the keys here and tells the other threads and tabs; where one of them writes, it forgets after that. */
  lock(): void;
  /** `current` proves the factor in use (null where there is none). Throws `secret-too-weak`, `wrong-secret`, `busy`. */
  setPassphrase(next: string, current: string | null, report?: ReportProgress): Promise<VaultStatus>;
  removePassphrase(current: string, report?: ReportProgress): Promise<VaultStatus>;
  /** Resolves where the secret opens what wraps the vault key: the passphrase, or null where there is none. Throws `wrong-secret`. */
  prove(secret: string | null): Promise<void>;
  /** The vault key: HKDF, not extractable, may be posted to another thread. Throws `locked`. */
  key(): CryptoKey;
  /** Takes a key that another thread handed over. Throws `wrong-secret` when it is not this vault's. */
  useKey(key: CryptoKey): Promise<VaultStatus>;

  openReader(): Promise<ArchiveReader>;
  /** Throws `busy` while another tab or thread writes, `newer-vault` where the vault is read-only. */
  openWriter(options: WriterOptions): Promise<ArchiveWriter>;
  readonly notes: Notes;
  readonly folders: FolderHandles;

  storageCounts(): Promise<StorageCounts>;
  /** Reads everything kept, authenticates it and hashes media again. */
  verify(report?: ReportProgress): Promise<IntegrityReport>;
  /** Removes what no spared root reaches; 0 and nothing done while someone writes. `dropPrevious`: also the state before. */
  sweep(options?: { readonly dropPrevious: boolean }): Promise<number>;
  /** What a killed import and older states left is removed, where there is any. Marking takes seconds at ten million messages: not before the list. */
  sweepLeftovers(): Promise<void>;
  /** After the first passphrase: seals some media again under the new key. False when there is nothing more to do now. */
  resealMedia(report?: ReportProgress): Promise<boolean>;
  /** After a sweep of leftovers: copies some media out of files that are mostly garbage. False when there is nothing more to do. */
  compactMedia(): Promise<boolean>;
  /** Joins some of the small segments that many imports leave. False when there is nothing more to do, and then nothing was opened. */
  compactSegments(options: WriterOptions): Promise<boolean>;
  /** Deletes the whole vault; may be repeated when it was cut short. */
  forget(): Promise<void>;
  /** Hears of changes made here and elsewhere. Gives the function that stops it. */
  onChange(listener: (event: VaultEvent) => void): () => void;
  /** Lets go of the keys, the database and the channel. */
  close(): void;
}

interface Session {
  readonly context: VaultContext;
  readonly sentinel: Sentinel | null;
  writers: number;
  lockAfterWriting: boolean;
  /** The sweep has run, so that files may be mostly garbage now. */
  hasSwept: boolean;
}

const deriving = (report: ReportProgress | undefined): Share | undefined =>
  report && ((done) => report({ stage: 'deriving', doneBytes: Math.round(done * 1000), totalBytes: 1000, messages: 0, media: 0 }));

function defaultStorage(): StorageEstimates | null {
  const storage = typeof navigator === 'undefined' ? undefined : (navigator as { storage?: StorageEstimates }).storage;
  return storage ?? null;
}

const statedCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['newer-vault', 'vault-damaged']);

/** A database that this version must not open is a state of the vault, which every call then tells. */
function leaveToStatus(cause: unknown): void {
  const error = storageError(cause);
  if (!statedCodes.has(error.code)) throw error;
}

async function startSession(given: VaultEnvironment): Promise<Session> {
  const environment = { ...given, storage: given.storage === undefined ? defaultStorage() : given.storage };
  const channel = given.channel === undefined ? broadcastChannel() : given.channel;
  const events = createEvents(given.databaseName, channel);
  const database = vaultDatabase(environment, () => events.tellHere({ type: 'superseded' }));
  await database.open().catch(leaveToStatus);
  const caches = given.caches ?? createCacheBudget(cacheBytesOf(undefined) / 4);
  const context: VaultContext = {
    environment,
    database,
    readRows: joinReads((ids) => rowsOf(database, ids)),
    codec: given.codec,
    keyring: createKeyring(),
    random: watchedRandom(given.fillRandom),
    locks: given.locks ?? defaultLocks(given.databaseName),
    events,
    caches,
    pages: createPageCache(caches),
    chunkFiles: chunkFilesOf(given),
  };
  const sentinel = given.sentinel === undefined ? await opfsSentinel() : given.sentinel;
  return { context, sentinel, writers: 0, lockAfterWriting: false, hasSwept: false };
}

function dropKeys(session: Session): void {
  session.lockAfterWriting = session.writers > 0;
  if (session.writers > 0) return;
  session.context.keyring.clear();
  session.context.caches.clear();
}

/** A closed session hears nothing more. */
function followEvents(session: Session): void {
  session.context.events.onChange((event) => {
    if (event.type === 'locked' || event.type === 'forgotten') dropKeys(session);
  });
}

const status = ({ context, sentinel }: Session): Promise<VaultStatus> => vaultStatus(context, sentinel);

/** After keys were opened: the mark against eviction is put in place. */
async function settle(session: Session): Promise<VaultStatus> {
  session.lockAfterWriting = false;
  await session.sentinel?.place();
  return status(session);
}

async function sweepLeftovers(session: Session): Promise<void> {
  const { needsSweep } = await import('./sweep');
  if (!(await needsSweep(session.context))) return;
  session.hasSwept = true;
  await sweepIfWritable(session, false);
}

async function needHeader({ context }: Session): Promise<LoadedHeader> {
  const loaded = await loadHeader(context);
  if (loaded === null) throw new CamphorError('not-found');
  return loaded;
}

/** A newer version's objects may be reached in ways that this one does not know, so it must not sweep them. */
async function sweepIfWritable(session: Session, dropPrevious: boolean): Promise<number> {
  const { header } = await needHeader(session);
  return isReadOnly(header) ? 0 : (await import('./sweep')).sweep(session.context, dropPrevious);
}

const openableStates: ReadonlySet<VaultState> = new Set<VaultState>(['empty', 'open', 'newer']);

/** Of the vault here, or of a new one where there is none. Null for a newer version's that this one must not read. */
async function headerToOpen(session: Session): Promise<LoadedHeader | null> {
  try {
    if ((await loadHeader(session.context)) === null) {
      await removeChunkFiles(session.context);
      await createVault(session.context);
    }
    return await needHeader(session);
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'newer-vault') return null;
    throw error;
  }
}

async function isForgetting({ context }: Session): Promise<boolean> {
  const mark = await context.database.header.get('forgetting').catch(leaveToStatus);
  return mark !== undefined;
}

async function open(session: Session): Promise<VaultStatus> {
  const { context } = session;
  if (await isForgetting(session)) await forget(session);
  const before = await status(session);
  if (!openableStates.has(before.state)) return before;
  const loaded = await headerToOpen(session);
  if (loaded === null) return before;
  if (!context.keyring.isOpen()) await openKeys(context, loaded, null);
  return settle(session);
}

async function unlock(session: Session, passphrase: string, report?: ReportProgress): Promise<VaultStatus> {
  await openKeys(session.context, await needHeader(session), passphrase, deriving(report));
  return settle(session);
}

async function useKey(session: Session, key: CryptoKey): Promise<VaultStatus> {
  const loaded = await needHeader(session);
  await fillKeyring(session.context, loaded, key).catch((cause: unknown) => {
    throw new CamphorError('wrong-secret', {}, cause);
  });
  session.lockAfterWriting = false;
  return status(session);
}

function counted(session: Session, release: Release): Release {
  let ended = false;
  session.writers += 1;
  return () => {
    release();
    if (ended) return;
    ended = true;
    session.writers -= 1;
    if (session.lockAfterWriting) dropKeys(session);
  };
}

type Run<Value> = (loaded: LoadedHeader, release: Release) => Promise<Value>;

/** Runs with the header as it is once nobody else can change it; `run` ends the turn. */
async function inTurn<Value>(session: Session, run: Run<Value>, takeTurn = writerTurn): Promise<Value> {
  const release = counted(session, await takeTurn(session.context.locks));
  try {
    const loaded = await needHeader(session);
    if (isReadOnly(loaded.header)) throw new CamphorError('newer-vault');
    return await run(loaded, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function inIdleTurn(session: Session, run: Run<boolean>): Promise<boolean> {
  const { idleTurn } = await import('./idle-turn');
  return inTurn(session, run, idleTurn);
}

async function openWriter(session: Session, options: WriterOptions): Promise<ArchiveWriter> {
  return inTurn(session, async (_, release) => {
    const { archiveWriter } = await import('./writer');
    return archiveWriter(session.context, await holdCurrentState(session.context), options, release);
  });
}

async function setPassphrase(
  session: Session,
  next: string,
  current: string | null,
  report: ReportProgress = () => {},
): Promise<VaultStatus> {
  const { context } = session;
  await inTurn(session, async (loaded, release) => {
    if (loaded.header.wrap.kind === 'passphrase') {
      const { changePassphrase } = await import('./change-factor');
      return changePassphrase(context, loaded, next, current, deriving(report)).finally(release);
    }
    const { setFirstPassphrase } = await import('./reseal');
    return setFirstPassphrase(context, loaded, next, release, report, deriving(report));
  });
  context.events.tell({ type: 'key-changed' });
  return status(session);
}

async function withoutPassphrase(session: Session, current: string, report?: ReportProgress): Promise<VaultStatus> {
  const { context } = session;
  await inTurn(session, async (loaded, release) => {
    const { removePassphrase } = await import('./change-factor');
    return removePassphrase(context, loaded, current, deriving(report)).finally(release);
  });
  return status(session);
}

async function resealMedia(session: Session, report: ReportProgress = () => {}): Promise<boolean> {
  if ((await needHeader(session)).header.oldKeys.length === 0) return false;
  const { resealMediaStep } = await import('./reseal');
  return inIdleTurn(session, (loaded, release) => resealMediaStep(session.context, loaded, release, report));
}

async function compactMedia(session: Session): Promise<boolean> {
  if (!session.hasSwept) return false;
  const { compactMediaStep } = await import('./compact-media');
  session.hasSwept = await inIdleTurn(session, (_, release) => compactMediaStep(session.context, release));
  return session.hasSwept;
}

async function compactSegments(session: Session, options: WriterOptions): Promise<boolean> {
  const { compactSegmentsStep, hasSmallSegments } = await import('./compact-segments');
  if (!(await hasSmallSegments(session.context))) return false;
  return inIdleTurn(session, (_, release) => compactSegmentsStep(session.context, options, release));
}

async function storageCounts({ context }: Session): Promise<StorageCounts> {
  const { state, release } = await holdCurrentState(context);
  try {
    let segmentCount = 0;
    for await (const { segments } of allValues(state, 'conversations')) segmentCount += segments.length;
    const { conversations, media } = state.catalogue;
    return { messages: conversations.weight, segmentCount, mediaCount: media.count, mediaBytes: media.weight };
  } finally {
    release();
  }
}

const removalTries = 20;
const removalPauseMs = 50;

/** Other threads let go of a file a moment after they last read it; one that does not keeps nobody from the next opening's try. */
async function removeChunkFiles(context: VaultContext): Promise<void> {
  const files = await context.chunkFiles();
  for (let attempt = 1; files; attempt += 1) {
    const done = await files.removeAll().then(
      () => true,
      () => false,
    );
    if (done || attempt === removalTries) return;
    await new Promise((resolve) => setTimeout(resolve, removalPauseMs));
  }
}

/** The mark `forgetting` makes the next opening go on with it. The new, empty database is there at the end. */
async function forget(session: Session): Promise<void> {
  const { context, sentinel } = session;
  const { database, events } = context;
  await stored(() => database.header.put(true, 'forgetting'));
  events.tell({ type: 'forgotten' });
  dropKeys(session);
  await stored(() => database.delete());
  await removeChunkFiles(context);
  await sentinel?.remove();
  await stored(() => database.open());
}

function close(session: Session): void {
  const { context } = session;
  context.keyring.clear();
  context.events.close();
  context.database.close();
}

/** Opens the database, not yet the keys: call `open`, `unlock` or `useKey`. Throws CamphorError `storage-unavailable`. */
export async function openVault(environment: VaultEnvironment): Promise<Vault> {
  const session = await startSession(environment);
  const { context } = session;
  followEvents(session);
  return {
    status: () => status(session),
    open: () => open(session),
    unlock: (passphrase, report) => unlock(session, passphrase, report),
    lock: () => context.events.tell({ type: 'locked' }),
    setPassphrase: (next, current, report) => setPassphrase(session, next, current, report),
    removePassphrase: (current, report) => withoutPassphrase(session, current, report),
    prove: async (secret) => {
      (await proveFactor(context, (await needHeader(session)).header, secret)).fill(0);
    },
    key: () => context.keyring.key(context.keyring.epoch()),
    useKey: (key) => useKey(session, key),
    openReader: () => openReader(context),
    openWriter: (options) => openWriter(session, options),
    notes: createNotes(context),
    folders: createFolderHandles(context),
    storageCounts: () => storageCounts(session),
    verify: async (report) => (await import('./verify')).verifyVault(context, report),
    sweep: (options) => sweepIfWritable(session, options?.dropPrevious ?? false),
    sweepLeftovers: () => sweepLeftovers(session),
    resealMedia: (report) => resealMedia(session, report),
    compactMedia: () => compactMedia(session),
    compactSegments: (options) => compactSegments(session, options),
    forget: () => forget(session),
    onChange: (listener) => context.events.onChange(listener),
    close: () => close(session),
  };
}
