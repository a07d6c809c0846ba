import { For, type JSX, Show } from 'solid-js';
import type { PreviewedMessage, TablePreview } from '../../model/view';
import { useUi } from '../ui';
import { Card } from '../shell/pane';
import css from './tables.module.css';

const messagesShown = 4;
const textLength = 300;

/** The first messages; their place keeps its height while they change. */
export function MapperPreview(props: { readonly preview: TablePreview; readonly busy: boolean }): JSX.Element {
  const { t } = useUi();
  return (
    <Card title={t('table.preview')}>
      <ol class={css['preview']} aria-busy={props.busy} aria-label={t('table.preview')}>
        <For each={props.preview.first.slice(0, messagesShown)}>
          {(message) => <Previewed message={message} isSorted={props.preview.mapping.roles.conversation !== undefined} />}
        </For>
      </ol>
    </Card>
  );
}

/** `isSorted`: into more than one conversation, so that each message says which. */
function Previewed(props: { readonly message: PreviewedMessage; readonly isSorted: boolean }): JSX.Element {
  const { t, format } = useUi();
  const who = (): string => {
    const { senderName, isOwn, kind } = props.message;
    if (senderName !== null) return isOwn ? `${senderName}${t('mark.dot')}${t('table.me')}` : senderName;
    if (isOwn) return t('table.me');
    return kind === 'system' ? t('kind.system') : t('table.unnamed');
  };
  const said = (): string => {
    const { text, attachments, kind } = props.message;
    const words = [
      ...((kind === 'text' || kind === 'system') && text !== '' ? [] : [t(`kind.${kind}`)]),
      text.slice(0, textLength),
      ...attachments,
    ];
    return words.filter((word) => word !== '').join(t('mark.dot'));
  };
  return (
    <li>
      <span class={css['who']}>
        <bdi>{who()}</bdi>
        <Show when={props.isSorted}>
          <span class={css['where']}>
            {t('mark.dot')}
            <bdi>{props.message.conversationName}</bdi>
          </span>
        </Show>
      </span>
      <time class={css['when']}>{`${format().date(props.message.sentAtMs)} ${format().clock(props.message.sentAtMs)}`}</time>
      <span class={css['said']} dir="auto">
        {said()}
      </span>
    </li>
  );
}
