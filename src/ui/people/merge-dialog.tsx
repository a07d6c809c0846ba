import { For, type JSX, Show, createSignal } from 'solid-js';
import type { OneOfEveryone } from '../../model/everyone';
import { Avatar, SourceBadge } from '../primitives/avatar';
import { Field } from '../primitives/controls';
import { Dialog } from '../primitives/dialog';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { peopleNamed } from './find-people';
import { mergePeople } from './merge-people';
import css from './people.module.css';

const shownLimit = 50;

/** Who else this person is. */
export function MergeDialog(props: {
  readonly person: OneOfEveryone;
  readonly everyone: readonly OneOfEveryone[];
  readonly onClose: () => void;
}): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const [typed, setTyped] = createSignal('');
  const others = (): readonly OneOfEveryone[] => peopleNamed(props.everyone, typed()).filter(({ id }) => id !== props.person.id);
  const choose = (other: OneOfEveryone): void => {
    props.onClose();
    void mergePeople(ui, props.person.id, [other.id]);
  };
  return (
    <Dialog title={t('people.mergeTitle', { name: props.person.name })} narrow onClose={() => props.onClose()}>
      <p class={paneCss['quiet']}>{t('people.mergeWords')}</p>
      <div class={css['find']}>
        <Field label={t('people.find')} type="search" dir="auto" value={typed()} onInput={(event) => setTyped(event.currentTarget.value)} />
      </div>
      <ul class={css['list']} aria-label={t('command.people')}>
        <For each={others().slice(0, shownLimit)} fallback={<li class={paneCss['quiet']}>{t('people.nobody')}</li>}>
          {(other) => (
            <li>
              <button type="button" class={css['choice']} onClick={() => choose(other)}>
                <Avatar name={other.name} seed={other.id} hue={other.hue} small />
                <bdi>{other.name}</bdi>
                <For each={[...new Set(other.members.map(({ source }) => source))]}>{(source) => <SourceBadge source={source} />}</For>
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={others().length > shownLimit}>
        <p class={paneCss['quiet']}>{t('people.more', { count: others().length - shownLimit })}</p>
      </Show>
    </Dialog>
  );
}
