// The session: which workers run, who is told of what, and what a lock ends. The screen's only way to the rest of the app.

import { proxy } from 'comlink';
import importUrl from '../../workers/import.ts?worker&url';
import searchUrl from '../../workers/search.ts?worker&url';
import { CamphorError } from '../model/error';
import { searchPoolSize } from '../model/search-pool-size';
import type { ImportVerbs, SearchVerbs } from '../model/verbs';
import type { VaultState } from '../model/view';
import { keepAwake, watchAttention } from './attention';
import { lazyBackup } from './lazy-backup';
import { lazyExport } from './lazy-export';
import { lazyShown } from './lazy-shown';
import type { ConfinedWorker } from './worker-calls';
import { fetchDemo, fetchOwn } from './demo';
import { whenHiddenLong } from './hidden';
import { createImportJobs } from './import-jobs';
import { watchInstall } from './install';
import { createMediaUrls } from './media-urls';
import { readPreferences, writePreferences } from './preferences';
import { createSearchPool } from './search-pool';
import type { Preferences, Session, SessionEvent } from './session';
import { sharesOrigin } from './surroundings';
import { joinTabs, type TabMessage } from './tabs';
import { watchUpdates } from './updates';
import { createVaultCalls } from './vault-calls';
import { createVaultWorker } from './vault-worker';
import { readLazyWasm } from './wasm-bytes';
import { wipeOrigin } from './wipe';

const openStates: ReadonlySet<VaultState> = new Set<VaultState>(['open', 'empty', 'newer']);

type LockedBy = (SessionEvent & { readonly kind: 'locked' })['by'];

async function startImporter(vaultWorker: ReturnType<typeof createVaultWorker>): Promise<ConfinedWorker<ImportVerbs>> {
  const worker = await vaultWorker.startKeyed<ImportVerbs>('import', importUrl);
  await worker.call((verbs) => verbs.provideWasm(proxy(readLazyWasm)));
  return worker;
}

/** `showsHidden`: it searches hidden conversations too. */
async function startSearcher(
  vaultWorker: ReturnType<typeof createVaultWorker>,
  number: number,
  showsHidden: boolean,
): Promise<ConfinedWorker<SearchVerbs>> {
  const worker = await vaultWorker.startKeyed<SearchVerbs>(`search ${number}`, searchUrl);
  if (showsHidden) await worker.call((verbs) => verbs.showHidden());
  return worker;
}

/** Made once, when the page starts. Starts no worker before the first call. */
export function createSession(): Session {
  const listeners = new Set<(event: SessionEvent) => void>();
  const emit = (event: SessionEvent): void => {
    for (const listener of listeners) listener(event);
  };
  let preferences = readPreferences(localStorage);
  /** True while there is something that an idle lock would close: an open vault with a passphrase. */
  let guarded = false;

  const vaultWorker = createVaultWorker((kind) => emit({ kind }));
  const vault = createVaultCalls(vaultWorker.get, ({ hasPassphrase, state }) => {
    guarded = hasPassphrase && openStates.has(state);
    if (state === 'open') backup.opened();
  });
  const jobs = createImportJobs({
    startWorker: () => startImporter(vaultWorker),
    holdLock: (name, whileHeld) => navigator.locks.request(name, { mode: 'shared' }, whileHeld),
    keepAwake,
    setTimer: (run, afterMs) => void setTimeout(run, afterMs),
  });
  const backup = lazyBackup({ vaultWorker, startRestore: jobs.startRestore, onChanged: () => emit({ kind: 'backup-changed' }) });
  const exports = lazyExport(vaultWorker);
  const pool = createSearchPool(searchPoolSize(navigator.hardwareConcurrency), (number) =>
    startSearcher(vaultWorker, number, hidden.isShown()),
  );
  const hidden = lazyShown({ vaultWorker, limitMs: () => preferences.idleLockMin * 60_000 }, (shown) => {
    pool.end(new CamphorError('changed-meanwhile'));
    if (!shown) emit({ kind: 'concealed' });
  });
  const media = createMediaUrls(vaultWorker);
  whenHiddenLong(() => pool.end(new CamphorError('cancelled')));

  const close = (by: LockedBy, cause: 'hand' | 'idle'): void => {
    const reason = new CamphorError('locked');
    guarded = false;
    hidden.end();
    if (cause === 'idle') jobs.endIdle();
    else jobs.endAll();
    backup.end(cause);
    exports.end(cause);
    pool.end(reason);
    vaultWorker.end(reason);
    media.clear();
    emit({ kind: 'locked', by });
  };
  const lockAllTabs = (cause: 'hand' | 'idle'): void => {
    tabs.tell({ kind: 'lock', cause });
    close(cause, cause);
  };
  const onTabMessage = (message: TabMessage): void => {
    if (message.kind === 'lock') close('other-tab', message.cause);
    else if (message.kind === 'activity') attention.touchedElsewhere(message.atMs);
    else if (message.kind === 'forgotten') emit({ kind: 'forgotten' });
    else emit({ kind: 'preferences-changed', preferences: (preferences = message.preferences) });
  };
  // The first passphrase makes a new key: workers that hold the old one start again when they are next asked.
  const onKeyChanged = (): void => {
    pool.end(new CamphorError('changed-meanwhile'));
    backup.end('hand');
    exports.end('hand');
  };
  const tabs = joinTabs(onTabMessage, onKeyChanged);
  const attention = watchAttention(
    () => (guarded ? preferences.idleLockMin * 60_000 : 0),
    {
      onNear: (seconds) => emit({ kind: 'lock-near', seconds }),
      onAverted: () => emit({ kind: 'lock-averted' }),
      onIdle: () => lockAllTabs('idle'),
    },
    (atMs) => tabs.tell({ kind: 'activity', atMs }),
  );
  const updates = watchUpdates(() => emit({ kind: 'update-ready' }));
  const install = watchInstall(() => emit({ kind: 'install-ready' }));

  return {
    vault,
    backup: backup.calls,
    exports: exports.calls,
    startImport: jobs.startImport,
    get importing() {
      return jobs.importing;
    },
    ...jobs.changes,
    demoArchive: fetchDemo,
    prepareSearch: pool.prepare,
    search: pool.search,
    suggest: pool.suggest,
    ...media.urls,
    ...hidden.calls,
    lock: () => lockAllTabs('hand'),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get preferences() {
      return preferences;
    },
    setPreferences: (change: Partial<Preferences>) => {
      preferences = { ...preferences, ...change };
      writePreferences(localStorage, preferences);
      tabs.tell({ kind: 'preferences', preferences });
      emit({ kind: 'preferences-changed', preferences });
    },
    get installable() {
      return install.possible;
    },
    install: install.ask,
    get updateReady() {
      return updates.ready;
    },
    update: updates.apply,
    askToPersist: async () => (await navigator.storage.persist?.()) ?? false,
    readLicences: async () => (await fetchOwn('licences.txt')).text(),
    sharesOrigin: sharesOrigin(new URL(document.baseURI)),
    forgetEverything: async () => {
      lockAllTabs('hand');
      await (await vaultWorker.get()).call((verbs) => verbs.forgetEverything());
      vaultWorker.end(new CamphorError('locked'));
      await wipeOrigin();
      tabs.tell({ kind: 'forgotten' });
      emit({ kind: 'forgotten' });
    },
  };
}
