import { For, type JSX, createSignal, untrack } from 'solid-js';
import { Button } from '../primitives/button';
import { Field } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './backup.module.css';

const asked = 3;

/** Places of three different words, in order. */
function choosePlaces(count: number): readonly number[] {
  const places = new Set<number>();
  while (places.size < Math.min(asked, count)) places.add((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % count);
  return [...places].sort((a, b) => a - b);
}

/** Asks for three of the words, from the sheet and not from the screen. */
export function WordCheck(props: {
  readonly words: readonly string[];
  readonly isBusy: boolean;
  readonly onBack: () => void;
  readonly onRight: () => void;
}): JSX.Element {
  const { t } = useUi();
  const places = choosePlaces(untrack(() => props.words.length));
  const [typed, setTyped] = createSignal<Readonly<Record<number, string>>>({});
  const [wrong, setWrong] = createSignal<ReadonlySet<number>>(new Set());
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const off = places.filter((place) => (typed()[place] ?? '').normalize('NFKC').trim().toLowerCase() !== props.words[place]);
    setWrong(new Set(off));
    if (off.length === 0) props.onRight();
  };
  return (
    <Card title={t('backup.sheet.check')}>
      <p>{t('backup.sheet.checkWords')}</p>
      <form class={css['form']} onSubmit={submit}>
        <For each={places}>
          {(place) => (
            <Field
              type="text"
              dir="auto"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              data-place={place}
              label={t('backup.sheet.word', { number: place + 1 })}
              wrong={wrong().has(place) ? t('backup.sheet.wrongWord', { number: place + 1 }) : undefined}
              onInput={(event) => setTyped({ ...typed(), [place]: event.currentTarget.value })}
            />
          )}
        </For>
        <div class={paneCss['row']}>
          <Button disabled={props.isBusy} onClick={() => props.onBack()}>
            {t('backup.sheet.back')}
          </Button>
          <Button type="submit" look="main" disabled={props.isBusy}>
            {t('backup.sheet.keep')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
