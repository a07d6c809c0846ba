// The ChatLab Format as one JSON object a line: a header, members, messages; comments and blank lines between. See README.md.

import { readLines } from '../../bytes/text-lines';
import type { NeutralRecord, Span } from '../../model/record';
import type { Importer } from '../importer';
import { askOwner, detectForm, openDetected } from './detect';
import { isComment, lineLimitBytes, parseObject } from './head';
import { createReader, problemOf } from './reader';
import type { ChatLabReader } from './reader';

const batchLimit = 4096;
/** A line gives at most a person, its record and its damage. */
const recordsOfOneLine = 4;

/** Importer of `.jsonl` files of the ChatLab Format, version 0.0.2. */
export const chatLabJsonl: Importer = {
  format: 'chatlab-jsonl',
  source: 'chatlab',
  detect: (files) => detectForm(files, 'jsonl'),
  ask: askOwner,
  async *read(files, detection, { answers, onBytes }) {
    const { index, entry, head } = await openDetected(files, detection);
    const reader = createReader(files, index, head, answers['owner'] ?? null);
    let batch: NeutralRecord[] = [];
    reader.begin(batch);
    for await (const { lines, offsets, lengths, problems } of readLines(entry.open(), { encoding: 'utf-8', lineLimitBytes })) {
      let nextProblem = 0;
      for (let line = 0; line < lines.length; line++) {
        if (batch.length > batchLimit - recordsOfOneLine) {
          yield batch;
          batch = [];
        }
        const span = { entry: index, offsetBytes: offsets[line]!, lengthBytes: lengths[line]! };
        takeLine(lines[line]!, span, reader, batch);
        for (; problems[nextProblem]?.line === line; nextProblem++) {
          const { code, raw, offsetBytes, lengthBytes } = problems[nextProblem]!;
          batch.push({ type: 'problem', problem: { code, raw }, entry: index, offsetBytes, lengthBytes });
        }
      }
      onBytes?.(offsets.at(-1)! + lengths.at(-1)!);
    }
    if (batch.length > 0) yield batch;
  },
};

function takeLine(line: string, span: Span, reader: ChatLabReader, out: NeutralRecord[]): void {
  if (isComment(line)) {
    out.push({ type: 'structure', name: line.trim() === '' ? 'blank' : 'comment', ...span });
    return;
  }
  const fields = parseObject(line);
  if (fields === null) out.push(problemOf('bad-json', line, span));
  else if (fields['_type'] === 'header') out.push({ type: 'structure', name: 'header', ...span });
  else if (fields['_type'] === 'member') reader.takeMember(fields, line, span, out);
  else if (fields['_type'] === 'message') reader.takeMessage(fields, line, span, out);
  else out.push(problemOf('not-understood', line, span));
}
