import type { JSX } from 'solid-js';
import { readFileInput } from '../../session/drop';
import { Button } from '../primitives/button';
import { useUi } from '../ui';
import css from './shell.module.css';

/** The two buttons that choose files or a folder, for whoever does not drag. */
export function FileChoice(): JSX.Element {
  const { t, imports } = useUi();
  let files!: HTMLInputElement;
  let folder!: HTMLInputElement;
  const take = (input: HTMLInputElement): void => {
    const chosen = input.files === null ? [] : readFileInput(input.files);
    input.value = '';
    if (chosen.length > 0) void imports.begin(chosen);
  };
  return (
    <div class={css['buttons']}>
      <input
        ref={(element) => (files = element)}
        type="file"
        multiple
        hidden
        aria-label={t('import.chooseFiles')}
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={(input) => {
          folder = input;
          input.webkitdirectory = true;
        }}
        type="file"
        hidden
        aria-label={t('import.chooseFolder')}
        onChange={(event) => take(event.currentTarget)}
      />
      <Button look="main" icon="file" onClick={() => files.click()}>
        {t('import.chooseFiles')}
      </Button>
      <Button icon="folder" onClick={() => folder.click()}>
        {t('import.chooseFolder')}
      </Button>
    </div>
  );
}
