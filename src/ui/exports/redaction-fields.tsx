import { For, type JSX, Show, createUniqueId } from 'solid-js';
import { type Redaction, mostRedactedWords, redactedKinds } from '../../model/export';
import { Checkbox, State } from '../primitives/controls';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './messages.module.css';

/** A phrase is no longer than this; a longer line is cut. */
const longestWord = 1000;

/** One a line; empty lines are none. */
export function wordsIn(typed: string): readonly string[] {
  const lines = typed.split('\n').map((line) => line.trim().slice(0, longestWord));
  return lines.filter((line) => line !== '').slice(0, mostRedactedWords);
}

/** What is blacked out of an export; null while nothing is. */
export function RedactionFields(props: {
  readonly redaction: Redaction | null;
  readonly hasMedia: boolean;
  readonly onChange: (redaction: Redaction | null) => void;
}): JSX.Element {
  const { t } = useUi();
  return (
    <div class={css['choice']}>
      <Checkbox
        label={t('messages.redact')}
        on={props.redaction !== null}
        onToggle={(on) => props.onChange(on ? { words: [], kinds: [] } : null)}
      />
      <Show when={props.redaction}>
        {(redaction) => <RedactionChoice redaction={redaction()} hasMedia={props.hasMedia} onChange={props.onChange} />}
      </Show>
    </div>
  );
}

function RedactionChoice(props: {
  readonly redaction: Redaction;
  readonly hasMedia: boolean;
  readonly onChange: (redaction: Redaction) => void;
}): JSX.Element {
  const { t } = useUi();
  const id = createUniqueId();
  const setKind = (kind: Redaction['kinds'][number], on: boolean): void => {
    const others = props.redaction.kinds.filter((each) => each !== kind);
    props.onChange({ ...props.redaction, kinds: on ? [...others, kind] : others });
  };
  return (
    <div class={css['redaction']}>
      <label class={css['label']} for={id}>
        {t('messages.redactWords')}
      </label>
      <textarea
        id={id}
        class={css['words']}
        rows="3"
        dir="auto"
        spellcheck={false}
        autocomplete="off"
        aria-describedby={`${id}-hint`}
        onInput={(event) => props.onChange({ ...props.redaction, words: wordsIn(event.currentTarget.value) })}
      />
      <p id={`${id}-hint`} class={paneCss['quiet']}>
        {t('messages.redactHint')}
      </p>
      <fieldset class={css['kinds']}>
        <legend class={css['label']}>{t('messages.redactKinds')}</legend>
        <For each={redactedKinds}>
          {(kind) => (
            <Checkbox label={t(`messages.redact.${kind}`)} on={props.redaction.kinds.includes(kind)} onToggle={(on) => setKind(kind, on)} />
          )}
        </For>
      </fieldset>
      <p class={paneCss['quiet']}>{t('messages.redactWhat')}</p>
      <Show when={props.hasMedia} fallback={<p class={paneCss['quiet']}>{t('messages.redactNoMedia')}</p>}>
        <State look="warn">{t('messages.redactMedia')}</State>
      </Show>
    </div>
  );
}
