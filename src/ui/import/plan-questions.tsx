import { For, type JSX, Show, createMemo } from 'solid-js';
import type { ImportChoice, PlannedArchive, PlannedQuestion } from '../../model/view';
import { Choices, type Option, Select } from '../primitives/controls';
import { useUi } from '../ui';
import { optionLabel } from './words';
import { zones } from './zones';

/** More options than this are a drop-down. */
const radioLimit = 6;

/** The facts that the archive leaves open. A changed answer works the plan out anew. */
export function PlanQuestions(props: { readonly archive: PlannedArchive; readonly choice: ImportChoice }): JSX.Element {
  const open = (): readonly PlannedQuestion[] => props.archive.questions.filter(({ certain }) => !certain);
  return (
    <For each={open().map(({ id }) => id)}>
      {(wanted) => (
        <Show when={open().find(({ id }) => id === wanted)}>
          {(question) => <Question archive={props.archive} choice={props.choice} question={question()} />}
        </Show>
      )}
    </For>
  );
}

function Question(props: {
  readonly archive: PlannedArchive;
  readonly choice: ImportChoice;
  readonly question: PlannedQuestion;
}): JSX.Element {
  const { t, format, imports, language } = useUi();
  const answer = (): string | null => props.choice.answers[props.question.id] ?? props.question.answer;
  const optionsOf = (): readonly Option<string>[] => {
    const question = props.question;
    if (question.kind === 'zone' && question.options.length === 0)
      return zones(question.answer).map((zone) => ({ value: zone, label: zone }));
    const known = question.options.map((option) => ({ value: option.value, label: optionLabel(question, option, t, format()) }));
    if (question.kind === 'year' && answer() === null) return [{ value: '', label: t('question.chooseYear') }, ...known];
    if (question.kind !== 'country') return known;
    const sorted = known.toSorted((a, b) => a.label.localeCompare(b.label, language()));
    return answer() === null ? [{ value: '', label: t('contacts.chooseCountry') }, ...sorted] : sorted;
  };
  // Options that say the same are the same, so that the focus stays in the one that was chosen.
  const options = createMemo(optionsOf, undefined, { equals: (before, now) => JSON.stringify(before) === JSON.stringify(now) });
  const choose = (value: string): void =>
    imports.choose(props.archive.archiveId, { answers: { ...props.choice.answers, [props.question.id]: value } }, true);
  return (
    <Show
      when={options().length > radioLimit}
      fallback={<Choices label={t(`question.${props.question.kind}`)} options={options()} value={answer()} onChoose={choose} />}
    >
      <Select label={t(`question.${props.question.kind}`)} options={options()} value={answer() ?? ''} onChoose={choose} />
    </Show>
  );
}
