// What backups are measured with: a long chat with a gigabyte of pictures, and a life of many chats.
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { makeZip } from 'client-zip';
import { createRandom, makeMessages, whatsappLine } from './corpus.mjs';

const pictureBytes = 512 * 1024;

/** Bytes that no packing makes smaller, with the head of a JPEG. */
function makePicture(seed) {
  const words = new Uint32Array(pictureBytes / 4);
  const random = createRandom(seed);
  for (let at = 0; at < words.length; at += 1) words[at] = random() * 4_294_967_296;
  const bytes = new Uint8Array(words.buffer);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
}

const pictureName = (index) => `IMG-20230101-WA${String(index).padStart(5, '0')}.jpg`;

/** Text whose every n-th message has a picture. */
function* chatParts(messages, pictures) {
  const step = Math.floor(messages / pictures);
  let buffer = '';
  for (const message of makeMessages(messages)) {
    const isPicture = message.index % step === 0 && message.index / step < pictures;
    buffer += whatsappLine(isPicture ? { ...message, text: `${pictureName(message.index / step)} (file attached)` } : message);
    if (buffer.length < 1 << 20) continue;
    yield new TextEncoder().encode(buffer);
    buffer = '';
  }
  yield new TextEncoder().encode(buffer);
}

/** `WhatsApp Chat with Attic.zip` with that many messages and bytes of media; written once, gives its path. */
export async function ensureChatWithMedia(folder, messages, mediaBytes) {
  const pictures = Math.round(mediaBytes / pictureBytes);
  const path = `${folder}/WhatsApp Chat with Attic ${messages}-${pictures}.zip`;
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const files = function* () {
    yield { name: 'WhatsApp Chat with Attic.txt', input: Readable.toWeb(Readable.from(chatParts(messages, pictures))) };
    for (let index = 0; index < pictures; index += 1) yield { name: pictureName(index), input: makePicture(index + 1) };
  };
  await pipeline(Readable.fromWeb(makeZip(files())), createWriteStream(`${path}.part`));
  renameSync(`${path}.part`, path);
  return path;
}

/** `count` chats of `messages` each, one file a chat; written once, gives their paths. */
export async function ensureChats(folder, count, messages) {
  const paths = [];
  mkdirSync(folder, { recursive: true });
  for (let chat = 0; chat < count; chat += 1) {
    const path = `${folder}/WhatsApp Chat with Chest ${count}-${messages}-${chat}.txt`;
    if (!existsSync(path)) {
      const parts = function* () {
        for (const message of makeMessages(messages, 7_000 + chat)) yield whatsappLine(message);
      };
      await pipeline(Readable.from(parts(), { highWaterMark: 4096 }), createWriteStream(`${path}.part`));
      renameSync(`${path}.part`, path);
    }
    paths.push(path);
  }
  return paths;
}

/** The same chats with `messages` more each, as later exports of the last days; small files, made anew. */
export function laterExports(paths, messages) {
  return paths.map((path, chat) => {
    const random = createRandom(90_000 + chat);
    const lines = Array.from({ length: messages }, (_, index) =>
      whatsappLine({
        sentAtMs: Date.UTC(2025, 0, 1) + index * 600_000,
        name: index % 2 === 0 ? '王小明' : 'Anna',
        text: `later ${chat} ${index} ${Math.floor(random() * 1e9).toString(36)} 樟木箱`,
      }),
    );
    return { name: path.slice(path.lastIndexOf('/') + 1), text: lines.join('') };
  });
}
