import { For, type JSX, Show, createSignal } from 'solid-js';
import type { OneOfEveryone } from '../../model/everyone';
import type { ConversationView } from '../../model/view';
import { Avatar, SourceBadge } from '../primitives/avatar';
import { Menu, type MenuItem } from '../primitives/menu';
import { saveText } from '../primitives/save-file';
import { formatRoute } from '../router';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { MergeDialog } from './merge-dialog';
import { separatePeople } from './merge-people';
import css from './people.module.css';
import { writeVcards } from './vcard';

const conversationsShown = 3;

/** A person: the names of each app, where they are met, and what can be done. */
export function PersonRow(props: { readonly person: OneOfEveryone; readonly everyone: readonly OneOfEveryone[] }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const [merging, setMerging] = createSignal(false);
  const others = (): readonly string[] => props.person.names.filter((name) => name !== props.person.name);
  const conversations = (): readonly ConversationView[] =>
    props.person.conversations.flatMap((id) => ui.conversations()?.find((one) => one.id === id) ?? []);
  const sources = () => [...new Set(props.person.members.map(({ source }) => source))];
  const save = (): void => saveText(writeVcards([props.person]), 'camphor-person.vcf', 'text/vcard');
  const items = (): readonly MenuItem[] => [
    { label: t('people.mergeWith'), icon: 'group', run: () => setMerging(true) },
    ...(props.person.members.length > 1
      ? [
          {
            label: t('people.separate'),
            icon: 'undo' as const,
            run: () => void separatePeople(ui, props.person.id, props.person.members.map(({ id }) => id)), // prettier-ignore
          },
        ]
      : []),
    { label: t('people.save'), icon: 'save', run: save },
  ];
  return (
    <li class={css['person']}>
      <Avatar name={props.person.name} seed={props.person.id} hue={props.person.hue} small />
      <div class={css['facts']}>
        <p class={css['name']}>
          <bdi>{props.person.name === '' ? t('service.someone') : props.person.name}</bdi>
          <Show when={props.person.isOwner}>
            <span class={paneCss['quiet']}>{t('details.me')}</span>
          </Show>
          <For each={sources()}>{(source) => <SourceBadge source={source} />}</For>
        </p>
        <Show when={others().length > 0}>
          <p class={paneCss['quiet']}>
            <bdi>{t('people.also', { names: format().list([...others()]) })}</bdi>
          </p>
        </Show>
        <p class={css['places']}>
          <For each={conversations().slice(0, conversationsShown)}>
            {(conversation) => (
              <a href={formatRoute({ screen: 'conversation', id: conversation.id, seq: null })}>
                <bdi>{conversation.name}</bdi>
              </a>
            )}
          </For>
          <Show when={conversations().length > conversationsShown}>
            <span class={paneCss['quiet']}>{t('people.more', { count: conversations().length - conversationsShown })}</span>
          </Show>
        </p>
      </div>
      <Menu icon="more" label={t('people.menu')} items={items()} />
      <Show when={merging()}>
        <MergeDialog person={props.person} everyone={props.everyone} onClose={() => setMerging(false)} />
      </Show>
    </li>
  );
}
