import { type JSX, createUniqueId, onMount } from 'solid-js';
import { useUi } from '../ui';
import { IconButton } from './button';
import css from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly narrow?: boolean;
  /** True where it holds nothing to focus but may have to be scrolled. */
  readonly readOnly?: boolean;
  readonly children: JSX.Element;
}

/** A modal dialog for as long as it is mounted; Escape, its close button and a click beside it ask to close. */
export function Dialog(props: DialogProps): JSX.Element {
  const { t } = useUi();
  const titleId = createUniqueId();
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  return (
    <dialog
      ref={(element) => (dialog = element)}
      class={css['dialog']}
      classList={{ [css['narrow'] ?? '']: props.narrow === true }}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => event.target === dialog && props.onClose()}
    >
      <div class={css['head']}>
        <h2 id={titleId} class={css['title']}>
          {props.title}
        </h2>
        <IconButton icon="close" label={t('action.close')} onClick={() => props.onClose()} />
      </div>
      <div class={css['body']} tabindex={props.readOnly === true ? 0 : undefined}>
        {props.children}
      </div>
    </dialog>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogActions(props: { readonly children: JSX.Element }): JSX.Element {
  return <div class={css['actions']}>{props.children}</div>;
}
