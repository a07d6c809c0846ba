import { For, type JSX, Show, createSignal, createUniqueId, onMount } from 'solid-js';
import type { SearchSuggestion } from '../../model/view';
import { createLatest } from '../latest';
import { useUi } from '../ui';
import { replaceWord } from './query-words';
import css from './search.module.css';

/** The field of the search, with suggestions for operators and names below it. */
export function SearchField(): JSX.Element {
  const { t, search, session, language } = useUi();
  const id = createUniqueId();
  const takeTurn = createLatest();
  const [suggestions, setSuggestions] = createSignal<readonly SearchSuggestion[]>([]);
  const [active, setActive] = createSignal(-1);
  let input!: HTMLInputElement;
  onMount(() => input.focus());
  const close = (): void => {
    takeTurn();
    setSuggestions([]);
    setActive(-1);
  };
  const suggest = async (): Promise<void> => {
    if (input.value.trim() === '') return close();
    const turn = takeTurn();
    try {
      const found = await session.suggest(input.value, input.selectionStart ?? input.value.length, language());
      if (!turn.isLatest()) return;
      setSuggestions(found);
      setActive(-1);
    } catch {
      close();
    }
  };
  const take = (suggestion: SearchSuggestion): void => {
    const next = replaceWord(input.value, input.selectionStart ?? input.value.length, suggestion.insert);
    search.setQuery(next.query);
    input.value = next.query;
    input.setSelectionRange(next.cursor, next.cursor);
    close();
    input.focus();
    if (suggestion.insert.endsWith(':')) void suggest();
  };
  const press = (event: KeyboardEvent): void => {
    const all = suggestions();
    if (event.key === 'Escape' && all.length > 0) {
      event.preventDefault();
      close();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !event.altKey) {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      if (all.length > 0) setActive((active() + by + all.length + 1) % (all.length + 1));
      else search.step(by);
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      const chosen = all[active()];
      if (chosen !== undefined) take(chosen);
      else {
        close();
        search.step(1);
      }
    }
  };
  return (
    <div class={css['field']}>
      <input
        ref={(element) => (input = element)}
        class={css['input']}
        type="search"
        data-search-field=""
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={suggestions().length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active() >= 0 ? `${id}-${active()}` : undefined}
        placeholder={t(search.scope() === null ? 'search.everywhere' : 'search.here')}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        value={search.query()}
        onInput={(event) => {
          search.setQuery(event.currentTarget.value);
          void suggest();
        }}
        onKeyDown={press}
        onBlur={close}
      />
      <Show when={suggestions().length > 0}>
        <div id={`${id}-list`} class={css['suggestions']} role="listbox" aria-label={t('search.suggestions')}>
          <For each={suggestions()}>
            {(suggestion, index) => (
              <div
                id={`${id}-${index()}`}
                role="option"
                aria-selected={index() === active()}
                class={css['suggestion']}
                onPointerDown={(event) => {
                  event.preventDefault();
                  take(suggestion);
                }}
              >
                <bdi>{suggestion.label === '' ? suggestion.insert : suggestion.label}</bdi>
                <span>{suggestion.kind === 'value' ? '' : t(`search.kind.${suggestion.kind}`)}</span>
              </div>
            )}
          </For>
        </div>
      </Show>
    </div>
  );
}
