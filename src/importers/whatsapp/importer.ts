// WhatsApp's text export: `WhatsApp Chat with NAME.txt` or `_chat.txt`, alone, in a folder or in a ZIP with media.

import { baseName } from '../archive-files';
import type { FileSet } from '../../bytes/source';
import type { Detection, Importer, Question } from '../importer';
import { findChats } from './chat-files';
import { dateOrderQuestion } from './date-order-question';
import { guessOwner, ownerQuestion } from './owner';
import { readChat } from './read-chat';
import { surveyChat, type Survey } from './survey';

const format = 'whatsapp-text';

/** Surveys by the file set that they are of, so that asking and then reading surveys once. */
const surveys = new WeakMap<FileSet, Map<number, Promise<Survey>>>();

function surveyOf(files: FileSet, entry: number): Promise<Survey> {
  const known = surveys.get(files) ?? new Map<number, Promise<Survey>>();
  surveys.set(files, known);
  const survey = known.get(entry) ?? surveyChat(files.entries[entry]!.open());
  known.set(entry, survey);
  survey.catch(() => known.delete(entry));
  return survey;
}

export const whatsappText: Importer = {
  format,
  source: 'whatsapp',

  async detect(files) {
    const chats = await findChats(files);
    return chats.map(({ entry, bracketed, title }): Detection => ({
      format,
      formatVersion: bracketed ? 'ios' : 'android',
      source: 'whatsapp',
      entries: [entry],
      title,
      isSingle: true,
    }));
  },

  async ask(files, detection) {
    const survey = await surveyOf(files, detection.entries[0]!);
    const owner = ownerQuestion(survey, detection.title);
    const orders = [...survey.formats.values()].map(dateOrderQuestion);
    const zone: Question = { id: 'zone', options: [], guess: null, certain: false };
    return [...orders, ...(owner ? [owner] : []), zone];
  },

  async *read(files, detection, { answers, onBytes }) {
    const entry = detection.entries[0]!;
    const survey = await surveyOf(files, entry);
    const owner = answers['owner'] ?? guessOwner(survey, detection.title).name;
    yield* readChat({ files, entry, title: detection.title, owner, survey, answers, onBytes });
  },

  /** Lines say everything but the chat's name, which is the file's. */
  wrapPieces: (pieces, { path }) => ({ name: baseName(path), text: pieces.map((piece) => `${piece}\n`).join('') }),
};
