import { type JSX, createSignal } from 'solid-js';
import { Button } from '../primitives/button';
import { Field } from '../primitives/controls';
import { Dialog, DialogActions } from '../primitives/dialog';
import { useUi } from '../ui';
import { type SavedSearch, keepSaved } from './saved-searches';

/** Asks for the name of a search, and keeps it. */
export function SaveDialog(props: { readonly search: SavedSearch; readonly isNew: boolean; readonly onClose: () => void }): JSX.Element {
  const { t, session, toasts } = useUi();
  // The dialog is made anew for each search.
  // oxlint-disable-next-line solid/reactivity
  const [name, setName] = createSignal(props.search.name);
  // oxlint-disable-next-line solid/reactivity
  const [query, setQuery] = createSignal(props.search.query);
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (query().trim() === '') return;
    try {
      await keepSaved(session, { ...props.search, name: name(), query: query().trim() });
      props.onClose();
      if (props.isNew) toasts.notice('search.savedNow');
    } catch (cause) {
      toasts.fail(cause);
    }
  };
  return (
    <Dialog title={t(props.isNew ? 'search.save' : 'search.edit')} narrow onClose={() => props.onClose()}>
      <form onSubmit={(event) => void save(event)}>
        <Field
          label={t('search.savedName')}
          value={name()}
          maxLength={200}
          dir="auto"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Field
          label={t('search.savedQuery')}
          value={query()}
          maxLength={2000}
          required
          dir="auto"
          spellcheck={false}
          hint={t('search.savedHint')}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <DialogActions>
          <Button onClick={() => props.onClose()}>{t('action.cancel')}</Button>
          <Button look="main" type="submit">
            {t('search.saveNow')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
