// Tables as archives: each sample with the mapping that is guessed for it.

import { readTableHeads } from '../../../src/importers/table/table-head';
import { guessMapping } from '../../../src/importers/table/guess-mapping';
import { mappedTable } from '../../../src/importers/table/mapped-table';
import { describeConformance } from '../conformance';
import { ownSamplePath, sampleAt } from '../samples';

for (const [path, table, hasEnd] of [
  ['album', 'room.json', true],
  ['lines.jsonl', 'lines.jsonl', false],
  ['半月.csv', '半月.csv', false],
  ['sms.csv', 'sms.csv', false],
  ['bare.tsv', 'bare.tsv', false],
] as const) {
  const sample = sampleAt(ownSamplePath(`table/${path}`), { hasEnd });
  const files = await sample.open();
  const entry = files.entries.find((each) => each.path.endsWith(table));
  const [head] = entry === undefined ? [] : await readTableHeads(entry.open());
  if (head === undefined) throw new Error(`${table} is no table`);
  describeConformance(mappedTable(guessMapping(head)), [sample]);
}
