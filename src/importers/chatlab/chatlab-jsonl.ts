// The ChatLab Format as one JSON object a line: a header, members, messages; comments and blank lines between. See README.md.

import { readLines } from '../../bytes/text-lines';
import type { LineBatch } from '../../bytes/text-lines';
import type { NeutralRecord, ProblemRecord, Span } from '../../model/record';
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
    for await (const lines of readLines(entry.open(), { encoding: 'utf-8', lineLimitBytes })) {
      let doneBytes = 0;
      for (const { text, span, problems } of linesOf(lines, index)) {
        if (batch.length > batchLimit - recordsOfOneLine) {
          yield batch;
          batch = [];
        }
        takeLine(text, span, reader, batch);
        batch.push(...problems);
        doneBytes = span.offsetBytes + span.lengthBytes + problems.reduce((sum, problem) => sum + problem.lengthBytes, 0);
      }
      onBytes?.(doneBytes);
    }
    if (batch.length > 0) yield batch;
  },
};

interface Line {
  readonly text: string;
  readonly span: Span;
  /** What the lines' reader says of it; the rest of an over-long line is one, with bytes of its own. */
  readonly problems: readonly ProblemRecord[];
}

function* linesOf({ lines, offsets, lengths, problems }: LineBatch, entry: number): Generator<Line, void, void> {
  let next = 0;
  for (const [line, text] of lines.entries()) {
    const own: ProblemRecord[] = [];
    for (let problem = problems[next]; problem?.line === line; problem = problems[++next]) {
      const { code, raw, offsetBytes, lengthBytes } = problem;
      own.push({ type: 'problem', problem: { code, raw }, entry, offsetBytes, lengthBytes });
    }
    yield { text, span: { entry, offsetBytes: offsets[line] ?? 0, lengthBytes: lengths[line] ?? 0 }, problems: own };
  }
}

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
