import type { JSX } from 'solid-js';
import type { EvidenceResult } from '../../model/export';
import { copyText } from '../primitives/copy-text';
import { Button } from '../primitives/button';
import { State } from '../primitives/controls';
import { saveText } from '../primitives/save-file';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './messages.module.css';

/** In fours, for reading aloud and writing down. */
export const groupHash = (hash: string): string => (hash.match(/.{1,4}/g) ?? []).join(' ');

/** What is to be noted of a pack that was made, and the page that checks it. */
export function EvidenceOutcome(props: { readonly evidence: EvidenceResult }): JSX.Element {
  const { t, toasts } = useUi();
  const copy = (): void => {
    copyText(props.evidence.manifestSha256, toasts);
  };
  return (
    <section class={css['evidence']} aria-label={t('evidence.hash')}>
      <State look="warn">{t('evidence.note')}</State>
      <p class={css['label']}>{t('evidence.hash')}</p>
      <p class={css['hash']}>{groupHash(props.evidence.manifestSha256)}</p>
      <div class={css['buttons']}>
        <Button icon="copy" onClick={copy}>
          {t('evidence.copy')}
        </Button>
        <Button icon="save" onClick={() => saveText(props.evidence.verifier, 'verify.html', 'text/html')}>
          {t('evidence.verifier')}
        </Button>
      </div>
      <p class={paneCss['quiet']}>{t('evidence.verifierWords')}</p>
    </section>
  );
}
