import { type JSX, Show, createSignal } from 'solid-js';
import type { KeptMessage } from '../../model/keeping';
import type { MessageView } from '../../model/view';
import { Icon } from '../icons/icon';
import { Menu, type MenuItem } from '../primitives/menu';
import { useUi } from '../ui';
import { type MarkState, changeMark } from './change-mark';
import { KeepDialog } from './keep-dialog';
import css from './keeping.module.css';
import { MessageMarks } from './message-marks';

/** A kept message: where, who, when, what, and what the owner says of it. Opens it in its conversation. */
export function KeptRow(props: { readonly kept: KeptMessage; readonly message: MessageView; readonly isOne: boolean }): JSX.Element {
  const ui = useUi();
  const { t, format } = ui;
  const [editing, setEditing] = createSignal<'note' | 'tags' | null>(null);
  const mark = (): MarkState => ({
    bookmarked: props.kept.bookmarked,
    tags: props.kept.tags,
    ...(props.kept.note !== null && { note: props.kept.note }),
  });
  const change = (after: MarkState): void => void changeMark(ui, props.kept, mark(), after, () => {});
  const open = (): void => ui.go({ screen: 'conversation', id: props.kept.conversation, seq: props.kept.seq });
  const conversation = (): string => ui.conversations()?.find(({ id }) => id === props.kept.conversation)?.name ?? '';
  const sender = (): string => props.message.senderView?.name ?? t('service.someone');
  const items = (): readonly MenuItem[] => [
    {
      label: t(props.kept.bookmarked ? 'message.unbookmark' : 'message.bookmark'),
      icon: 'bookmark',
      run: () => change({ ...mark(), bookmarked: !props.kept.bookmarked }),
    },
    { label: t(props.kept.note === null ? 'keep.addNote' : 'keep.editNote'), icon: 'note', run: () => setEditing('note') },
    { label: t('keep.editTags'), icon: 'tag', run: () => setEditing('tags') },
  ];
  return (
    <article class={css['row']}>
      <button type="button" class={css['open']} onClick={open}>
        <bdi class={css['where']}>{props.isOne ? sender() : conversation()}</bdi>
        <Show when={!props.isOne && sender() !== conversation()}>
          <bdi class={css['who']}>{sender()}</bdi>
        </Show>
        <span class={css['when']}>
          <Show when={props.kept.bookmarked}>
            <span role="img" aria-label={t('message.bookmarked')}>
              <Icon name="bookmark" />
            </span>
          </Show>
          <time title={format().instant(props.kept.sentAtMs)}>{format().date(props.kept.sentAtMs)}</time>
        </span>
        <span class={css['words']} dir="auto">
          {props.message.text === '' ? t(`kind.${props.message.kind}`) : props.message.text.slice(0, 600)}
        </span>
      </button>
      <div class={css['said']}>
        <MessageMarks mark={mark()} />
      </div>
      <span class={css['menu']}>
        <Menu icon="more" label={t('message.menu')} items={items()} />
      </span>
      <Show when={editing()}>
        {(field) => <KeepDialog mark={mark()} field={field()} onSave={change} onClose={() => setEditing(null)} />}
      </Show>
    </article>
  );
}
