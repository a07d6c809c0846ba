import { For, type JSX, Show, createMemo, createSignal } from 'solid-js';
import type { EveryoneView, OneOfEveryone } from '../../model/everyone';
import { Button } from '../primitives/button';
import { Empty, Field } from '../primitives/controls';
import { createLoaded } from '../primitives/loaded';
import { sameItems } from '../primitives/same-items';
import { saveText } from '../primitives/save-file';
import { Card, Page } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { type Ui, useUi } from '../ui';
import { isNumber, peopleNamed } from './find-people';
import { keepDifferent, mergePeople } from './merge-people';
import css from './people.module.css';
import { PersonRow } from './person-row';
import { writeVcards } from './vcard';

const rowsAtOnce = 100;

/** Everyone in the archives: one person across apps, where the owner says so. Draws once its words are here. */
export function PeopleScreen(): JSX.Element {
  const ui = useUi();
  ui.wantWords('reading');
  return (
    <Show when={ui.hasWords('reading')} fallback={<main />}>
      <Everyone />
    </Show>
  );
}

function createEveryone(ui: Ui): () => EveryoneView | undefined {
  return createLoaded(
    // The list of conversations is read anew whenever the owner has changed anything.
    () => ({ edition: ui.edition(), conversations: ui.conversations() }),
    () => ui.session.vault.everyone(),
    ui.toasts.fail,
  );
}

function Everyone(): JSX.Element {
  const ui = useUi();
  const { t } = ui;
  const view = createEveryone(ui);
  const [typed, setTyped] = createSignal('');
  const [limit, setLimit] = createSignal(rowsAtOnce);
  const people = createMemo<readonly OneOfEveryone[]>((former) => sameItems(former, view()?.people ?? [], ({ id }) => id), []);
  const found = createMemo(() => peopleNamed(people(), typed()));
  const save = (): void => saveText(writeVcards(people().filter(({ isOwner }) => !isOwner)), 'camphor-people.vcf', 'text/vcard');
  return (
    <Page title={t('command.people')}>
      <Show when={view()}>
        {(everyone) => (
          <Show when={people().length > 0} fallback={<Empty icon="group" title={t('people.empty')} words={t('people.emptyWords')} />}>
            <Show when={everyone().alike.length > 0}>
              <Alike view={everyone()} />
            </Show>
            <div class={css['tools']}>
              <Field
                label={t('people.find')}
                type="search"
                dir="auto"
                value={typed()}
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
              <Button icon="save" onClick={save}>
                {t('people.saveAll')}
              </Button>
            </div>
            <ul class={css['list']} aria-label={t('command.people')}>
              <For each={found().slice(0, limit())}>{(person) => <PersonRow person={person} everyone={people()} />}</For>
            </ul>
            <Show when={found().length > limit()}>
              <p>
                <Button onClick={() => setLimit((now) => now + rowsAtOnce)}>{t('action.showMore')}</Button>
              </p>
            </Show>
          </Show>
        )}
      </Show>
    </Page>
  );
}

function Alike(props: { readonly view: EveryoneView }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const byId = createMemo(() => new Map(props.view.people.map((one) => [one.id, one])));
  const membersOf = (ids: readonly string[]): readonly OneOfEveryone[] =>
    props.view.people.filter(({ id }) => ids.includes(id) && byId().has(id));
  const apps = ({ members }: OneOfEveryone): string => format().list([...new Set(members.map(({ source }) => t(`source.${source}`)))]);
  return (
    <Card title={t('people.alike')}>
      <p class={paneCss['quiet']}>{t('people.alikeWords')}</p>
      <ul class={css['list']}>
        <For each={props.view.alike}>
          {(alike) => (
            <li class={css['alike']}>
              <span>
                <bdi>{format().list(membersOf(alike.people).map((one) => t('mark.aside', { words: one.name, aside: apps(one) })))}</bdi>
                <p class={paneCss['quiet']}>{t(`people.by.${alike.by}`)}</p>
              </span>
              <span class={css['answers']}>
                <Button look="plain" onClick={() => void keepDifferent(ui, alike.people)}>
                  {t('people.different')}
                </Button>
                <Button
                  onClick={() => {
                    // Shown from then on under a name, where any of them has one.
                    const [head, ...others] = membersOf(alike.people).toSorted(
                      (a, b) => Number(isNumber(a.name)) - Number(isNumber(b.name)),
                    );
                    if (head !== undefined) void mergePeople(ui, head.id, others.map(({ id }) => id)); // prettier-ignore
                  }}
                >
                  {t('people.merge')}
                </Button>
              </span>
            </li>
          )}
        </For>
      </ul>
    </Card>
  );
}
