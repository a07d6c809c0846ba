import { type JSX, Show, createSignal } from 'solid-js';
import { noteLimit } from '../../model/marks';
import { Button } from '../primitives/button';
import { Dialog, DialogActions } from '../primitives/dialog';
import { useUi } from '../ui';
import type { MarkState } from './change-mark';
import css from './keeping.module.css';
import { TagField, addTags } from './tag-field';

/** A note on a message and its tags. Draws once its words are here; begins at `field`. */
export function KeepDialog(props: {
  readonly mark: MarkState;
  readonly field: 'note' | 'tags';
  readonly onSave: (mark: MarkState) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const ui = useUi();
  ui.wantWords('reading');
  return (
    <Show when={ui.hasWords('reading')}>
      <KeepForm {...props} />
    </Show>
  );
}

function KeepForm(props: Parameters<typeof KeepDialog>[0]): JSX.Element {
  const { t } = useUi();
  // The dialog is made anew for each message.
  // oxlint-disable-next-line solid/reactivity
  const [note, setNote] = createSignal(props.mark.note ?? '');
  // oxlint-disable-next-line solid/reactivity
  const [tags, setTags] = createSignal(props.mark.tags ?? []);
  const [typed, setTyped] = createSignal('');
  const save = (event: Event): void => {
    event.preventDefault();
    props.onSave({ bookmarked: props.mark.bookmarked, note: note(), tags: addTags(tags(), typed()) });
    props.onClose();
  };
  const saveByKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(event);
  };
  return (
    <Dialog title={t('keep.title')} narrow onClose={() => props.onClose()}>
      <form class={css['form']} onSubmit={save} onKeyDown={saveByKey}>
        <label class={css['field']}>
          <span class={css['label']}>{t('keep.note')}</span>
          <textarea
            autofocus={props.field === 'note'}
            class={css['area']}
            rows="5"
            dir="auto"
            maxLength={noteLimit}
            value={note()}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </label>
        <TagField isFirst={props.field === 'tags'} tags={tags()} onTags={setTags} typed={typed()} onTyped={setTyped} />
        <p class={css['hint']}>{t('keep.hint')}</p>
        <DialogActions>
          <Button onClick={() => props.onClose()}>{t('action.cancel')}</Button>
          <Button look="main" type="submit">
            {t('keep.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
