import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Overlay, OverlayStamp } from '../../src/model/overlay';
import { aheadLimitMs, compareStamps, mergeOverlay, nextStamp } from '../../src/vault/overlay-merge';
import { openVault } from '../../src/vault/vault';
import { withFault } from '../faults/flaky-storage';
import { startMs } from './make-messages';
import { commitSmallImport, makeVault } from './make-vault';
import { withDatabase } from './raw-database';

const subject = 'message:conversation/7';

const anyStamp: fc.Arbitrary<OverlayStamp> = fc.record({
  wallMs: fc.nat({ max: 5 }),
  counter: fc.nat({ max: 3 }),
  device: fc.constantFrom('a', 'b', 'c'),
});

/** As in life, one stamp is given once: its value follows from it. */
const anyOverlay: fc.Arbitrary<Overlay> = fc.dictionary(fc.constantFrom('text', 'colour', '__proto__'), anyStamp).map((stamps) => ({
  kind: 'note' as const,
  subject,
  fields: Object.fromEntries(Object.entries(stamps).map(([name, stamp]) => [name, { stamp, value: JSON.stringify(stamp) }])),
}));

describe('merging overlays', () => {
  it('does not depend on order, grouping or repetition', () => {
    fc.assert(
      fc.property(anyOverlay, anyOverlay, anyOverlay, (a, b, c) => {
        expect(mergeOverlay(a, b)).toEqual(mergeOverlay(b, a));
        expect(mergeOverlay(mergeOverlay(a, b), c)).toEqual(mergeOverlay(a, mergeOverlay(b, c)));
        expect(mergeOverlay(a, a)).toEqual(a);
      }),
    );
  });

  it('goes by stamps that always grow, though the clock jumps back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (clock) => {
        let last: OverlayStamp | null = null;
        for (const nowMs of clock) {
          const next: OverlayStamp = nextStamp(last, nowMs, 'a');
          if (last !== null) expect(compareStamps(next, last)).toBeGreaterThan(0);
          last = next;
        }
      }),
    );
  });
});

describe('notes', () => {
  it('are kept, by kind, and a field set later wins', async () => {
    const { vault, environment } = await makeVault();
    await vault.notes.setOverlay('bookmark', subject, { on: 'yes' });
    await vault.notes.setOverlay('note', subject, { text: 'first', colour: 'red' });
    await vault.notes.setOverlay('note', subject, { text: null });
    vault.close();
    const again = await openVault(environment);
    await again.open();
    const [note] = await again.notes.overlays('note');
    expect(Object.entries(note?.fields ?? {}).map(([name, { value }]) => [name, value])).toEqual([
      ['text', null],
      ['colour', 'red'],
    ]);
    expect(await again.notes.overlays(null)).toHaveLength(2);
    expect((await again.notes.overlays('bookmark')).map(({ kind }) => kind)).toEqual(['bookmark']);
  });

  it('of two tabs writing at once are all kept', async () => {
    const { vault, environment } = await makeVault();
    const otherTab = await openVault(environment);
    await otherTab.open();
    const tabs = [vault, otherTab];
    const writes = Array.from({ length: 40 }, (_, at) => tabs[at % 2]?.notes.setOverlay('tag', `conversation:${at}`, { tag: String(at) }));
    await Promise.all(writes);
    for (const tab of tabs) expect(new Set((await tab.notes.overlays('tag')).map((overlay) => overlay.subject)).size).toBe(40);
    const stamps = (await vault.notes.overlays('tag')).map(({ fields }) => JSON.stringify(fields['tag']?.stamp));
    expect(new Set(stamps).size).toBe(40);
  });

  it('of another device are merged; stamps from too far ahead are clamped and counted, and later writes still win', async () => {
    const { vault } = await makeVault();
    const far = { wallMs: startMs + 10 * aheadLimitMs, counter: 0, device: 'other' };
    const near = { wallMs: startMs + 1_000, counter: 0, device: 'other' };
    const overlays: Overlay[] = [
      { kind: 'note', subject, fields: { text: { value: 'from the future', stamp: far } } },
      { kind: 'tag', subject, fields: { tag: { value: 'near', stamp: near } } },
    ];
    expect(await vault.notes.mergeOverlays(overlays)).toEqual({ clamped: 1 });
    const [note] = await vault.notes.overlays('note');
    expect(note?.fields['text']?.stamp.wallMs).toBe(startMs + aheadLimitMs);
    await vault.notes.setOverlay('note', subject, { text: 'here and now' });
    expect((await vault.notes.overlays('note'))[0]?.fields['text']?.value).toBe('here and now');
  });

  it('in great number take pages, of which a write replaces one, and leave nothing behind', async () => {
    const { vault, environment } = await makeVault();
    const stamp = { wallMs: startMs, counter: 0, device: 'other' };
    const many = Array.from({ length: 1_000 }, (_, at): Overlay => ({
      kind: 'bookmark',
      subject: `message:c/${at}`,
      fields: { on: { value: 'y', stamp } },
    }));
    await vault.notes.mergeOverlays(many);
    const pagesOf = () => withDatabase(environment, ({ notes }) => notes.toCollection().primaryKeys());
    const before = new Set(await pagesOf());
    await vault.notes.setOverlay('bookmark', 'message:c/5', { on: null });
    const after = await pagesOf();
    expect(after.length).toBe(before.size);
    expect(after.filter((page) => !before.has(page))).toHaveLength(1);
    expect(await vault.notes.overlays('bookmark')).toHaveLength(1_000);
  });

  it('survive imports, sweeps and their undoing untouched', async () => {
    const { vault } = await makeVault();
    await vault.notes.setOverlay('bookmark', subject, { on: 'yes' });
    const before = await vault.notes.overlays(null);
    await commitSmallImport(vault, 1);
    await commitSmallImport(vault, 2);
    await vault.sweep({ dropPrevious: true });
    expect(await vault.notes.overlays(null)).toEqual(before);
  });

  it('settings have any name', async () => {
    const { vault } = await makeVault();
    for (const name of ['language', '__proto__', 'constructor']) await vault.notes.setSetting(name, `${name}!`);
    await vault.notes.setSetting('language', 'en');
    const settings = await vault.notes.settings();
    expect(Object.entries(settings)).toEqual([
      ['language', 'en'],
      ['__proto__', '__proto__!'],
      ['constructor', 'constructor!'],
    ]);
    expect(Object.getPrototypeOf(settings)).toBe(Object.prototype);
  });

  it.each(['once', 'killed'] as const)('whose storage fails (%s) at call k, for every k, are as before or as after', async (fault) => {
    for (let failAt = 1; ; failAt += 1) {
      const { vault, environment } = await makeVault();
      await vault.notes.setOverlay('note', subject, { text: 'before' });
      const { reached, error } = await withFault(fault, failAt, () => vault.notes.setOverlay('note', subject, { text: 'after' }));
      const again = await openVault(environment);
      await again.open();
      const [note] = await again.notes.overlays('note');
      expect(note?.fields['text']?.value).toBe(error === null ? 'after' : 'before');
      expect(await withDatabase(environment, ({ notes }) => notes.count())).toBe(1);
      vault.close();
      again.close();
      if (!reached) break;
    }
  });
});
