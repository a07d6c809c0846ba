import { For, type JSX, Show, createUniqueId, splitProps } from 'solid-js';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/paths';
import css from './controls.module.css';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** A row of chips of which one is chosen. */
export function Chips<Value extends string>(props: {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}): JSX.Element {
  return (
    <div class={css['chips']} role="group" aria-label={props.label}>
      <For each={props.options}>
        {(option) => (
          <button
            type="button"
            class={css['chip']}
            aria-pressed={option.value === props.value}
            onClick={() => props.onChoose(option.value)}
          >
            {option.label}
          </button>
        )}
      </For>
    </div>
  );
}

/** A chip that is on or off. */
export function Chip(props: { readonly label: string; readonly on: boolean; readonly onToggle: () => void }): JSX.Element {
  return (
    <button type="button" class={css['chip']} aria-pressed={props.on} onClick={() => props.onToggle()}>
      {props.label}
    </button>
  );
}

export function ChipRow(props: { readonly label: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <div class={`${css['chips']} ${css['wrap']}`} role="group" aria-label={props.label}>
      {props.children}
    </div>
  );
}

/** Radio buttons under a question. */
export function Choices<Value extends string>(props: {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value | null;
  readonly onChoose: (value: Value) => void;
}): JSX.Element {
  const name = createUniqueId();
  return (
    <fieldset class={css['choices']}>
      <legend class={css['legend']}>{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <label class={css['choice']}>
            <input type="radio" name={name} checked={option.value === props.value} onChange={() => props.onChoose(option.value)} />
            <bdi>{option.label}</bdi>
          </label>
        )}
      </For>
    </fieldset>
  );
}

/** A drop-down with its label above. */
export function Select<Value extends string>(props: {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}): JSX.Element {
  return (
    <label class={css['field']}>
      <span class={css['label']}>{props.label}</span>
      <select class={css['select']} onChange={(event) => props.onChoose(event.currentTarget.value as Value)}>
        <For each={props.options}>
          {(option) => (
            <option value={option.value} selected={option.value === props.value}>
              {option.label}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}

type FieldProps = JSX.InputHTMLAttributes<HTMLInputElement> & {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly wrong?: string | undefined;
};

/** One line of input with its label above, a hint and what is wrong below. */
export function Field(props: FieldProps): JSX.Element {
  const [own, rest] = splitProps(props, ['label', 'hint', 'wrong']);
  const id = createUniqueId();
  return (
    <div class={css['field']}>
      <label class={css['label']} for={id}>
        {own.label}
      </label>
      <input class={css['input']} {...rest} id={id} aria-invalid={own.wrong !== undefined} aria-describedby={`${id}-hint ${id}-wrong`} />
      <span id={`${id}-hint`} class={css['hint']}>
        {own.hint}
      </span>
      <span id={`${id}-wrong`} class={css['wrong']} role="alert">
        {own.wrong}
      </span>
    </div>
  );
}

export function Checkbox(props: {
  readonly label: JSX.Element;
  readonly on: boolean;
  readonly onToggle: (on: boolean) => void;
}): JSX.Element {
  return (
    <label class={css['choice']}>
      <input type="checkbox" checked={props.on} onChange={(event) => props.onToggle(event.currentTarget.checked)} />
      <span>{props.label}</span>
    </label>
  );
}

/** How far something is; without `share` it only says that it runs. */
export function Bar(props: { readonly label: string; readonly share: number | null }): JSX.Element {
  return (
    <Show when={props.share !== null} fallback={<progress class={css['bar']} aria-label={props.label} />}>
      <progress class={css['bar']} aria-label={props.label} max={1} value={props.share ?? 0} />
    </Show>
  );
}

/** What will be here, and the one action that brings it. */
export function Empty(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly words?: string;
  readonly children?: JSX.Element;
}): JSX.Element {
  return (
    <div class={css['empty']}>
      <Icon name={props.icon} />
      <p class={css['emptyTitle']}>{props.title}</p>
      <Show when={props.words}>
        <p class={css['emptyWords']}>{props.words}</p>
      </Show>
      {props.children}
    </div>
  );
}

/** A state in words with its icon, so that colour is never alone. */
export function State(props: { readonly look: 'ok' | 'warn' | 'danger'; readonly children: JSX.Element }): JSX.Element {
  return (
    <span class={`${css['state']} ${css[props.look]}`}>
      <Icon name={props.look === 'ok' ? 'check' : 'warn'} />
      <span>{props.children}</span>
    </span>
  );
}
