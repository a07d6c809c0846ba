import {
  type Component,
  ErrorBoundary,
  type JSX,
  Match,
  Show,
  Suspense,
  Switch,
  createEffect,
  createSignal,
  lazy,
  onCleanup,
  onMount,
  untrack,
} from 'solid-js';
import { ConversationList } from '../conversations/conversation-list';
import { progressShare } from '../import/import-state';
import type * as Keeping from '../keeping/keeping';
import { followKeyboard } from '../keyboard';
import { Empty } from '../primitives/controls';
import type { Route } from '../router';
import { type Ui, useUi } from '../ui';
import { Foot } from './foot';
import css from './shell.module.css';
import { ToastStack } from './toast-stack';
import { WindowDrop } from './window-drop';

const FirstRun = lazy(async () => ({ default: (await import('./first-run')).FirstRun }));
const LockScreen = lazy(async () => ({ default: (await import('./lock-screen')).LockScreen }));
const Trouble = lazy(async () => ({ default: (await import('./trouble')).Trouble }));
const Timeline = lazy(async () => ({ default: (await import('../reading/timeline')).Timeline }));
const SearchPane = lazy(async () => ({ default: (await import('../searching/search-pane')).SearchPane }));
const DetailsPane = lazy(async () => ({ default: (await import('../conversations/details-pane')).DetailsPane }));
const ImportScreen = lazy(async () => ({ default: (await import('../import/import-screen')).ImportScreen }));
const ReceiptsScreen = lazy(async () => ({ default: (await import('../receipts/receipts-screen')).ReceiptsScreen }));
const SettingsScreen = lazy(async () => ({ default: (await import('../settings/settings-screen')).SettingsScreen }));
const GalleryScreen = lazy(async () => ({ default: (await import('../gallery/gallery-screen')).GalleryScreen }));
const StatisticsScreen = lazy(async () => ({ default: (await import('../statistics/statistics-screen')).StatisticsScreen }));
const keeping = (): Promise<typeof Keeping> => import('../keeping/keeping');
const KeptScreen = lazy(async () => ({ default: (await keeping()).KeptScreen }));
const MemoriesScreen = lazy(async () => ({ default: (await keeping()).MemoriesScreen }));
const PeopleScreen = lazy(async () => ({ default: (await import('../people/people-screen')).PeopleScreen }));
const MemoryCard = lazy(async () => ({ default: (await keeping()).MemoryCard }));
const BackupScreen = lazy(async () => ({ default: (await import('../backups/backup-screen')).BackupScreen }));
const Palette = lazy(async () => ({ default: (await import('./palette')).Palette }));
const Shortcuts = lazy(async () => ({ default: (await import('./shortcuts')).Shortcuts }));

/** Fetches what those see who are new here, while the words are on their way. */
export const fetchFirstRun = (): void => void FirstRun.preload().catch(() => {});

/** The window: what the state of the vault and the address ask for. */
export function Shell(): JSX.Element {
  const ui = useUi();
  followKeyboard(ui);
  followTitle(ui);
  followLook(ui);
  const [unreadable, setUnreadable] = createSignal(false);
  onMount(async () => {
    setUnreadable(await openVault(ui));
    // Needed where the host has a newer version already, and the files of this one no longer.
    Trouble.preload().catch(() => {});
    if ('launchQueue' in window) import('./launches').then(({ followLaunches }) => followLaunches(ui), () => {}); // prettier-ignore
  });
  onCleanup(ui.session.onEvent(({ kind }) => kind === 'superseded' && setUnreadable(true)));
  // Beside the screens, not among them: one whose files the host no longer has may be waiting, or have failed.
  return (
    <Show when={unreadable()} fallback={<Guarded screens={<Screens />} />}>
      <Guarded screens={<Trouble kind="newer" />} />
    </Show>
  );
}

/** What fails is said, and nothing else is shown then. */
function Guarded(props: { readonly screens: JSX.Element }): JSX.Element {
  const { toasts } = useUi();
  return (
    <ErrorBoundary fallback={(cause: unknown) => (toasts.fail(cause), (<ToastStack />))}>
      <Suspense>{props.screens}</Suspense>
      <ToastStack />
    </ErrorBoundary>
  );
}

