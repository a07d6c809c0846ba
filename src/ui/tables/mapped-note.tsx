import type { JSX } from 'solid-js';
import { Button } from '../primitives/button';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';

/** Of an archive that is a table: that its columns were chosen, and the way to change them. */
export function MappedNote(props: { readonly onChange: () => void }): JSX.Element {
  const { t } = useUi();
  return (
    <div class={paneCss['row']}>
      <p class={paneCss['quiet']}>{t('seen.mapped')}</p>
      <Button look="plain" onClick={() => props.onChange()}>
        {t('seen.changeColumns')}
      </Button>
    </div>
  );
}
