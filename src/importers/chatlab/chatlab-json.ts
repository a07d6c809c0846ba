// The ChatLab Format as one JSON document. See README.md.

import type { JsonPiece } from '../../bytes/json-elements';
import type { NeutralRecord, Span } from '../../model/record';
import type { Importer } from '../importer';
import { parseObject } from '../json-fields';
import { problemOf, structureOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { askOwner, detectForm, openDetected } from './detect';
import { wrapPieces } from './wrap-pieces';
import { wantedPaths } from './head';
import { createReader } from './reader';
import type { ChatLabReader } from './reader';

/** Importer of `.json` files of the ChatLab Format, versions 0.0.1 and 0.0.2. */
export const chatLabJson: Importer = {
  format: 'chatlab-json',
  source: 'chatlab',
  detect: (files) => detectForm(files, 'json'),
  ask: askOwner,
  wrapPieces,
  async *read(files, detection, { answers, onBytes }) {
    const { index, entry, head } = await openDetected(files, detection);
    const reader = createReader(files, index, head, answers['owner'] ?? null);
    yield reader.begin();
    yield* readJsonRecords(
      { source: entry.open(), entry: index, onBytes },
      { paths: wantedPaths },
      {
        take: (piece, out) =>
          takePiece(piece, { entry: index, offsetBytes: piece.offsetBytes, lengthBytes: piece.lengthBytes }, reader, out),
      },
    );
  },
};

const rootMembers = new Set<string | number>(['chatlab', 'meta', 'members', 'messages']);

function takePiece(piece: JsonPiece, span: Span, reader: ChatLabReader, out: NeutralRecord[]): void {
  const { kind, text, key, parent } = piece;
  if (kind === 'structure') out.push(structureOf('brackets', span));
  else if (kind === 'problem') out.push(problemOf(piece.code ?? 'not-understood', text, span));
  else if (kind === 'member') out.push(structureOf(rootMembers.has(key) ? String(key) : 'other', span));
  else {
    const element = parseObject(text);
    if (element === null) out.push(problemOf('bad-json', text, span));
    else if (parent[0] === 'members') reader.takeMember(element, text, span, out);
    else reader.takeMessage(element, text, span, out);
  }
  if (piece.isDamaged && kind !== 'problem') out.push(problemOf('bad-encoding', text, { ...span, lengthBytes: 0 }));
}
