import { For, Index, type JSX, Show } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { ImportChoice, PlannedArchive, PlannedConversation } from '../../model/view';
import { Button } from '../primitives/button';
import { Checkbox } from '../primitives/controls';
import { Phrase } from '../primitives/phrase';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './import.module.css';

type Target = ImportChoice['conversations'][number];

/** Which conversations are taken, and which of ours each of them continues. */
export function PlanConversations(props: { readonly archive: PlannedArchive; readonly choice: ImportChoice }): JSX.Element {
  const { t, imports } = useUi();
  const all = (): readonly PlannedConversation[] => props.archive.conversations;
  const setAll = (skip: boolean): void =>
    imports.choose(props.archive.archiveId, {
      conversations: skip ? Object.fromEntries(all().map(({ index }) => [index, 'skip'] as const)) : {},
    });
  return (
    <section aria-label={t('plan.conversations', { count: all().length })}>
      <div class={paneCss['row']}>
        <p class={paneCss['quiet']}>{t('plan.conversations', { count: all().length })}</p>
        <Show when={all().length > 1}>
          <Button look="plain" onClick={() => setAll(false)}>
            {t('plan.takeAll')}
          </Button>
          <Button look="plain" onClick={() => setAll(true)}>
            {t('plan.takeNone')}
          </Button>
        </Show>
      </div>
      <ul class={css['conversations']}>
        <Index each={all()}>
          {(conversation) => <PlannedRow archive={props.archive} choice={props.choice} conversation={conversation()} />}
        </Index>
      </ul>
    </section>
  );
}

function PlannedRow(props: {
  readonly archive: PlannedArchive;
  readonly choice: ImportChoice;
  readonly conversation: PlannedConversation;
}): JSX.Element {
  const { t, imports, conversations } = useUi();
  const proposed = (): Target => (props.conversation.proposal.kind === 'new' ? 'new' : props.conversation.proposal.conversation);
  const chosen = (): Target => props.choice.conversations[props.conversation.index] ?? proposed();
  const choose = (target: Target): void =>
    imports.choose(
      props.archive.archiveId,
      { conversations: { ...props.choice.conversations, [props.conversation.index]: target } },
      target !== 'skip' && target !== chosen(),
    );
  const targets = (): readonly { readonly conversation: ConversationId; readonly name: string }[] => {
    const { proposal } = props.conversation;
    // A hidden one is not named.
    const listed = new Set((conversations() ?? []).flatMap(({ id, joined = [] }) => [id, ...joined.map((part) => part.id)]));
    const alternatives = props.conversation.alternatives.filter(({ conversation }) => listed.has(conversation));
    return proposal.kind === 'continues'
      ? [proposal, ...alternatives.filter(({ conversation }) => conversation !== proposal.conversation)]
      : alternatives;
  };
  return (
    <li class={css['conversation']}>
      <Checkbox
        on={chosen() !== 'skip'}
        onToggle={(on) => choose(on ? proposed() : 'skip')}
        label={
          <>
            <bdi>{props.conversation.name ?? t('plan.unnamed')}</bdi>
            <p class={css['outcome']}>
              <Outcome conversation={props.conversation} chosen={chosen()} />
            </p>
          </>
        }
      />
      <Show when={targets().length > 0 && chosen() !== 'skip'}>
        <select class={css['target']} aria-label={t('plan.target')} onChange={(event) => choose(event.currentTarget.value as Target)}>
          <option value="new" selected={chosen() === 'new'}>
            {t('plan.asNew')}
          </option>
          <For each={targets()}>
            {(target) => (
              <option value={target.conversation} selected={chosen() === target.conversation}>
                {t('plan.continuesOption', { name: target.name })}
              </option>
            )}
          </For>
        </select>
      </Show>
    </li>
  );
}

/** "continues Mum: 12,480 known, 31 new", "new, 400 messages", or "left out". */
function Outcome(props: { readonly conversation: PlannedConversation; readonly chosen: Target }): JSX.Element {
  const { t } = useUi();
  const proposal = (): Extract<PlannedConversation['proposal'], { kind: 'continues' }> | null => {
    const { proposal: proposed } = props.conversation;
    return proposed.kind === 'continues' && proposed.conversation === props.chosen ? proposed : null;
  };
  return (
    <Show
      when={proposal()}
      fallback={t(props.chosen === 'skip' ? 'plan.leftOut' : props.chosen === 'new' ? 'plan.new' : 'plan.joins', {
        count: props.conversation.messages,
      })}
    >
      {(continues) => (
        <>
          <Phrase of="plan.continues" values={{ name: continues().name, known: continues().known, added: continues().added }} />
          <Show when={continues().removed}> {t('plan.wasRemoved')}</Show>
        </>
      )}
    </Show>
  );
}
