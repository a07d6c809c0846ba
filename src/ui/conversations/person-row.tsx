import { type JSX, Show } from 'solid-js';
import type { ConversationId, PersonId } from '../../model/ids';
import { conversationSubject } from '../../model/overlay-index';
import type { PersonView } from '../../model/view';
import { Avatar } from '../primitives/avatar';
import { Menu } from '../primitives/menu';
import { Phrase } from '../primitives/phrase';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './details-pane.module.css';

/** Somebody in the conversation that is open; the owner can say which of them they are. */
export function PersonRow(props: { readonly person: PersonView; readonly conversation: ConversationId }): JSX.Element {
  const { t, format, session, toasts, nextEdition } = useUi();
  const choose = async (id: PersonId | null): Promise<void> => {
    try {
      await session.vault.setOverlay('owner', conversationSubject(props.conversation), { person: id });
      nextEdition();
    } catch (cause) {
      toasts.fail(cause);
    }
  };
  const items = () => [
    ...(props.person.isOwner ? [] : [{ label: t('details.thisIsMe'), icon: 'person' as const, run: () => void choose(props.person.id) }]),
    { label: t('details.meByArchive'), icon: 'undo' as const, run: () => void choose(null) },
  ];
  return (
    <li class={css['person']}>
      <Avatar name={props.person.name} seed={props.person.id} hue={props.person.hue} small />
      <span class={css['who']}>
        <bdi>{props.person.name}</bdi>
        <Show when={props.person.isOwner}>
          <span class={paneCss['quiet']}>{`${t('mark.dot')}${t('details.me')}`}</span>
        </Show>
        <Show when={props.person.names.length > 1}>
          <p class={paneCss['quiet']}>
            <Phrase
              of="details.alsoKnown"
              values={{ names: format().list(props.person.names.filter((name) => name !== props.person.name)) }}
            />
          </p>
        </Show>
      </span>
      <Menu icon="more" label={t('details.personMenu', { name: props.person.name })} items={items()} />
    </li>
  );
}
