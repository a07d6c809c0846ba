// An independent reader of a repository and of docs/format.md inside of it: written from restic's design document and from
// docs/format.md alone, with Node's own crypto and Debian's zstd. It imports nothing of the project. Throws an Error for
// anything that is not as those two documents say. `RESTIC_PASSWORD=… node decoder.mjs FOLDER` prints what is there.

import { spawnSync } from 'node:child_process';
import { createCipheriv, createDecipheriv, createHash, scryptSync, timingSafeEqual } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const demand = (holds, what) => {
  if (!holds) throw new Error(what);
};

/** Poly1305 over a message, key r || s (RFC 8439 §2.5). */
function poly1305(message, r, s) {
  const number = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);
  const clamped = number(r) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  const prime = (1n << 130n) - 5n;
  let sum = 0n;
  for (let at = 0; at < message.length; at += 16) {
    const piece = message.subarray(at, at + 16);
    sum = ((sum + number(piece) + (1n << BigInt(8 * piece.length))) * clamped) % prime;
  }
  const tag = (sum + number(s)) & ((1n << 128n) - 1n);
  return Buffer.from(tag.toString(16).padStart(32, '0'), 'hex').reverse();
}

/** nonce || AES-256-CTR || Poly1305-AES tag. */
function unseal(key, sealed) {
  demand(sealed.length >= 32, 'sealed data is too short');
  const nonce = sealed.subarray(0, 16);
  const body = sealed.subarray(16, sealed.length - 16);
  demand(
    nonce.some((byte) => byte !== 0),
    'the nonce is zero',
  );
  const block = createCipheriv('aes-128-ecb', key.k, null).setAutoPadding(false).update(nonce);
  demand(timingSafeEqual(poly1305(body, key.r, block), sealed.subarray(sealed.length - 16)), 'the tag is wrong');
  return createDecipheriv('aes-256-ctr', key.encrypt, nonce).update(body);
}

function unfold(frame) {
  const { status, stdout, stderr, error } = spawnSync('zstd', ['-d', '-q', '-c'], { input: frame, maxBuffer: 2 ** 28 });
  if (error !== undefined) throw new Error('zstd is missing: install the Debian package zstd', { cause: error });
  demand(status === 0, `zstd: ${String(stderr)}`);
  return stdout;
}

/** A file that is named by its hash. */
function readNamed(root, folder, id) {
  const bytes = readFileSync(join(root, folder, id));
  demand(sha256(bytes) === id, `${folder}/${id} is not what its name says`);
  return bytes;
}

const list = (root, folder) =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((name) => /^[0-9a-f]{64}$/.test(name)) : [];

/** The master key by the first key file that the password opens. */
function openKeys(root, password) {
  for (const id of list(root, 'keys')) {
    const { kdf, N, r, p, salt, data } = JSON.parse(readNamed(root, 'keys', id));
    demand(kdf === 'scrypt' && Buffer.from(salt, 'base64').length === 64, 'a key file of another kind');
    const bytes = scryptSync(password, Buffer.from(salt, 'base64'), 64, { N, r, p, maxmem: 256 * N * r });
    const user = { encrypt: bytes.subarray(0, 32), k: bytes.subarray(32, 48), r: bytes.subarray(48, 64) };
    let opened;
    try {
      opened = JSON.parse(unseal(user, Buffer.from(data, 'base64')));
    } catch {
      continue;
    }
    const from = (text) => Buffer.from(text, 'base64');
    return { encrypt: from(opened.encrypt), k: from(opened.mac.k), r: from(opened.mac.r) };
  }
  throw new Error('no key file opens by this password');
}

function readJson(root, folder, id, key) {
  const plain = unseal(key, readNamed(root, folder, id));
  return JSON.parse(plain[0] === 2 ? unfold(plain.subarray(1)) : plain);
}

/** The list at the end of a pack, checked against the pack's length. */
function readPackList(bytes, key) {
  const listBytes = bytes.readUInt32LE(bytes.length - 4);
  const packed = unseal(key, bytes.subarray(bytes.length - 4 - listBytes, bytes.length - 4));
  const blobs = [];
  let offset = 0;
  for (let at = 0; at < packed.length;) {
    const kind = packed[at];
    demand(kind <= 3, 'a blob of another kind');
    const isFolded = kind >= 2;
    const length = packed.readUInt32LE(at + 1);
    const plainBytes = isFolded ? packed.readUInt32LE(at + 5) : null;
    const idAt = at + (isFolded ? 9 : 5);
    blobs.push({ type: kind % 2 === 0 ? 'data' : 'tree', id: packed.toString('hex', idAt, idAt + 32), offset, length, plainBytes });
    offset += length;
    at = idAt + 32;
  }
  demand(offset + listBytes + 4 === bytes.length, 'a pack whose list does not fill it');
  return blobs;
}

