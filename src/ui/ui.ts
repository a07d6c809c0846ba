// What every component is given: the session, the words, the route, and the few states that outlive a screen.

import { type Accessor, type Setter, createContext, createMemo, createSignal, onCleanup, useContext } from 'solid-js';
import type { Preferences, Session, SessionEvent } from '../session/session';
import type { ConversationView, VaultStatus } from '../model/view';
import { type Format, createFormat, formatLocale } from './format';
import { createLatest } from './latest';
import { type ImportState, createImportState } from './import/import-state';
import { type Toasts, createToasts } from './primitives/toast-state';
import { type Route, type Router, createRouter } from './router';
import { type SearchState, createSearchState } from './searching/search-state';
import { type LoadedStrings, type Section, type Translate, createTranslate } from './strings/strings';
import type { Language } from './strings/text';

export type Panel = 'search' | 'details' | null;
export type OpenDialog = 'palette' | 'shortcuts' | 'calendar' | null;

/** A long job of a screen that was fetched later, as the foot of the window tells of it. */
export interface BackgroundJob {
  readonly words: string;
  readonly share: number | null;
  readonly route: Route;
}

export interface Ui {
  readonly session: Session;
  readonly t: Translate;
  /** True once the words of a section are here. */
  readonly hasWords: (section: Section) => boolean;
  readonly wantWords: (section: Section) => void;
  readonly language: Accessor<Language>;
  readonly format: Accessor<Format>;
  readonly preferences: Accessor<Preferences>;
  readonly route: Router['route'];
  readonly go: Router['go'];
  readonly status: Accessor<VaultStatus | null>;
  readonly setStatus: Setter<VaultStatus | null>;
  /** Undefined until first read. */
  readonly conversations: Accessor<readonly ConversationView[] | undefined>;
  readonly settings: Accessor<Readonly<Record<string, string>>>;
  readonly changeSetting: (name: string, value: string) => void;
  /** Reads the list again; so does every event that may have changed it. */
  readonly refresh: () => Promise<void>;
  /** Grows with each commit, in this tab or another: whatever depends on it reads again. */
  readonly edition: Accessor<number>;
  /** For a change of overlays that pages show, such as who is "me": they read again. */
  readonly nextEdition: () => void;
  readonly toasts: Toasts;
  readonly imports: ImportState;
  readonly search: SearchState;
  /** The third pane. */
  readonly panel: Accessor<Panel>;
  readonly setPanel: (panel: Panel) => void;
  readonly dialog: Accessor<OpenDialog>;
  readonly setDialog: (dialog: OpenDialog) => void;
  /** The conversation in the middle pane, which stays there while the search has the address. */
  readonly current: Accessor<ConversationView | undefined>;
  readonly wide: Accessor<boolean>;
  readonly lockNear: Accessor<number | null>;
  readonly background: Accessor<BackgroundJob | null>;
  readonly setBackground: (job: BackgroundJob | null) => void;
  readonly updateReady: Accessor<boolean>;
  /** Where each conversation was left, for coming back to it. */
  readonly places: Map<string, { readonly seq: number; readonly offsetPx: number }>;
}

export const UiContext = createContext<Ui>();

/** Throws outside of the app: a mistake in the code, not of the owner. */
export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (ui === undefined) throw new Error('useUi outside of UiContext');
  return ui;
}

/** IANA zone of the screen. */
export function screenZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What the owner's vault shows, and nothing more once it is locked. */
interface Shown {
  readonly refresh: () => Promise<void>;
  /** Drops everything that shows content. */
  readonly drop: () => void;
}

/** Makes the state of the interface; lives as long as the root that it is called in. */
export function createUi(
  session: Session,
  preferences: Accessor<Preferences>,
  strings: Accessor<LoadedStrings>,
  wantWords: Ui['wantWords'],
): Ui {
  const language = createMemo(() => strings().language);
  const router = createRouter();
  const toasts = createToasts();
  const needs = { session, toasts, go: router.go };
  const imports = createImportState(needs);
  const search = createSearchState(needs);
  const vault = createVaultState(session, toasts);
  const panes = createPanes();
  const format = createMemo(() => createFormat(formatLocale(language(), navigator.languages)));
  const current = followCurrent(router.route, vault.conversations);
  const drop = (): void => {
    vault.drop();
    panes.drop();
    search.clear();
    imports.conceal();
    toasts.clear();
  };
  // Home first: another screen would ask the vault for what it shows, and so make a new one at once.
  const forget = (): void => {
    router.go({ screen: 'home' }, true);
    vault.empty();
  };
  const notices = followSession(session, { ...vault, drop, forget });
  return {
    session,
    preferences,
    language,
    format,
    toasts,
    imports,
    search,
    current,
    t: createTranslate(strings),
    hasWords: (section) => strings().sections.includes(section),
    wantWords,
    route: router.route,
    go: router.go,
    wide: followMedia('(min-width: 900px)'),
    ...vault,
    ...panes,
    ...notices,
  };
}

