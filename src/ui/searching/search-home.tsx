import { For, type JSX, Show, createSignal, onCleanup } from 'solid-js';
import { Button, IconButton } from '../primitives/button';
import { Checkbox } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { Menu } from '../primitives/menu';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { keepsRecentSetting, readRecent, recentSetting, type RecentSearch, withoutRecent, writeRecent } from './recent-searches';
import { SaveDialog } from './save-dialog';
import { type SavedSearch, keepSaved, readSaved, removeSaved } from './saved-searches';
import css from './search-home.module.css';
import { SearchHints } from './search-hints';
import { startSearch } from './start-search';

/** What the pane shows while nothing is looked for: saved and recent searches, and how queries are written. */
export function SearchHome(): JSX.Element {
  return (
    <>
      <SavedList />
      <RecentList />
      <SearchHints />
      <KeepsRecent />
    </>
  );
}

function SavedList(): JSX.Element {
  const { t, session, toasts, search, format } = useUi();
  const [turn, setTurn] = createSignal(0);
  const [edited, setEdited] = createSignal<SavedSearch | null>(null);
  const [removed, setRemoved] = createSignal<SavedSearch | null>(null);
  onCleanup(session.onEvent(({ kind }) => kind === 'notes-changed' && setTurn((number) => number + 1)));
  const saved = createLoaded(turn, async () => readSaved(await session.vault.overlays('saved-search'), format().locale), toasts.fail);
  const open = ({ query, order, loose }: SavedSearch): void => startSearch(search, { query, order, loose, scope: null });
  const remove = (gone: SavedSearch): void => {
    removeSaved(session, gone.id)
      .then(() => setRemoved(gone))
      .catch(toasts.fail);
  };
  const bringBack = (gone: SavedSearch): void => {
    keepSaved(session, gone)
      .then(() => setRemoved(null))
      .catch(toasts.fail);
  };
  return (
    <Show when={(saved()?.length ?? 0) > 0 || removed() !== null}>
      <section class={css['kept']} aria-label={t('search.saved')}>
        <h2 class={paneCss['quiet']}>{t('search.saved')}</h2>
        <ul>
          <For each={saved()}>
            {(one) => (
              <li class={css['row']}>
                <button type="button" class={css['open']} onClick={() => open(one)}>
                  <bdi class={css['name']}>{one.name}</bdi>
                  <Show when={one.query !== one.name}>
                    <bdi class={css['query']}>{one.query}</bdi>
                  </Show>
                </button>
                <Menu
                  icon="more"
                  label={t('search.savedMenu', { name: one.name })}
                  items={[
                    { label: t('search.edit'), icon: 'sliders', run: () => setEdited(one) },
                    { label: t('search.remove'), icon: 'trash', run: () => remove(one) },
                  ]}
                />
              </li>
            )}
          </For>
        </ul>
        <Show when={removed()}>
          {(gone) => (
            <p class={css['undo']} role="status">
              <span>{t('search.removed', { name: gone().name })}</span>
              <Button look="plain" icon="undo" onClick={() => bringBack(gone())}>
                {t('search.undo')}
              </Button>
            </p>
          )}
        </Show>
        <Show when={edited()}>{(one) => <SaveDialog search={one()} isNew={false} onClose={() => setEdited(null)} />}</Show>
      </section>
    </Show>
  );
}

function RecentList(): JSX.Element {
  const { t, settings, changeSetting, conversations, search } = useUi();
  const recent = (): readonly RecentSearch[] => readRecent(settings()[recentSetting]);
  const where = ({ scope }: RecentSearch): string | undefined => conversations()?.find(({ id }) => id === scope)?.name;
  // One whose conversation is gone would find nothing.
  const shown = (): readonly RecentSearch[] => recent().filter((one) => one.scope === null || where(one) !== undefined);
  return (
    <Show when={shown().length > 0}>
      <section class={css['kept']} aria-label={t('search.recent')}>
        <div class={css['title']}>
          <h2 class={paneCss['quiet']}>{t('search.recent')}</h2>
          <Button look="plain" onClick={() => changeSetting(recentSetting, '[]')}>
            {t('search.clearRecent')}
          </Button>
        </div>
        <ul>
          <For each={shown()}>
            {(one) => (
              <li class={css['row']}>
                <button type="button" class={css['open']} onClick={() => startSearch(search, { ...one, order: 'newest' })}>
                  <bdi>{one.query}</bdi>
                  <Show when={where(one)}>{(name) => <bdi class={css['query']}>{name()}</bdi>}</Show>
                </button>
                <IconButton
                  icon="close"
                  label={t('search.forget', { query: one.query })}
                  onClick={() => changeSetting(recentSetting, writeRecent(withoutRecent(recent(), one)))}
                />
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

function KeepsRecent(): JSX.Element {
  const { t, settings, changeSetting } = useUi();
  const keep = (on: boolean): void => {
    changeSetting(keepsRecentSetting, on ? 'on' : 'off');
    if (!on) changeSetting(recentSetting, '[]');
  };
  return (
    <div class={css['kept']}>
      <Checkbox label={t('search.keepRecent')} on={settings()[keepsRecentSetting] !== 'off'} onToggle={keep} />
      <p class={paneCss['quiet']}>{t('search.keepRecentWords')}</p>
    </div>
  );
}
