import { For, type JSX, Show, createSignal } from 'solid-js';
import type { DoctorFinding, DriveKind } from '../../model/drive';
import { copyText } from '../primitives/copy-text';
import { Button } from '../primitives/button';
import { Select } from '../primitives/controls';
import type { Values } from '../strings/strings';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { type Snippet, doctorAdvice } from './advice';
import css from './backup.module.css';

/** What a finding means, what to do, and the server configuration to paste. */
export function AdviceView(props: {
  readonly finding: DoctorFinding;
  readonly kind: DriveKind;
  readonly place: string;
  readonly facts: Values;
}): JSX.Element {
  const { t } = useUi();
  const advice = () => doctorAdvice(props.finding, { kind: props.kind, place: props.place, origin: location.origin });
  return (
    <>
      <p>{t(advice().what, props.facts)}</p>
      <p class={paneCss['quiet']}>{t(advice().todo, props.facts)}</p>
      <Show when={advice().snippets.length > 0}>
        <SnippetChoice snippets={advice().snippets} />
      </Show>
    </>
  );
}

/** Configuration for the server that one has: chosen from a list, copied by a button. */
function SnippetChoice(props: { readonly snippets: readonly Snippet[] }): JSX.Element {
  const { t } = useUi();
  const [chosen, setChosen] = createSignal('');
  const snippet = (): Snippet | undefined => props.snippets.find(({ id }) => id === chosen());
  const options = () => [
    { value: '', label: t('backup.server.choose') },
    ...props.snippets.map(({ id }) => ({ value: id, label: t(`backup.server.${id}`) })),
  ];
  return (
    <>
      <Select label={t('backup.server.label')} options={options()} value={chosen()} onChoose={setChosen} />
      <Show when={snippet()}>
        {(one) => (
          <>
            <p class={paneCss['quiet']}>{t(`backup.server.${one().id}.words`)}</p>
            <For each={one().blocks}>{(block) => <CopyBlock text={block} />}</For>
          </>
        )}
      </Show>
    </>
  );
}

/** Text to be pasted elsewhere, with a button that copies it. */
export function CopyBlock(props: { readonly text: string; readonly label?: string }): JSX.Element {
  const { t, toasts } = useUi();
  const copy = (): void => copyText(props.text, toasts);
  return (
    <div class={css['copyBlock']}>
      <pre class={paneCss['raw']} tabindex="0" dir="ltr" aria-label={props.label ?? t('backup.server.text')}>
        {props.text}
      </pre>
      <Button icon="copy" onClick={copy}>
        {t('backup.copy')}
      </Button>
    </div>
  );
}
