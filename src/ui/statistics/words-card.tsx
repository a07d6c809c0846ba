import { For, type JSX, Match, Show, Switch, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { ConversationId } from '../../model/ids';
import type { WordCount, WordsView } from '../../model/statistics';
import { ChartTable } from '../charts/chart-table';
import { createLatest } from '../latest';
import { Button } from '../primitives/button';
import { Bar } from '../primitives/controls';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { screenZone, useUi } from '../ui';
import { isOvertaken } from './question';
import css from './words-card.module.css';

/** The words and emoji written most, counted when asked for: it reads every text. */
export function WordsCard(props: { readonly conversations: readonly ConversationId[] | null; readonly year?: number }): JSX.Element {
  const { t, session, toasts, edition } = useUi();
  const [view, setView] = createSignal<WordsView | null>(null);
  const [share, setShare] = createSignal<number | null>(null);
  const takeTurn = createLatest();
  const stop = (): void => void session.vault.words({ conversations: [], zone: screenZone() }, () => {}).catch(() => {});
  const count = async (): Promise<void> => {
    const turn = takeTurn();
    setShare(0);
    try {
      const ofYear = props.year === undefined ? {} : { year: props.year };
      const query = { conversations: props.conversations, zone: screenZone(), ...ofYear };
      const counted = await session.vault.words(query, (done, total) => turn.isLatest() && setShare(total === 0 ? 0 : done / total));
      if (turn.isLatest()) setView(counted);
    } catch (cause) {
      if (turn.isLatest() && !isOvertaken(cause)) toasts.fail(cause);
    } finally {
      if (turn.isLatest()) setShare(null);
    }
  };
  const startOver = (): void => {
    takeTurn();
    if (share() !== null) stop();
    setView(null);
    setShare(null);
  };
  createEffect(on([() => props.conversations?.join(), () => props.year, edition], startOver, { defer: true }));
  onCleanup(startOver);
  return (
    <Card title={t('statistics.words')}>
      <Switch
        fallback={
          <>
            <p class={paneCss['quiet']}>{t('statistics.wordsWords')}</p>
            <div class={paneCss['row']}>
              <Button onClick={() => void count()}>{t('statistics.countWords')}</Button>
            </div>
          </>
        }
      >
        <Match when={share() !== null}>
          <Bar label={t('statistics.countingWords')} share={share() ?? 0} />
        </Match>
        <Match when={view()}>{(counted) => <Words view={counted()} />}</Match>
      </Switch>
    </Card>
  );
}

function Words(props: { readonly view: WordsView }): JSX.Element {
  const { t, format } = useUi();
  const rows = (counts: readonly WordCount[]) => counts.map(({ word, count }) => [word, format().count(count)]);
  return (
    <Show when={props.view.words.length + props.view.emoji.length > 0} fallback={<p class={paneCss['quiet']}>{t('statistics.noWords')}</p>}>
      <Cloud label={t('statistics.emoji')} counts={props.view.emoji} />
      <Cloud label={t('statistics.word')} counts={props.view.words} />
      <ChartTable
        caption={t('statistics.words')}
        heads={[t('statistics.word'), t('statistics.times')]}
        rows={() => [...rows(props.view.words), ...rows(props.view.emoji)]}
      />
    </Show>
  );
}

/** The most frequent first, each with its count; the size follows it gently. */
function Cloud(props: { readonly label: string; readonly counts: readonly WordCount[] }): JSX.Element {
  const { format } = useUi();
  const most = (): number => props.counts[0]?.count ?? 1;
  return (
    <Show when={props.counts.length > 0}>
      <ol class={css['cloud']} aria-label={props.label}>
        <For each={props.counts.slice(0, 40)}>
          {({ word, count }) => (
            <li class={css['word']} style={{ 'font-size': `${(0.85 + 0.75 * Math.sqrt(count / most())).toFixed(3)}rem` }}>
              <bdi>{word}</bdi> <span class={css['count']}>{format().count(count)}</span>
            </li>
          )}
        </For>
      </ol>
    </Show>
  );
}