type VaultState = Pick<Ui, 'status' | 'setStatus' | 'conversations' | 'settings' | 'changeSetting' | 'edition'> &
  Shown & { readonly nextEdition: () => void; readonly empty: () => void };

function createVaultState(session: Session, toasts: Toasts): VaultState {
  const [status, setStatus] = createSignal<VaultStatus | null>(null);
  const [conversations, setConversations] = createSignal<readonly ConversationView[]>();
  const [settings, setSettings] = createSignal<Readonly<Record<string, string>>>({});
  const [edition, setEdition] = createSignal(0);
  const takeTurn = createLatest();
  const refresh = async (): Promise<void> => {
    if (status()?.state === 'locked') return;
    const turn = takeTurn();
    try {
      const [now, list, kept] = await Promise.all([session.vault.status(), session.vault.conversations(), session.vault.settings()]);
      if (!turn.isLatest()) return;
      setStatus(now);
      setConversations(list);
      setSettings(kept);
    } catch (cause) {
      if (turn.isLatest()) toasts.fail(cause);
    }
  };
  return {
    status,
    setStatus,
    conversations,
    settings,
    edition,
    refresh,
    nextEdition: () => setEdition((number) => number + 1),
    drop() {
      takeTurn();
      setConversations(undefined);
      setSettings({});
    },
    empty() {
      setStatus((was) => (was === null ? null : { ...was, state: 'empty', hasPassphrase: false }));
      setConversations([]);
    },
    changeSetting(name, value) {
      setSettings({ ...settings(), [name]: value });
      session.vault.setSetting(name, value).catch(toasts.fail);
    },
  };
}

type Panes = Pick<Ui, 'panel' | 'setPanel' | 'dialog' | 'setDialog' | 'places' | 'background' | 'setBackground'>;

function createPanes(): Panes & { readonly drop: () => void } {
  const [panel, setPanel] = createSignal<Panel>(null);
  const [dialog, setDialog] = createSignal<OpenDialog>(null);
  const [background, setBackground] = createSignal<BackgroundJob | null>(null);
  const places: Ui['places'] = new Map();
  const drop = (): void => {
    setPanel(null);
    setDialog(null);
    setBackground(null);
    places.clear();
  };
  return { panel, setPanel, dialog, setDialog, background, setBackground, places, drop };
}

type Followed = VaultState & { readonly forget: () => void };

function followSession(session: Session, shown: Followed): Pick<Ui, 'lockNear' | 'updateReady'> {
  const [lockNear, setLockNear] = createSignal<number | null>(null);
  const [updateReady, setUpdateReady] = createSignal(session.updateReady);
  const follow = (event: SessionEvent): void => {
    if (event.kind === 'archive-changed') shown.nextEdition();
    if (event.kind === 'archive-changed' || event.kind === 'notes-changed') void shown.refresh();
    else if (event.kind === 'lock-near') setLockNear(event.seconds);
    else if (event.kind === 'update-ready') setUpdateReady(true);
    else if (event.kind === 'lock-averted') setLockNear(null);
    else if (event.kind === 'superseded') shown.drop();
    else if (event.kind === 'locked' || event.kind === 'forgotten') {
      setLockNear(null);
      shown.drop();
      if (event.kind === 'forgotten') shown.forget();
      else shown.setStatus((was) => (was === null ? null : { ...was, state: 'locked' }));
    }
  };
  onCleanup(session.onEvent(follow));
  return { lockNear, updateReady };
}

function followCurrent(
  route: Accessor<Route>,
  conversations: Accessor<readonly ConversationView[] | undefined>,
): Accessor<ConversationView | undefined> {
  const id = createMemo<string | null>((last) => {
    const now = route();
    if (now.screen === 'conversation') return now.id;
    return now.screen === 'search' ? last : null;
  }, null);
  return createMemo(() => conversations()?.find((conversation) => conversation.id === id()));
}

function followMedia(query: string): Accessor<boolean> {
  const media = matchMedia(query);
  const [matches, setMatches] = createSignal(media.matches);
  // A page of paper is narrower than the window: printing must not draw the screen anew and lose what stands in it.
  const follow = (): void => {
    if (!matchMedia('print').matches) setMatches(media.matches);
  };
  media.addEventListener('change', follow);
  onCleanup(() => media.removeEventListener('change', follow));
  return matches;
}
