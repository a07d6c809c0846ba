// The ChatLab Format as one JSON object a line: a header, members, messages; comments and blank lines between. See README.md.

import type { NeutralRecord } from '../../model/record';
import type { Importer } from '../importer';
import { parseObject } from '../json-fields';
import { problemOf, structureOf } from '../problem-record';
import { readLineRecords } from '../record-batches';
import type { PlacedLine } from '../record-batches';
import { askOwner, detectForm, openDetected } from './detect';
import { wrapPieces } from './wrap-pieces';
import { isComment, lineLimitBytes } from './head';
import { createReader } from './reader';
import type { ChatLabReader } from './reader';

/** Importer of `.jsonl` files of the ChatLab Format, version 0.0.2. */
export const chatLabJsonl: Importer = {
  format: 'chatlab-jsonl',
  source: 'chatlab',
  detect: (files) => detectForm(files, 'jsonl'),
  ask: askOwner,
  wrapPieces,
  async *read(files, detection, { answers, onBytes }) {
    const { index, entry, head } = await openDetected(files, detection);
    const reader = createReader(files, index, head, answers['owner'] ?? null);
    yield reader.begin();
    yield* readLineRecords(
      { source: entry.open(), entry: index, onBytes },
      { encoding: 'utf-8', lineLimitBytes },
      { take: (line, out) => takeLine(line, reader, out) },
    );
  },
};

function takeLine({ text, span }: PlacedLine, reader: ChatLabReader, out: NeutralRecord[]): void {
  if (isComment(text)) {
    out.push(structureOf(text.trim() === '' ? 'blank' : 'comment', span));
    return;
  }
  const fields = parseObject(text);
  if (fields === null) out.push(problemOf('bad-json', text, span));
  else if (fields['_type'] === 'header') out.push(structureOf('header', span));
  else if (fields['_type'] === 'member') reader.takeMember(fields, text, span, out);
  else if (fields['_type'] === 'message') reader.takeMessage(fields, text, span, out);
  else out.push(problemOf('not-understood', text, span));
}