/** Opens everything: each index, pack, blob, snapshot and lock. */
export function openRepository(root, password) {
  const key = openKeys(root, password);
  const config = JSON.parse(unseal(key, readFileSync(join(root, 'config'))));
  demand(config.version === 1 || config.version === 2, 'another version');
  const indexed = new Map();
  for (const id of list(root, 'index')) for (const pack of readJson(root, 'index', id, key).packs) indexed.set(pack.id, pack.blobs);
  const blobs = new Map();
  for (const folder of readdirSync(join(root, 'data')))
    for (const id of list(root, join('data', folder))) {
      const bytes = readNamed(root, join('data', folder), id);
      const found = readPackList(bytes, key);
      demand(new Set(found.map(({ type }) => type)).size === 1, 'a pack of trees and data');
      const named = indexed.get(id);
      demand(named === undefined || named.length === found.length, `the index of ${id} is not its list`);
      for (const blob of found) {
        const { type, id: blobId, offset, length, plainBytes } = blob;
        const entry = { id: blobId, type, offset, length, ...(plainBytes === null ? {} : { uncompressed_length: plainBytes }) };
        const same = (one) => Object.entries(entry).every(([name, value]) => one[name] === value);
        demand(named === undefined || named.some(same), `the index of ${id} differs from its list`);
        const opened = unseal(key, bytes.subarray(offset, offset + length));
        const plain = plainBytes === null ? opened : unfold(opened);
        demand(sha256(plain) === blobId && (plainBytes === null || plain.length === plainBytes), `blob ${blobId} is another`);
        blobs.set(`${type}/${blobId}`, plain);
      }
    }
  const snapshots = list(root, 'snapshots').map((id) => ({ id, ...readJson(root, 'snapshots', id, key) }));
  const locks = list(root, 'locks').map((id) => readJson(root, 'locks', id, key));
  return { config, blobs, snapshots, locks };
}

/** All files of a snapshot, by path. */
export function readFiles({ blobs }, tree, folder = '') {
  const files = new Map();
  const text = blobs.get(`tree/${tree}`);
  demand(text !== undefined, `tree ${tree} is missing`);
  for (const { name, type, content, subtree, size = 0 } of JSON.parse(text).nodes) {
    const path = `${folder}${name}`;
    if (type === 'dir') for (const [below, bytes] of readFiles({ blobs }, subtree, `${path}/`)) files.set(below, bytes);
    else {
      const bytes = Buffer.concat(content.map((id) => blobs.get(`data/${id}`)));
      demand(bytes.length === size, `${path} has another size`);
      files.set(path, bytes);
    }
  }
  return files;
}

const lines = (bytes) => {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  demand(text === '' || text.endsWith('\n'), 'a last line without its end');
  return Array.from(text.split('\n').slice(0, -1), (line) => JSON.parse(line));
};

/** Everything that docs/format.md describes, each reference looked up: conversations with their messages, people, receipts. */
export function readArchive(files) {
  const one = (path) => lines(files.get(path))[0];
  const below = (folder) => [...files.keys()].filter((path) => path.startsWith(folder));
  const manifest = one('archive/manifest.json');
  demand(manifest.format === 'camphor' && manifest.readableBy <= 1, 'a later version');
  const people = new Map(lines(files.get('archive/people.jsonl')).map((person) => [person.id, person]));
  const media = new Map(below('archive/media/').map((path) => [path.slice(path.lastIndexOf('/') + 1).slice(0, 64), path]));
  for (const [hash, path] of media) demand(sha256(files.get(path)) === hash, `${path} has another content`);
  const conversations = below('archive/conversations/')
    .filter((path) => path.endsWith('/conversation.json'))
    .map((path) => {
      const head = one(path);
      const messages = head.months.flatMap(([month, count]) => {
        const said = lines(files.get(path.replace('conversation.json', `${month}.jsonl`)));
        demand(said.length === count && said.every(({ at }) => at.startsWith(month)), `${path} ${month}`);
        return said;
      });
      demand(messages.length === head.messages, `${path} counts otherwise`);
      for (const { from } of messages) demand(from === undefined || people.has(from), `${path} has a stranger`);
      for (const id of head.people) demand(people.has(id), `${path} has a stranger`);
      return { ...head, messages };
    });
  const places = new Map(conversations.map(({ id, messages }) => [id, messages.length]));
  const receipts = below('archive/receipts/').map((path) => one(path));
  for (const { conversations: holdings } of receipts)
    for (const { conversation, held } of holdings)
      for (const [from, to] of held) demand(from < to && to <= places.get(conversation), 'a place that is none');
  const overlays = lines(files.get('archive/overlays.jsonl'));
  const count = conversations.reduce((sum, { messages }) => sum + messages.length, 0);
  demand(manifest.messages === count && manifest.media === media.size && manifest.people === people.size, 'the manifest counts otherwise');
  demand(manifest.conversations === conversations.length && manifest.receipts === receipts.length, 'the manifest counts otherwise');
  return { manifest, people, media, conversations, receipts, overlays };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const repository = openRepository(process.argv[2], process.env.RESTIC_PASSWORD ?? '');
  for (const { time, tree, hostname } of repository.snapshots)
    console.log(time, hostname, readArchive(readFiles(repository, tree)).manifest);
}
