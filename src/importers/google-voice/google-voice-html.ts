// Google Voice in Google's Takeout: texts, calls and voicemails, an HTML file for each conversation and day. See README.md.

import { hasClass } from '../../bytes/html-query';
import type { FileSet } from '../../bytes/source';
import type { MessageFacts, MessageRecord, NeutralRecord } from '../../model/record';
import { candidates, detectBytes, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import { messageKindOf } from '../file-kind';
import type { Detection, Importer } from '../importer';
import { createPeople, type People } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readHtmlRecords, type PieceReader, type PlacedElement } from '../record-batches';
import { readDirectory, type Chat, type Directory } from './directory';
import { readMedia } from './media';
import { readCall, readText, type VoiceBody } from './message';
import { isVoicePage, isWanted, readParties, type Party } from './page';

const format = 'google-voice-html';
const fileName = /\d{4}-\d\d-\d\dT\d\d_\d\d_\d\dZ(?:-\d{1,3})?\.html$/i;

/** Importer of `Voice/Calls`; all files of a set are one archive. */
export const googleVoiceHtml: Importer = {
  format,
  source: 'google-voice',
  detect,
  ask: () => Promise.resolve([]),
  async *read(files, { entries }, { onBytes }) {
    const directory = await readDirectory(files, entries);
    const people = createPeople((idOrName) => idOrName === (directory.ownNumber ?? ''));
    const numbers = new Map<string, number>();
    yield* readInTurn(files, entries, onBytes, async function* (place) {
      const chat = directory.chats.get(place.entry) ?? { sourceId: null, name: null, shape: 'unknown' };
      const key = JSON.stringify([chat.sourceId, chat.sourceId === null ? chat.name : null]);
      const conversation = numbers.get(key) ?? numbers.size;
      if (!numbers.has(key)) yield [{ type: 'conversation', index: conversation, ...chat }];
      numbers.set(key, conversation);
      const folder = folderOf(files.entries[place.entry]?.path ?? '');
      yield* readHtmlRecords(place, { isWanted, nests: true }, createReader({ files, folder, conversation, chat, directory, people }));
    });
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const entries: number[] = [];
  for (const [index, entry] of candidates(files, fileName)) {
    if (isVoicePage(await entry.open().read(0, detectBytes))) entries.push(index);
  }
  if (entries.length === 0) return [];
  return [{ format, formatVersion: 'takeout', source: 'google-voice', entries, title: null }];
}

interface Context {
  readonly files: FileSet;
  readonly folder: string;
  readonly conversation: number;
  readonly chat: Chat;
  readonly directory: Directory;
  readonly people: People;
}

function createReader(context: Context): PieceReader<PlacedElement> {
  return {
    take(piece, out) {
      const { element, raw, span } = piece;
      if (hasClass(element, 'participants')) {
        for (const party of readParties(element)) personOf(party, context, out);
        out.push(structureOf('participants', span));
        return;
      }
      const isCall = hasClass(element, 'haudio');
      const body = isCall ? readCall(element) : readText(element);
      if (body === null) {
        out.push(problemOf('not-understood', raw, span));
        return;
      }
      const [party = null] = readParties(element);
      const own: Party = { number: context.directory.ownNumber, name: null, isOwner: true };
      if (isCall && body.isPlaced && party !== null) personOf(party, context, out);
      const sender = personOf(body.isPlaced ? own : party, context, out);
      out.push(toMessage(piece, body, sender, context, party));
    },
  };
}

/** Index of the person; -1 where a file says neither number nor name. */
function personOf(party: Party | null, { conversation, directory, people }: Context, out: NeutralRecord[]): number {
  if (party === null) return -1;
  const { number, name, isOwner } = party;
  if (isOwner) return directory.ownNumber === null ? people.named(null, conversation, out) : people.withId(directory.ownNumber, null, out);
  if (number !== null) return people.withId(number, directory.names.get(number) ?? name, out);
  return name === null ? -1 : people.named(name, conversation, out);
}

function toMessage(
  { element, raw, span }: PlacedElement,
  body: VoiceBody,
  sender: number,
  context: Context,
  party: Party | null,
): MessageRecord {
  const named = readMedia(element, context.files, context.folder);
  const isLost = named.length === 0 && body.facts.extra?.['placeholder'] !== undefined;
  const attachments = isLost
    ? [{ kind: 'file', name: null, entry: null, missing: 'not-in-archive', mime: null, sizeBytes: null } as const]
    : named;
  const [first] = attachments;
  const isCall = body.kind === 'call';
  const kind = !isCall && first !== undefined ? messageKindOf(first.kind) : (body.kind ?? 'unknown');
  const from = party?.isOwner === true && party.number !== context.directory.ownNumber ? { from: party.number } : {};
  const extra = { ...body.facts.extra, ...from, ...(kind === 'unknown' ? { raw } : {}) };
  const facts: MessageFacts = { ...body.facts, ...(Object.keys(extra).length === 0 ? {} : { extra }) };
  return {
    type: 'message',
    conversation: context.conversation,
    sender,
    sourceId: null,
    sentAtMs: body.sentAtMs,
    clock: 'absolute',
    kind,
    text: body.text,
    attachments,
    facts: Object.keys(facts).length === 0 ? null : facts,
    ...span,
  };
}
