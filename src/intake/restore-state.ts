// A restore in the making: conversations that it writes to, imports that it brings, people and places by their local names.

import type { ConversationId, PersonId, ReceiptId, Sha256Hex } from '../model/ids';
import type { Attachment, Message } from '../model/message';
import type { Place, PortableAttachment, PortableId, PortableMessage } from '../model/portable';
import type { Progress, ReportProgress } from '../model/progress';
import type { Receipt, ReceiptProblem } from '../model/receipt';
import type { Clock } from '../model/record';
import type { SourceApp } from '../model/source';
import type { ImportChoice } from '../model/view';
import { readInstant } from '../importers/camphor/read-message';
import type { ArchiveWriter, ConversationEntry, SegmentEntry } from '../vault/archive';
import type { ChosenSnapshot } from './choose-snapshot';
import type { IntakeEnvironment } from './environment';
import type { Holder } from './holder';
import type { SaidOfConversation } from './import-note';
import type { SnapshotProblems } from './load-snapshot';
import type { ClockTranslation } from './snapshot-clock';
import type { SnapshotJob } from './snapshot-job';

/** What an import brings into one conversation. */
export interface BroughtPart {
  readonly holder: Holder;
  name: string | null;
  read: number;
  changed: number;
  readonly said: SaidOfConversation[];
}

/** A conversation of the vault that something goes into. */
export interface OpenConversation {
  readonly id: ConversationId;
  readonly source: SourceApp;
  readonly entry: ConversationEntry | null;
  readonly startSeq: number;
  segments: readonly SegmentEntry[];
  nextSeq: number;
  readonly holders: Holder[];
  /** In the order in which imports are taken in. */
  readonly parts: Map<ReceiptId, BroughtPart>;
}

export interface RestoreState {
  readonly conversations: Map<ConversationId, OpenConversation>;
  /** Where each conversation of the snapshot went. */
  readonly ids: Map<PortableId, ConversationId>;
  readonly people: Map<PortableId, PersonId>;
  /** Numbers of messages that the owner spoke of there. */
  readonly seqs: Map<PortableId, ReadonlyMap<Place, number>>;
  /** What was found while merging, by the import that met it. */
  readonly problems: Map<ReceiptId, ReceiptProblem[]>;
  /** Media that messages refer to, with the size that they claim. */
  readonly media: Map<Sha256Hex, number>;
}

export function openRestoreState(): RestoreState {
  return { conversations: new Map(), ids: new Map(), people: new Map(), seqs: new Map(), problems: new Map(), media: new Map() };
}

export function personOf(state: RestoreState, writer: Pick<ArchiveWriter, 'newPersonId'>, id: PortableId): PersonId {
  const known = state.people.get(id) ?? writer.newPersonId();
  state.people.set(id, known);
  return known;
}

const noAttachments: readonly Attachment[] = [];

/** A message of a snapshot as this vault keeps it; its `seq` is its place until it is taken in. */
export function toMessage(
  portable: PortableMessage,
  place: Place,
  clock: ClockTranslation,
  personOfId: (id: PortableId) => PersonId,
  media: Map<Sha256Hex, number>,
): Message {
  const precision: Clock = portable.clock ?? 'absolute';
  const there = { sentAtMs: readInstant(portable.at) ?? 0, clock: precision, zoneOffsetMin: portable.zoneOffsetMin ?? 0 };
  return {
    seq: place,
    sender: portable.from === undefined ? null : personOfId(portable.from),
    sourceId: portable.sourceId ?? null,
    ...clock.time(there),
    clock: precision,
    kind: portable.kind ?? 'text',
    text: portable.text ?? '',
    attachments: portable.attachments?.map((each) => toAttachment(each, media)) ?? noAttachments,
    facts: portable.facts ?? null,
  };
}

function toAttachment({ name, mime, sizeBytes, missing, sha256, ...rest }: PortableAttachment, media: Map<Sha256Hex, number>): Attachment {
  const hash = (sha256 as Sha256Hex | undefined) ?? null;
  if (hash !== null) media.set(hash, Math.max(media.get(hash) ?? 0, missing === undefined ? (sizeBytes ?? 0) : 0));
  return { ...rest, name: name ?? null, mime: mime ?? null, sizeBytes: sizeBytes ?? null, missing: missing ?? null, sha256: hash };
}

export interface RestoreInput {
  readonly environment: IntakeEnvironment;
  readonly snapshot: SnapshotJob;
  readonly choice: ImportChoice;
  readonly report: ReportProgress;
}

export interface Restore extends RestoreInput {
  readonly writer: ArchiveWriter;
  readonly receipts: Map<ReceiptId, Receipt>;
  readonly chosen: ChosenSnapshot;
  readonly state: RestoreState;
  readonly problems: SnapshotProblems;
  /** Conversations that were removed there, by the ids under which they are remembered here. */
  readonly tombstones: Map<PortableId, ConversationId>;
  readonly progress: { doneBytes: number; totalBytes: number; messages: number; media: number };
}

export function tell({ report, progress }: Restore, stage: Progress['stage'] = 'reading'): void {
  report({ stage, ...progress });
}
