import { For, type JSX, Show, Suspense, lazy } from 'solid-js';
import type { ConversationView } from '../../model/view';
import type { MessagesChoice } from '../exports/messages-state';
import { createAwaited } from '../primitives/awaited';
import { Button } from '../primitives/button';
import { PaneHead } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import css from './details-pane.module.css';
import { PersonRow } from './person-row';

const ExportMessages = lazy(async () => ({ default: (await import('../exports/export-messages')).ExportMessages }));

const PhoneCard = lazy(async () => ({ default: (await import('../backups/phone-card')).PhoneCard }));

const exportOf = ({ id, name, messageCount }: ConversationView): MessagesChoice => {
  return { conversations: [id], found: null, messages: messageCount, name, route: { screen: 'conversation', id, seq: null } };
};

/** What is known of the conversation that is open: where from, how much, who. Drawn once all of it is here. */
export function DetailsPane(): JSX.Element {
  const ui = useUi();
  const { t, format, session, toasts } = ui;
  const sections = ['reading', 'export', 'gathering'] as const;
  sections.forEach(ui.wantWords);
  const people = createAwaited(
    // The list is read anew whenever the owner has changed anything, in another tab too.
    () => ({ id: ui.current()?.id, edition: ui.edition(), conversations: ui.conversations() }),
    async ({ id }) => (id === undefined ? [] : session.vault.people(id)),
    toasts.fail,
  );
  return (
    <aside class={paneCss['pane']} aria-label={t('details.title')}>
      <PaneHead title={t('details.title')} level={2} onClose={() => ui.setPanel(null)} />
      <div class={paneCss['body']}>
        <Suspense>
          <Show when={sections.every(ui.hasWords) && ui.current()}>
            {(conversation) => (
              <div class={paneCss['page']}>
                <h3 class={paneCss['lead']} dir="auto">
                  {conversation().name}
                </h3>
                <dl class={paneCss['facts']}>
                  <dt>{t('details.source')}</dt>
                  <dd>{t(`source.${conversation().source}`)}</dd>
                  <Show when={conversation().joined}>
                    {(parts) => (
                      <>
                        <dt>{t('join.with')}</dt>
                        <dd>
                          {format().list(parts().map((part) => t('mark.aside', { words: part.name, aside: t(`source.${part.source}`) })))}
                        </dd>
                      </>
                    )}
                  </Show>
                  <dt>{t('details.shape')}</dt>
                  <dd>{t(`shape.${conversation().shape}`)}</dd>
                  <dt>{t('details.messages')}</dt>
                  <dd>{format().count(conversation().messageCount)}</dd>
                  <dt>{t('details.range')}</dt>
                  <dd>{format().dateRange(conversation().firstAtMs ?? NaN, conversation().lastAtMs ?? NaN)}</dd>
                  <Show when={conversation().zone}>
                    {(zone) => (
                      <>
                        <dt>{t('details.zone')}</dt>
                        <dd>{zone()}</dd>
                      </>
                    )}
                  </Show>
                </dl>
                <div class={paneCss['row']}>
                  <Button icon="image" onClick={() => ui.go({ screen: 'gallery', id: conversation().id })}>
                    {t('gallery.open')}
                  </Button>
                  <Button icon="poll" onClick={() => ui.go({ screen: 'statistics', id: conversation().id })}>
                    {t('command.statistics')}
                  </Button>
                  <Button icon="bookmark" onClick={() => ui.go({ screen: 'kept', id: conversation().id })}>
                    {t('command.kept')}
                  </Button>
                  <ExportMessages choice={exportOf(conversation())} />
                </div>
                <section>
                  <h3 class={paneCss['cardTitle']}>{t('details.people', { count: people()?.length ?? 0 })}</h3>
                  <ul class={css['people']}>
                    <For each={people()}>{(person) => <PersonRow person={person} conversation={conversation().id} />}</For>
                  </ul>
                </section>
                <Suspense>
                  <PhoneCard conversation={conversation()} />
                </Suspense>
              </div>
            )}
          </Show>
        </Suspense>
      </div>
    </aside>
  );
}
