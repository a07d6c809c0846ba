// Files that nothing recognises: what is said of them, and tables that the owner explains.

import { describe, expect, test } from 'vitest';
import { scrambleLines } from '../../src/intake/scramble';
import { mappingsSetting, rememberMapping } from '../../src/model/table-mapping';
import type { ImportPlan } from '../../src/model/view';
import { makeHarness } from './intake-harness';

const garden = `Uhrzeit;Wer;Was
07.03.2024 15:04;Ann;Die Tomaten sind drin
07.03.2024 15:05;小雨;太好了
13.03.2024 08:00;Ann;Regen, endlich
`;
const files = {
  'garden.csv': garden,
  'notes.txt': 'Dear diary: 12 eggs.\n今天下雨了。\n',
  'p.jpg': new Uint8Array([0xff, 0xd8, 0xff, 0xe0]),
};
const report = (): void => undefined;
const seenOf = (plan: ImportPlan, path: string) => plan.seen.find((seen) => seen.path === path)!;

test('what was seen holds no content', async () => {
  const plan = await makeHarness().plan(files);
  expect(plan.archives).toEqual([]);
  expect(plan.seen.map(({ path, mime, isTable }) => [path, mime, isTable])).toEqual([
    ['garden.csv', 'text/csv', true],
    ['notes.txt', 'text/plain', false],
    ['p.jpg', 'image/jpeg', false],
  ]);
  expect(seenOf(plan, 'garden.csv').lines).toEqual([
    'xxxxxxx;xxx;xxx',
    '00.00.0000 00:00;xxx;xxx xxxxxxx xxxx xxxx',
    '00.00.0000 00:00;字字;字字字',
    '00.00.0000 00:00;xxx;xxxxx, xxxxxxx',
  ]);
  expect(seenOf(plan, 'notes.txt')).toMatchObject({ encoding: 'utf-8', lines: ['xxxx xxxxx: 00 xxxx.', '字字字字字。'] });
  expect(seenOf(plan, 'p.jpg').lines).toEqual([]);
});

test('scrambling leaves neither letters of any script, nor digits, nor pictures', () => {
  expect(scrambleLines('Ünï Ж ١٢ 👍🏽 한글 ひ e\u0301\r\n{"key": [1.5]}\n\n\n')).toEqual(['xxx x 00 ▫▫ xx x xx', '{"xxx": [0.0]}']);
  expect(scrambleLines('a'.repeat(200))[0]).toBe(`${'x'.repeat(120)}…`);
});

