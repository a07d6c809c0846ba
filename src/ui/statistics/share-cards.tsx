import { type JSX, Show } from 'solid-js';
import type { AnswerTimes, StatisticsView } from '../../model/statistics';
import { BarList } from '../charts/bar-list';
import { ChartTable } from '../charts/chart-table';
import type { PictureBar } from '../charts/picture';
import type { PictureSource } from '../charts/save-picture';
import { Card } from '../shell/pane';
import paneCss from '../shell/pane.module.css';
import { formatRoute } from '../router';
import { useUi } from '../ui';

/** Bars drawn of a list; the table has them all. */
const drawn = 12;

const barsPicture = (name: string, title: string, bars: readonly PictureBar[]): PictureSource => ({
  name: `camphor-${name}`,
  title,
  words: '',
  draw: (picture) => picture.bars(bars),
});

function More(props: { readonly count: number }): JSX.Element {
  const { t } = useUi();
  return (
    <Show when={props.count > drawn}>
      <p class={paneCss['quiet']}>{t('statistics.more', { count: props.count - drawn })}</p>
    </Show>
  );
}

/** Who wrote how much, and how soon they answer. */
export function PeopleCard(props: { readonly counts: StatisticsView }): JSX.Element {
  const { t, format } = useUi();
  const share = (messages: number): string => format().percent(messages / props.counts.messages);
  const median = ({ medianMs }: AnswerTimes): string | undefined => (medianMs === null ? undefined : format().remaining(medianMs));
  const under = (answers: AnswerTimes): string | undefined => {
    const time = median(answers);
    return time === undefined ? undefined : t('statistics.answersValue', { time });
  };
  const bars = () =>
    props.counts.people.slice(0, drawn).map(({ id, name, hue, isOwner, messages, answers }) => ({
      key: id,
      name: isOwner ? `${name}${t('mark.dot')}${t('details.me')}` : name,
      value: messages,
      words: t('mark.aside', { words: format().count(messages), aside: share(messages) }),
      under: under(answers),
      hue,
    }));
  return (
    <Card title={t('statistics.people')}>
      <BarList label={t('statistics.people')} bars={bars()} />
      <More count={props.counts.peopleCount} />
      <p class={paneCss['quiet']}>{t('statistics.answersWords')}</p>
      <ChartTable
        caption={t('statistics.people')}
        heads={[t('statistics.person'), t('statistics.messages'), t('statistics.share'), t('statistics.answers')]}
        rows={() =>
          props.counts.people.map(({ name, messages, answers }) => [name, format().count(messages), share(messages), median(answers) ?? ''])
        }
        picture={() => barsPicture('people', t('statistics.people'), bars())}
      />
    </Card>
  );
}

/** Which conversations hold most. */
export function ConversationsCard(props: { readonly counts: StatisticsView }): JSX.Element {
  const { t, format } = useUi();
  const bars = () =>
    props.counts.conversations.slice(0, drawn).map(({ id, name, messages }) => ({
      key: id,
      name,
      value: messages,
      words: format().count(messages),
      href: formatRoute({ screen: 'statistics', id }),
    }));
  return (
    <Card title={t('statistics.conversations')}>
      <BarList label={t('statistics.conversations')} bars={bars()} />
      <More count={props.counts.conversationCount} />
      <ChartTable
        caption={t('statistics.conversations')}
        heads={[t('statistics.conversation'), t('statistics.messages')]}
        rows={() => props.counts.conversations.map(({ name, messages }) => [name, format().count(messages)])}
        picture={() => barsPicture('conversations', t('statistics.conversations'), bars())}
      />
    </Card>
  );
}

/** Texts, photos, voice messages and the rest. */
export function KindsCard(props: { readonly counts: StatisticsView }): JSX.Element {
  const { t, format } = useUi();
  const sorted = () => props.counts.kinds.toSorted(([, a], [, b]) => b - a);
  const bars = () =>
    sorted().map(([kind, messages]) => ({ key: kind, name: t(`kind.${kind}`), value: messages, words: format().count(messages) }));
  return (
    <Card title={t('statistics.kinds')}>
      <BarList label={t('statistics.kinds')} bars={bars()} />
      <ChartTable
        caption={t('statistics.kinds')}
        heads={[t('statistics.kind'), t('statistics.messages')]}
        rows={() => sorted().map(([kind, messages]) => [t(`kind.${kind}`), format().count(messages)])}
        picture={() => barsPicture('kinds', t('statistics.kinds'), bars())}
      />
    </Card>
  );
}
