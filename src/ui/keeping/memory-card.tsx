import { type JSX, Show } from 'solid-js';
import type { MemoryYear } from '../../model/keeping';
import { Button } from '../primitives/button';
import { createLoaded } from '../primitives/loaded';
import { Card } from '../shell/pane';
import { screenZone, useUi } from '../ui';
import css from './keeping.module.css';
import { MemoryLines } from './memories-screen';

/** On the home screen: one earlier year of this day, where there is any. It comes when it is there, and nothing waits for it. */
export function MemoryCard(): JSX.Element {
  const ui = useUi();
  ui.wantWords('reading');
  const { t, session } = ui;
  const years = createLoaded(
    () => ({ edition: ui.edition(), conversations: ui.conversations() }),
    () => session.vault.onThisDay(screenZone(), Date.now()),
    // The home screen does without.
    () => {},
  );
  const latest = (): MemoryYear | undefined => (ui.hasWords('reading') ? years()?.[0] : undefined);
  return (
    <Show when={latest()}>
      {(year) => (
        <div class={css['home']}>
          <Card title={t('memories.card', { ago: t('memories.ago', { count: new Date().getFullYear() - year().year }) })}>
            <Show when={year().conversations[0]}>
              {(conversation) => (
                <section class={css['memory']}>
                  <h3 class={css['where']}>
                    <bdi>{conversation().name}</bdi>
                  </h3>
                  <MemoryLines messages={conversation().messages} />
                </section>
              )}
            </Show>
            <p>
              <Button icon="calendar" onClick={() => ui.go({ screen: 'memories' })}>
                {t('memories.more')}
              </Button>
            </p>
          </Card>
        </div>
      )}
    </Show>
  );
}
