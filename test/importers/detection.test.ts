// Who claims what: every sample as it is, renamed, in a ZIP, and in a folder among other files. Prints the table of sources
// against formats; each archive must be claimed by the same importers whatever it is called and wrapped in.

import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openFileSet, type DroppedSource } from '../../src/bytes/file-set';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import type { FileSet } from '../../src/bytes/source';
import { sourceApps } from '../../src/model/source';
import { buildZip } from '../hostile/zip-builder';
import { detectAll } from '../tools/detect-all';
import { fileSetsOfPath } from '../tools/node-files';
import { hasSharedSamples, ownSamplePath, sharedSamplePath } from './samples';

/** Shared samples, by source: each is one drop, and of a path that ends in `*` each file or folder is one. */
const sharedBySource: Readonly<Record<string, readonly string[]>> = {
  chatlab: ['china/synthetic/exports/chatlab/*'],
  wechat: [
    ...['chatlog', 'echotrace', 'memotrace', 'wechatexporter', 'weflow'].map((tool) => `china/synthetic/exports/${tool}/*`),
    'china/synthetic/exports/pywxdump',
  ],
  qq: ['qce', 'qq-mht', 'qq-txt'].map((form) => `china/synthetic/exports/${form}/*`),
  wecom: ['china/synthetic/exports/wecom/*'],
  feishu: ['china/synthetic/exports/feishu/*'],
  whatsapp: ['international/_generated/samples/whatsapp/*'],
  discord: ['international/_generated/samples/discord-dce/*', 'international/_generated/samples/discord-package'],
  'google-chat': ['international/_generated/samples/google-chat', 'international/_generated/samples/hangouts'],
  'google-voice': ['international/_generated/samples/google-voice'],
  kakaotalk: ['international/_generated/samples/kakaotalk/*'],
  line: ['international/_generated/samples/line/*'],
  matrix: ['international/_generated/samples/matrix/*'],
  messenger: ['messenger', 'messenger-e2ee/*', 'instagram-html'].map((form) => `international/_generated/samples/${form}`),
  signal: ['international/_generated/samples/signal-export-2023-11-14-22-15-00'],
  skype: ['international/_generated/samples/skype/*'],
  slack: ['international/_generated/samples/slack/*'],
  sms: ['international/_generated/samples/sms/*'],
  snapchat: ['international/_generated/samples/snapchat'],
  telegram: ['international/_generated/samples/telegram-html', 'international/_generated/samples/telegram-json-defect/*'],
  x: ['international/_generated/samples/x-twitter'],
};

interface Sample {
  readonly source: string;
  readonly path: string;
  readonly label: string;
}

/** What the samples' authors expect of them lies beside them. */
const isSample = (name: string): boolean => name !== 'expected.json';

function samplesIn(source: string, folder: string, label: string): Sample[] {
  const names = readdirSync(folder).filter(isSample);
  return names.map((name) => ({ source, path: `${folder}/${name}`, label: `${label}/${name}` }));
}

function sharedSamples(source: string, place: string): Sample[] {
  const path = sharedSamplePath(place.replace(/\/\*$/, ''));
  const label = `shared/${place.split('/').at(-1) === '*' ? source : place.split('/').at(-1)}`;
  return place.endsWith('/*') ? samplesIn(source, path, label) : [{ source, path, label }];
}

const ownFolders = new Set(readdirSync(ownSamplePath('')));
const samples: readonly Sample[] = [
  ...sourceApps.filter((source) => ownFolders.has(source)).flatMap((source) => samplesIn(source, ownSamplePath(source), source)),
  ...(hasSharedSamples
    ? Object.entries(sharedBySource).flatMap(([source, places]) => places.flatMap((place) => sharedSamples(source, place)))
    : []),
];

/** Formats that are claimed in all sets of a drop, sorted. */
async function claimsOf(sets: readonly FileSet[]): Promise<string[]> {
  const found = await Promise.all(sets.map(detectAll));
  return found
    .flat()
    .map(({ detection }) => detection.format)
    .sort();
}

const besides: readonly (readonly [path: string, bytes: Uint8Array])[] = [
  ['IMG_0001.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)],
  ['notes.txt', new TextEncoder().encode('Shopping\n1/2 litre of milk\n')],
  ['table of contents.html', new TextEncoder().encode('<!DOCTYPE html><title>Contents</title><p>Nothing here</p>\n')],
];

const sourceAt = (path: string, bytes: Uint8Array): DroppedSource => ({ path, source: sourceOfBytes(bytes), modifiedAtMs: null });

/** The files of a sample with their bytes, as they lie in the drop; containers that were opened are among them as files. */
async function filesOf(sample: Sample): Promise<(readonly [path: string, bytes: Uint8Array])[]> {
  const { sets } = await fileSetsOfPath(sample.path);
  const first = sets.find(({ container }) => container !== 'zip') ?? sets[0];
  return Promise.all(
    (first?.entries ?? []).map(async (entry) => {
      const source = entry.open();
      return [entry.path, await source.read(0, source.sizeBytes)] as const;
    }),
  );
}

const rename = (path: string, index: number): string => `${index}${/\.[a-z0-9]{1,8}$/i.exec(path)?.[0] ?? ''}`;

describe('detection', () => {
  const table: Record<string, Record<string, number>> = {};

  test.each(samples)('claims $label, whatever it is wrapped in', async (sample) => {
    const plain = await claimsOf((await fileSetsOfPath(sample.path)).sets);
    expect(plain.length, 'claims').toBeGreaterThan(0);
    const row = (table[sample.source] ??= {});
    for (const format of plain) row[format] = (row[format] ?? 0) + 1;

    const files = await filesOf(sample);
    const zip = buildZip(files.map(([name, content]) => ({ name: `folder/${name}`, content })));
    expect(await claimsOf((await openFileSet('x.zip', 'files', [sourceAt('x.zip', zip)])).sets), 'in a ZIP').toEqual(plain);

    // A card or a table of contacts among other files is an attachment of theirs.
    const others = sample.source === 'contacts' ? [] : besides;
    const among = [...files, ...others].map(([path, bytes]) => sourceAt(`export/${path}`, bytes));
    expect(await claimsOf((await openFileSet('export', 'folder', among)).sets), 'in a folder among other files').toEqual(plain);

    if (files.length > 1) return;
    const renamed = files.map(([path, bytes], index) => sourceAt(rename(path, index), bytes));
    expect(await claimsOf((await openFileSet('x', 'files', renamed)).sets), 'renamed').toEqual(plain);
  });

  test('prints who claims what', () => {
    console.table(table);
    for (const [source, row] of Object.entries(table)) {
      const foreign = Object.keys(row).filter((format) => !format.startsWith(source) && !isAllowed(source, format));
      expect(foreign, `claims of foreign importers on samples of ${source}`).toEqual([]);
    }
  });
});

/** Formats that are named after the tool or the exchange form rather than the app. */
const allowed: Readonly<Record<string, readonly string[]>> = {};
const isAllowed = (source: string, format: string): boolean => allowed[source]?.includes(format) ?? false;
