// The bench's corpora: one invented group of 200 people over 10 years, 60 % Chinese, as WhatsApp text, as Telegram JSON and as
// qq-chat-exporter's JSON. Deterministic: the same count gives the same bytes.
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { chineseWords, englishWords } from './words.mjs';

const firstAtMs = Date.UTC(2014, 0, 1);
const spanMs = 10 * 365.25 * 86_400_000;
const people = 200;
const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const givenNames = ['小明', '丽华', '建国', '秀英', '子涵', 'Anna', 'Ben', 'Chloe', 'David', 'Emma'];
const emoji = ['😂', '👍', '❤️', '🙏', '😭', '🎉'];

/** A small seeded generator of numbers in [0, 1). */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 200 names, then the same with a number. */
export const personName = (index) =>
  `${surnames[index % 20]}${givenNames[Math.floor(index / 20) % 10]}${index < 200 ? '' : Math.floor(index / 200)}`;

/** Ten years. */
export const wholeSpan = { fromMs: firstAtMs, spanMs };

/** Messages in time order: `{ index, sentAtMs, sender, name, text }`. */
export function* makeMessages(count, seed = 20140101, { fromMs, spanMs: lengthMs } = wholeSpan, members = people) {
  const random = createRandom(seed);
  const english = englishWords();
  const chinese = chineseWords();
  let sentAtMs = fromMs;
  for (let index = 0; index < count; index += 1) {
    sentAtMs += Math.max(1000, Math.round((-Math.log(1 - random()) * lengthMs) / count / 1000) * 1000);
    const sender = Math.floor(members * random() ** 3);
    const length = 1 + Math.floor(-Math.log(1 - random()) * 6);
    const isChinese = random() < 0.6;
    const picked = Array.from({ length }, () => (isChinese ? chinese : english).at(random()));
    let text = isChinese ? picked.join('') : picked.join(' ');
    const luck = random();
    if (luck < 0.04) text += ` ${emoji[Math.floor(random() * emoji.length)]}`;
    else if (luck < 0.06) text += isChinese ? `\n${chinese.at(random())}` : `\n${english.at(random())}`;
    else if (luck < 0.07) text += ` https://example.org/${Math.floor(random() * 1e6)}`;
    yield { index, sentAtMs, sender, name: personName(sender), text };
  }
}

const two = (value) => String(value).padStart(2, '0');

/** A line as Android writes it. */
export function whatsappLine({ sentAtMs, name, text }) {
  const at = new Date(sentAtMs);
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())} - ${name}: ${text}\n`;
}

/** As Telegram Desktop prints it: one space a level. */
function telegramElement({ index, sentAtMs, sender, name, text }) {
  const message = {
    id: index + 1,
    type: 'message',
    date: new Date(sentAtMs).toISOString().slice(0, 19),
    date_unixtime: String(sentAtMs / 1000),
    from: name,
    from_id: `user${100_000 + sender}`,
    text,
    text_entities: [{ type: 'plain', text }],
  };
  return JSON.stringify(message, null, 1).replaceAll('\n', '\n  ');
}

/** As qq-chat-exporter prints it: two spaces a level, everything said three times over. */
function qceElement({ index, sentAtMs, sender, name, text }) {
  const uin = String(1_000_000 + sender);
  const message = {
    id: String(7_300_000_000_000_000_000n + BigInt(index)),
    seq: String(1000 + index),
    timestamp: sentAtMs,
    time: new Date(sentAtMs).toISOString().slice(0, 19).replace('T', ' '),
    sender: { uid: `u_Bench${uin}`, uin, name, nickname: name },
    type: 'text',
    content: { text, html: '', elements: [{ type: 'text', data: { text } }], resources: [], mentions: [] },
    recalled: false,
    system: false,
  };
  return JSON.stringify(message, null, 2).replaceAll('\n', '\n    ');
}

/** Streams the parts to a file that is there whole or not at all. */
export async function writeFile(path, parts) {
  mkdirSync(dirname(path), { recursive: true });
  const stream = createWriteStream(`${path}.part`);
  let buffer = '';
  for (const part of parts) {
    buffer += part;
    if (buffer.length < 1 << 20) continue;
    if (!stream.write(buffer)) await once(stream, 'drain');
    buffer = '';
  }
  stream.end(buffer);
  await once(stream, 'finish');
  renameSync(`${path}.part`, path);
}

function* whatsappParts(count) {
  for (const message of makeMessages(count)) yield whatsappLine(message);
}

function* telegramParts(count) {
  yield '{\n "name": "Bench",\n "type": "private_supergroup",\n "id": 9000001,\n "messages": [\n  ';
  for (const message of makeMessages(count)) yield (message.index === 0 ? '' : ',\n  ') + telegramElement(message);
  yield '\n ]\n}\n';
}

function* qceParts(count) {
  yield `{
  "metadata": { "name": "QQChatExporter V5 / https://github.com/shuakami/qq-chat-exporter", "version": "5.0.0" },
  "chatInfo": { "name": "Bench", "type": "group", "selfUid": "u_Bench1000000", "selfUin": "1000000", "selfName": "Bench" },
  "messages": [
    `;
  for (const message of makeMessages(count)) yield (message.index === 0 ? '' : ',\n    ') + qceElement(message);
  yield '\n  ]\n}\n';
}

/** Formats of large JSON files, and what they are called. */
export const bulkFormats = { telegram: 'Telegram JSON', qce: 'qq-chat-exporter JSON' };
const bulkParts = { telegram: telegramParts, qce: qceParts };
const bulkElements = { telegram: telegramElement, qce: qceElement };

/** Writes a JSON file of about `sizeBytes` once; gives its path, size and messages. */
export async function ensureBulk(folder, format, sizeBytes) {
  const sampled = 2_000;
  let sampleBytes = 0;
  for (const message of makeMessages(sampled)) sampleBytes += Buffer.byteLength(bulkElements[format](message)) + 4;
  const messages = Math.ceil((sizeBytes * sampled) / sampleBytes);
  const path = `${folder}/${format}-${messages}.json`;
  if (!existsSync(path)) await writeFile(path, bulkParts[format](messages));
  return { path, sizeBytes: statSync(path).size, messages };
}

/** Writes the corpus once; gives its path and size. `format`: whatsapp or telegram. */
export async function ensureCorpus(folder, format, count) {
  const path = format === 'whatsapp' ? `${folder}/WhatsApp Chat with Bench ${count}.txt` : `${folder}/result-${count}.json`;
  if (!existsSync(path)) await writeFile(path, format === 'whatsapp' ? whatsappParts(count) : telegramParts(count));
  return { path, sizeBytes: statSync(path).size, messages: count };
}