/** The screen that the vault and the address ask for, and what lies over it. */
function Screens(): JSX.Element {
  const ui = useUi();
  const state = (): string | undefined => ui.status()?.state;
  // Whoever has never had a conversation here need not wait for the vault to say so.
  const isNew = untrack(() => ui.route().screen === 'home' && ui.preferences().seenVersion === '');
  const isFirst = (): boolean =>
    ui.conversations() === undefined
      ? isNew && ui.status() === null
      : ui.conversations()?.length === 0 && !['import', 'settings', 'receipts', 'backup'].includes(ui.route().screen);
  return (
    <>
      <Suspense>
        <Switch>
          <Match when={state() === 'locked'}>
            <LockScreen />
          </Match>
          <Match when={state() === 'evicted' || state() === 'damaged'}>
            <Trouble kind={state() === 'evicted' ? 'evicted' : 'damaged'} />
          </Match>
          <Match when={isFirst()}>
            <FirstRun />
            <Foot />
          </Match>
          <Match when={ui.conversations() !== undefined}>
            <Panes />
          </Match>
        </Switch>
        <Show when={state() !== 'locked' && ui.conversations() !== undefined}>
          <WindowDrop />
        </Show>
      </Suspense>
      <Suspense>
        <Show when={ui.dialog() === 'palette'}>
          <Palette onClose={() => ui.setDialog(null)} />
        </Show>
        <Show when={ui.dialog() === 'shortcuts'}>
          <Shortcuts onClose={() => ui.setDialog(null)} />
        </Show>
      </Suspense>
    </>
  );
}

/**
 * Up to three panes where there is room, one of them where there is not. One tree for both: what is typed into a screen
 * stays while the window changes its width.
 */
function Panes(): JSX.Element {
  const ui = useUi();
  const screen = (): string => ui.route().screen;
  const details = (): boolean =>
    ui.panel() === 'details' && (ui.wide() ? ui.current() !== undefined || screen() === 'search' : screen() === 'conversation');
  const third = (): boolean => details() || screen() === 'search' || (ui.wide() && ui.panel() === 'search');
  return (
    <div class={css['shell']} classList={{ [css['wide'] ?? '']: ui.wide(), [css['three'] ?? '']: ui.wide() && third() }}>
      <Show when={ui.wide() || screen() === 'home'}>
        <ConversationList />
      </Show>
      <Show when={ui.wide() || (screen() !== 'home' && !third())}>
        <Suspense fallback={<main />}>
          <MainPane />
        </Suspense>
      </Show>
      <Show when={third()}>
        <Suspense fallback={<aside />}>
          <Show when={details()} fallback={<SearchPane />}>
            <DetailsPane />
          </Show>
        </Suspense>
      </Show>
      <Foot />
    </div>
  );
}

const mainScreens: Partial<Record<Route['screen'], Component>> = {
  import: ImportScreen,
  receipts: ReceiptsScreen,
  settings: SettingsScreen,
  gallery: GalleryScreen,
  statistics: StatisticsScreen,
  kept: KeptScreen,
  memories: MemoriesScreen,
  people: PeopleScreen,
  backup: BackupScreen,
};

function MainPane(): JSX.Element {
  const ui = useUi();
  return (
    <Show when={mainScreens[ui.route().screen]} fallback={<ConversationPane />} keyed>
      {(Screen) => <Screen />}
    </Show>
  );
}

function ConversationPane(): JSX.Element {
  const ui = useUi();
  return (
    <Show when={ui.current()} fallback={<NothingOpen />}>
      {(conversation) => <Timeline conversation={conversation()} />}
    </Show>
  );
}

function NothingOpen(): JSX.Element {
  const { t } = useUi();
  return (
    <main class={css['nothing']}>
      <Empty icon="chat" title={t('home.choose')} words={t('home.chooseWords')} />
      <Suspense>
        <MemoryCard />
      </Suspense>
    </main>
  );
}

/** True where what is kept here can only be read by a newer version. */
async function openVault(ui: Ui): Promise<boolean> {
  try {
    const open = await ui.session.vault.open();
    ui.setStatus(open);
    if (open.state === 'open' || open.state === 'newer' || open.state === 'empty') await ui.refresh();
    return open.state === 'newer' && ui.conversations() === undefined;
  } catch (cause) {
    ui.toasts.fail(cause);
    return false;
  }
}

/** The title names the app and how far an import or a backup is; never a person, a conversation or a query. */
function followTitle(ui: Ui): void {
  createEffect(() => {
    const share = ui.imports.phase() === 'running' ? progressShare(ui.imports.progress()) : (ui.background()?.share ?? null);
    document.title = share === null ? ui.t('app.name') : `${ui.format().percent(share)} · ${ui.t('app.name')}`;
  });
}

function followLook(ui: Ui): void {
  createEffect(() => {
    document.documentElement.lang = ui.language();
    const { theme, textSize, density } = ui.preferences();
    // theme.css knows no `system`, `usual` and `roomy`: those are what it begins with.
    Object.assign(document.documentElement.dataset, { theme, textSize, density });
  });
}
