import { describe, expect, it } from 'vitest';
import type { ImportPlan, PlannedArchive, PlannedQuestion } from '../../../src/model/view';
import { proposedChoices } from '../../../src/ui/import/proposed-choice';

const owner = (names: readonly string[], answer: string | null): PlannedQuestion => ({
  id: 'owner',
  kind: 'owner',
  options: names.map((name) => ({ value: `value of ${name}`, label: name })),
  answer: answer === null ? null : `value of ${answer}`,
  certain: false,
});
const plan = (...questions: readonly PlannedQuestion[]): ImportPlan => ({
  planId: 'p',
  archives: questions.map((question, at) => ({ archiveId: `a${at}`, questions: [question] }) as unknown as PlannedArchive),
  locked: [],
  backups: [],
  unrecognised: [],
  seen: [],
  readable: ['whatsapp', 'telegram'],
  problems: [],
});
const answers = (of: ImportPlan): readonly unknown[] => proposedChoices(of).map((choice) => choice.answers);

describe('what is proposed where the owner is open', () => {
  it('is the name that is theirs in another archive of the drop', () => {
    const proposed = answers(plan(owner(['Chen', 'Lin', 'Tom'], null), owner(['Lena', 'Lin'], 'Lin')));
    expect(proposed).toEqual([{ owner: 'value of Lin' }, {}]);
  });

  it('is nobody where several of them write, or none does', () => {
    expect(answers(plan(owner(['Chen', 'Lin'], null), owner(['Lin'], 'Lin'), owner(['Chen'], 'Chen')))[0]).toEqual({});
    expect(answers(plan(owner(['Chen', 'Tom'], null), owner(['Lena', 'Lin'], 'Lin')))[0]).toEqual({});
    expect(answers(plan(owner(['Chen', 'Tom'], null)))).toEqual([{}]);
  });
});