describe('a table', () => {
  test('is shown with a guess, and follows what the owner changes', async () => {
    const harness = makeHarness();
    const plan = await harness.plan(files);
    const { fileId } = seenOf(plan, 'garden.csv');
    const guessed = await harness.intake.previewTable(plan.planId, fileId, null);
    expect(guessed.mapping).toMatchObject({ roles: { time: 'Uhrzeit' }, time: { written: 'DMY', hours: 24 }, hasHeader: true });
    expect(guessed).toMatchObject({ messages: 3, rows: 3, isZoneless: true, isTimeCertain: true });
    const { time: _, ...open } = guessed.mapping;
    const changed = await harness.intake.previewTable(plan.planId, fileId, {
      ...open,
      roles: { time: 'Uhrzeit', sender: 'Wer', text: 'Was' },
    });
    expect(changed.first[1]).toMatchObject({ senderName: '小雨', text: '太好了', conversationName: 'garden' });
    const wrong = await harness.intake.previewTable(plan.planId, fileId, {
      ...changed.mapping,
      time: { written: 'MDY', hours: 24, zone: null },
    });
    expect(wrong).toMatchObject({ messages: 2, rows: 3 });
    const bare = guessed.readings.find(({ hasHeader }) => !hasHeader)!;
    expect(bare.columns[1]).toEqual({ name: '2', examples: ['Wer', 'Ann', '小雨'] });
    await expect(harness.intake.previewTable(plan.planId, seenOf(plan, 'notes.txt').fileId, null)).rejects.toMatchObject({
      code: 'unrecognised-archive',
    });
    await expect(harness.intake.previewTable(plan.planId, '9/9', null)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('becomes an archive by its mapping, with the zone that was chosen, and others with its columns too', async () => {
    const harness = makeHarness();
    const plan = await harness.plan({ ...files, 'more/garden.csv': garden.replace('Regen', 'Sonne'), 'else.csv': 'a,b\n1,2\n3,4\n' });
    const { fileId } = plan.seen.find(({ path }) => path === 'garden.csv')!;
    const { mapping } = await harness.intake.previewTable(plan.planId, fileId, null);
    const chosen = { ...mapping, roles: { time: 'Uhrzeit', sender: 'Wer', text: 'Was' }, time: { ...mapping.time, zone: 'Asia/Shanghai' } };
    const mapped = await harness.intake.mapTable(plan.planId, fileId, chosen, [], report);
    expect(mapped.archives).toMatchObject([
      { title: 'garden', source: 'other', format: 'table-csv', messages: 3, tableId: fileId },
      { title: 'garden', messages: 3 },
    ]);
    expect(mapped.archives[0]?.questions.map(({ kind, answer }) => [kind, answer])).toEqual([
      ['owner', null],
      ['zone', 'Asia/Shanghai'],
    ]);
    expect(mapped.unrecognised).toEqual(['notes.txt', 'p.jpg', 'else.csv']);
    const choices = mapped.archives.slice(0, 1).map(({ archiveId }) => ({
      archiveId,
      answers: { owner: 'Ann' },
      conversations: {},
      fromMs: null,
      toMs: null,
      media: 'all' as const,
    }));
    const [receipt] = await harness.intake.run(mapped.planId, choices, report);
    expect(receipt).toMatchObject({
      added: 3,
      source: 'other',
      format: 'table-csv',
      answers: { owner: 'Ann', mapping: JSON.stringify(chosen) },
    });
    // 15:04 in Shanghai is 07:04 in UTC.
    expect((await harness.messages()).map(({ sentAtMs }) => sentAtMs)).toContain(Date.UTC(2024, 2, 7, 7, 4));
  });

  test('mapped again is read anew, and can be left alone again', async () => {
    const harness = makeHarness();
    const plan = await harness.plan(files);
    const { fileId } = seenOf(plan, 'garden.csv');
    const { mapping } = await harness.intake.previewTable(plan.planId, fileId, null);
    const first = await harness.intake.mapTable(plan.planId, fileId, { ...mapping, roles: { time: 'Uhrzeit', text: 'Wer' } }, [], report);
    expect(first.archives[0]?.preview[0]?.text).toBe('Ann');
    expect((await harness.intake.previewTable(plan.planId, fileId, null)).mapping.roles).toEqual({ time: 'Uhrzeit', text: 'Wer' });
    const second = await harness.intake.mapTable(plan.planId, fileId, { ...mapping, roles: { time: 'Uhrzeit', text: 'Was' } }, [], report);
    expect(second.archives).toHaveLength(1);
    expect(second.archives[0]?.preview[0]?.text).toBe('Die Tomaten sind drin');
    const none = await harness.intake.mapTable(plan.planId, fileId, null, [], report);
    expect(none).toMatchObject({ archives: [], unrecognised: ['garden.csv', 'notes.txt', 'p.jpg'] });
  });

  test('is read by what is remembered for its columns, twice the same', async () => {
    // As long as it takes to know a chat again by what was said in it.
    const long = garden + Array.from({ length: 20 }, (_, at) => `14.03.2024 09:${10 + at};Ann;Beet Nummer ${at} ist fertig\n`).join('');
    const first = makeHarness();
    const plan = await first.plan(files);
    const { mapping } = await first.intake.previewTable(plan.planId, seenOf(plan, 'garden.csv').fileId, null);
    const settings = { [mappingsSetting]: rememberMapping(undefined, mapping) };
    const harness = makeHarness(undefined, { settings: async () => settings });
    expect(await harness.import({ 'garden.csv': long })).toMatchObject({ added: 23, known: 0 });
    expect(await harness.import({ 'again.csv': long })).toMatchObject({ added: 0, known: 23 });
  });

  test('of another importer stays its own', async () => {
    const chat =
      '{"chatlab":{"version":"0.0.2"},"meta":{"name":"x","platform":"qq","type":"group"},"messages":[{"sender":"1","timestamp":1,"type":0,"content":"a"},{"sender":"1","timestamp":2,"type":0,"content":"b"}]}';
    const plan = await makeHarness().plan({ 'chat.json': chat });
    expect(plan.archives[0]?.format).toBe('chatlab-json');
    const other = await makeHarness().plan({
      'rows.json': '[{"sender":"1","timestamp":1700000000,"content":"a"},{"sender":"1","timestamp":1700000001,"content":"b"}]',
    });
    expect(other.seen[0]).toMatchObject({ isTable: true, mime: 'application/json' });
  });
});
