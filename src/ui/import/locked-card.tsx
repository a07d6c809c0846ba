import { type JSX, createSignal } from 'solid-js';
import type { CamphorError } from '../../model/error';
import type { LockedFile } from '../../model/view';
import { Button } from '../primitives/button';
import { Field } from '../primitives/controls';
import { shownName } from '../primitives/file-name';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './import.module.css';

/** A file of the drop that only its owner's key opens: asks for it. */
export function LockedCard(props: { readonly file: LockedFile }): JSX.Element {
  const { t, imports } = useUi();
  const [secret, setSecret] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [wrong, setWrong] = createSignal<string>();
  const wordsOf = ({ code, facts }: CamphorError): string => {
    if (code === 'wrong-secret') return t(`locked.wrong.${props.file.opensBy}`);
    if (code === 'secret-costs-too-much') return t('locked.costsTooMuch');
    return code === 'damaged' ? t('locked.damaged') : t(`error.${code}`, facts);
  };
  const open = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setWrong(undefined);
    const [{ fileId }, given] = [props.file, secret()];
    const error = await imports.amend((job, _, report) => job.unlock(fileId, given, report));
    setBusy(false);
    if (error !== null) setWrong(wordsOf(error));
  };
  return (
    <Card title={t('locked.title')}>
      <p>
        <bdi>{shownName(props.file.path)}</bdi>
      </p>
      <p>{t(`locked.words.${props.file.opensBy}`)}</p>
      <form class={css['form']} onSubmit={(event) => void open(event)}>
        <Field
          type="password"
          label={t(`locked.${props.file.opensBy}`)}
          autocomplete="off"
          required
          wrong={wrong()}
          value={secret()}
          onInput={(event) => setSecret(event.currentTarget.value)}
        />
        <div class={paneCss['row']}>
          <Button type="submit" look="main" disabled={busy()}>
            {t(busy() ? 'locked.opening' : 'locked.open')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
