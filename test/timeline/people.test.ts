// Everyone in the archives: who is shown, who may be one person, and what merging changes in reading, search and statistics.

import { describe, expect, test } from 'vitest';
import type { Overlay } from '../../src/model/overlay';
import type { SourceApp } from '../../src/model/source';
import { createTimeline } from '../../src/timeline/timeline';
import type { PersonEntry } from '../../src/vault/archive';
import { conversationId, memoryReader, message, personId } from '../search/memory-reader';
import { engineOver, runSearch } from '../search/run-search';

const stamp = { wallMs: 1, counter: 0, device: 'd' };
const merged = (from: string, into: string): Overlay => ({
  kind: 'merged-people',
  subject: `person:${from}`,
  fields: { into: { value: `person:${into}`, stamp } },
});
const hidden: Overlay = { kind: 'hidden', subject: 'conversation:h', fields: { hidden: { value: 'yes', stamp } } };

const person = (id: string, source: SourceApp, names: readonly string[], sourceId: string | null = null, isOwner = false): PersonEntry => ({
  id: personId(id),
  source,
  sourceId,
  conversation: null,
  names,
  isOwner,
});

const people = [
  person('me1', 'whatsapp', ['Jon'], null, true),
  person('me2', 'telegram', ['Jon'], null, true),
  person('ida1', 'whatsapp', ['Ida'], '4915112345678@s.whatsapp.net'),
  person('ida2', 'signal', ['I. B.'], '+49 151 12345678'),
  person('kim1', 'whatsapp', ['Kim']),
  person('kim2', 'telegram', [' KIM']),
  person('kim3', 'telegram', ['Kim Other']),
  person('secret', 'whatsapp', ['Nobody knows']),
];
const by = (sender: string, seq: number, text = 'hello') => message(text, { seq, sentAtMs: seq * 1000, sender: personId(sender) });
const reader = memoryReader(
  [
    { id: 'w', source: 'whatsapp', people: ['me1', 'ida1', 'kim1'].map(personId), ownerPeople: [personId('me1')], messages: [by('ida1', 0, 'from the one'), by('me1', 1), by('kim1', 2)] },
    { id: 's', source: 'signal', people: [personId('ida2')], messages: [by('ida2', 0, 'from the other'), by('ida2', 1)] },
    { id: 't', source: 'telegram', people: ['me2', 'kim2', 'kim3'].map(personId), messages: [by('kim2', 0)] },
    { id: 'h', source: 'whatsapp', people: [personId('secret')], messages: [by('secret', 0)] },
  ],
  people,
); // prettier-ignore
const timelineOver = (overlays: readonly Overlay[]) =>
  createTimeline({ reader: async () => reader, overlays: async () => overlays, inlineTypes: new Set() });

describe('everyone', () => {
  test('is who is in a conversation that is shown; numbers in one form', async () => {
    const { people: found } = await timelineOver([hidden]).everyone();
    expect(found.map(({ name }) => name).toSorted()).toEqual([' KIM', 'I. B.', 'Ida', 'Jon', 'Jon', 'Kim', 'Kim Other']);
    const numbers = found.flatMap(({ members }) => members.flatMap(({ number }) => number ?? []));
    expect(numbers).toEqual(['tel:+4915112345678', 'tel:+4915112345678']);
  });

  test('the owner in two archives, who has the same number, or the same name in two apps, may be one; the owner is none of the others', async () => {
    const { alike } = await timelineOver([hidden]).everyone();
    expect(alike).toEqual([{ by: 'owner', people: ['me1', 'me2'] }, { by: 'number', people: ['ida1', 'ida2'] }, { by: 'name', people: ['kim1', 'kim2'] }]); // prettier-ignore
  });
});

describe('not the same', () => {
  const different = (one: string, ...others: string[]): Overlay => ({
    kind: 'different-people',
    subject: `person:${one}`,
    fields: Object.fromEntries(others.map((other) => [other, { value: 'yes', stamp }])),
  });
  const proposed = async (...overlays: Overlay[]) => (await timelineOver([hidden, ...overlays]).everyone()).alike.map(({ by }) => by);

  test('is not proposed again, whichever of them it was said of', async () => {
    expect(await proposed(different('kim2', 'kim1'))).toEqual(['owner', 'number']);
    expect(await proposed(different('kim1', 'kim2'), different('me1', 'me2'))).toEqual(['number']);
  });

  test('is proposed as long as two of them may be one, and after a merging holds for all of both', async () => {
    const withThird = [hidden, merged('kim3', 'me1')];
    expect(await proposed(...withThird, different('me1', 'me2'))).toEqual(['number', 'name']);
    expect(await proposed(merged('kim3', 'kim2'), different('kim1', 'kim3'))).toEqual(['owner', 'number']);
  });
});

describe('merged', () => {
  const overlays = [hidden, merged('ida2', 'ida1')];

  test('is one of everyone, with all names, apps and conversations, and no longer asked about', async () => {
    const { people: found, alike } = await timelineOver(overlays).everyone();
    const ida = found.find(({ id }) => id === 'ida1');
    expect(ida).toMatchObject({ name: 'Ida', names: ['Ida', 'I. B.'], conversations: ['w', 's'] });
    expect(ida?.members.map(({ source, name }) => [source, name])).toEqual([['whatsapp', 'Ida'], ['signal', 'I. B.']]); // prettier-ignore
    expect(found.some(({ id }) => id === 'ida2')).toBe(false);
    expect(alike.map((one) => one.by)).toEqual(['owner', 'name']);
  });

  test('is shown under one name', async () => {
    const timeline = timelineOver(overlays);
    const [other] = (await timeline.page(conversationId('s'), { at: 'start' }, 0, 0)).messages;
    expect(other?.senderView).toMatchObject({ name: 'Ida', names: ['Ida', 'I. B.'] });
  });

  test('is found under every name', async () => {
    const engine = engineOver(reader, { overlays: async () => overlays });
    for (const name of ['from:Ida', 'from:"I. B."']) {
      const { hits } = await runSearch(engine, `${name} from`);
      expect(hits.map(({ snippet, senderName }) => [snippet, senderName]).toSorted()).toEqual([['from the one', 'Ida'], ['from the other', 'Ida']]); // prettier-ignore
    }
  });

  test('is counted as one', async () => {
    const { people: counted } = await timelineOver(overlays).statistics({ conversations: null, zone: 'UTC' }, () => {});
    expect(counted.map(({ name, messages }) => [name, messages])[0]).toEqual(['Ida', 3]);
    expect(counted.filter(({ name }) => name === 'I. B.')).toEqual([]);
  });
});
