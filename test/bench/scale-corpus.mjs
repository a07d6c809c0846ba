// A life's corpus: 2,000 conversations, one of them with a tenth of all messages, every twentieth message with an attachment, as
// three exports of a whole Telegram account that follow each other in time: the first tenth, two more, the rest. Attachments are
// named and not there, as in an export without media. Streamed and deterministic.
import { existsSync, statSync } from 'node:fs';
import { createRandom, makeMessages, personName, wholeSpan, writeFile } from './corpus.mjs';

const conversations = 2_000;
const peopleCount = 3_000;
/** Of all messages, after each export. */
export const stageShares = [0.1, 0.3, 1];

/** How many messages each conversation has in the whole corpus: a tenth in the first, the others by Zipf's law. */
export function conversationSizes(total) {
  const weights = Array.from({ length: conversations - 1 }, (_, index) => 1 / (index + 20));
  const sum = weights.reduce((a, b) => a + b, 0);
  const rest = weights.map((weight) => Math.max(1, Math.round((total * 0.9 * weight) / sum)));
  return [total - rest.reduce((a, b) => a + b, 0), ...rest];
}

/** Members of a conversation: 200 in the large one, two to thirty in the others. */
function membersOf(number) {
  const random = createRandom(7_000_000 + number);
  const count = number === 0 ? 200 : 2 + Math.floor(28 * random() ** 2);
  return Array.from({ length: count }, () => Math.floor(peopleCount * random()));
}

/** What one message in twenty has beside its text. */
function attachmentOf(number, index) {
  const id = `${number}_${index}`;
  if (index % 20 !== 7) return {};
  if (index % 100 === 7) return { file: `files/report_${id}.pdf`, file_name: `report_${id}.pdf`, mime_type: 'application/pdf' };
  if (index % 100 === 27)
    return { file: `voice_messages/audio_${id}.ogg`, media_type: 'voice_message', mime_type: 'audio/ogg', duration_seconds: 5 };
  return { photo: `photos/photo_${id}.jpg`, width: 1280, height: 960 };
}

function elementOf(number, members, first, { index, sentAtMs, sender, text }) {
  const at = new Date(sentAtMs).toISOString().slice(0, 19);
  const person = members[sender] ?? 0;
  return JSON.stringify({
    id: first + index + 1,
    type: 'message',
    date: at,
    date_unixtime: String(sentAtMs / 1000),
    from: personName(person),
    from_id: `user${100_000 + person}`,
    ...attachmentOf(number, first + index),
    text,
    text_entities: [{ type: 'plain', text }],
  });
}

/** The window of a stage: what lies between two shares, in messages and in time. */
function windowOf(size, stage) {
  const [from, to] = [stageShares[stage - 1] ?? 0, stageShares[stage]];
  const [first, end] = [Math.round(size * from), Math.round(size * to)];
  const { fromMs, spanMs } = wholeSpan;
  // A second apart, so that an export begins where the one before has ended.
  return { first, count: end - first, fromMs: fromMs + Math.round(spanMs * from) + 1000, spanMs: Math.round(spanMs * (to - from)) * 0.999 };
}

function* exportParts(sizes, stage) {
  const me = { user_id: 99, first_name: 'Bench', last_name: '' };
  yield `{\n "about": "Bench",\n "personal_information": ${JSON.stringify(me)},\n "chats": {\n  "about": "",\n  "list": [\n`;
  for (const [number, size] of sizes.entries()) {
    const { first, count, ...span } = windowOf(size, stage);
    const members = membersOf(number);
    const name = number === 0 ? 'Bench' : `${personName(number)} ${number}`;
    yield `${number === 0 ? '' : ',\n'}   {"name": ${JSON.stringify(name)}, "type": "private_supergroup", "id": ${9_000_000 + number}, "messages": [`;
    for (const message of makeMessages(count, 1000 * number + stage + 1, span, members.length))
      yield `${message.index === 0 ? '' : ','}\n    ${elementOf(number, members, first, message)}`;
    yield '\n   ]}';
  }
  yield '\n  ]\n }\n}\n';
}

/** Writes the export of a stage once; gives its path, size and messages, and how many messages there are with those before it. */
export async function ensureStage(folder, total, stage) {
  const sizes = conversationSizes(total);
  const path = `${folder}/account-${total}-${stage}.json`;
  if (!existsSync(path)) await writeFile(path, exportParts(sizes, stage));
  const messages = sizes.reduce((sum, size) => sum + windowOf(size, stage).count, 0);
  const upTo = sizes.reduce((sum, size) => sum + Math.round(size * stageShares[stage]), 0);
  return { path, sizeBytes: statSync(path).size, messages, upTo };
}

/** A thousand messages more in fifty conversations, after everything else. */
export async function ensureLater(folder, total) {
  const path = `${folder}/account-${total}-later.json`;
  const sizes = conversationSizes(total).slice(0, 50);
  const { fromMs, spanMs } = wholeSpan;
  const later = { fromMs: fromMs + Math.round(spanMs * 1.01), spanMs: 86_400_000 };
  const chats = sizes.map((size, number) => {
    const members = membersOf(number);
    const messages = [...makeMessages(20, 1000 * number + 9, later, members.length)];
    const elements = messages.map((message) => elementOf(number, members, size, message));
    const name = number === 0 ? 'Bench' : `${personName(number)} ${number}`;
    return `{"name": ${JSON.stringify(name)}, "type": "private_supergroup", "id": ${9_000_000 + number}, "messages": [\n${elements.join(',\n')}]}`;
  });
  const head =
    '{ "about": "Bench", "personal_information": {"user_id": 99, "first_name": "Bench", "last_name": ""}, "chats": { "about": "", "list": [';
  if (!existsSync(path)) await writeFile(path, [head, chats.join(',\n'), ']}}\n']);
  return { path, messages: 1000 };
}
