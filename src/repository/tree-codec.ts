// A tree: the list of a folder's files and folders, as JSON that must be restic's own byte for byte (see stored-text.ts).

import type { BlobId, TreeNode } from './repository';
import { damagedUnless, type Fields, fields, id, isId, list, parseJson } from './stored-json';
import { quoteName, readStoredTime, storedJson, storedTime, unquoteName } from './stored-text';

/** Entries of one folder. */
export const treeNodeLimit = 1_000_000;
/** Letters of one name; file systems end at 255 bytes. */
const nameLimit = 4_096;
/** The longest way to quote a letter is `\\U` and eight digits. */
const quotedLimit = 10 * nameLimit;

/** Go's os.FileMode. Only the owner may read what is restored: these are letters. */
const fileMode = 0o600;
const folderMode = 0x80000000 + 0o700;

/** Half a letter of UTF-16 has no UTF-8. */
const loneSurrogate = /\p{Cs}/u;

const isName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && name.length <= nameLimit && !name.includes('/') && !name.includes('\0');

/** As stock restic leaves it out: zero size, no subtree. The order of fields counts. */
function encodeNode(node: TreeNode): string {
  const isFile = node.type === 'file';
  const isWhole = isFile ? node.subtree === null : node.type === 'dir' && isId(node.subtree) && node.content.length === 0;
  if (!isWhole || !isName(node.name) || loneSurrogate.test(node.name) || !node.content.every(isId))
    throw new RangeError('a file or a folder');
  const time = storedTime(node.mtimeMs);
  return storedJson({
    name: quoteName(node.name),
    type: node.type,
    mode: isFile ? fileMode : folderMode,
    mtime: time,
    atime: time,
    ctime: time,
    uid: 0,
    gid: 0,
    ...(node.sizeBytes === 0 ? {} : { size: node.sizeBytes }),
    content: isFile ? node.content : null,
    ...(isFile ? {} : { subtree: node.subtree }),
  });
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/**
 * The bytes of a tree of files and folders, in the order of the bytes of their names. Throws RangeError for two of one
 * name, a name that no folder can hold, another type, or a node that lacks what its type needs.
 */
export function encodeTree(nodes: readonly TreeNode[]): Uint8Array<ArrayBuffer> {
  const utf8 = new TextEncoder();
  const named = nodes.map((node) => ({ node, nameBytes: utf8.encode(node.name) }));
  named.sort((one, other) => compareBytes(one.nameBytes, other.nameBytes));
  named.forEach(({ nameBytes }, at) => {
    const before = named[at - 1];
    if (before && compareBytes(before.nameBytes, nameBytes) === 0) throw new RangeError('two nodes of one name');
  });
  return utf8.encode(`{"nodes":[${named.map(({ node }) => encodeNode(node)).join(',')}]}\n`);
}

const sizeOf = (size: unknown): number => (typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? size : 0);

/** Only what is needed must be right: a time that cannot be read is 0, and owners and attributes are left alone. */
function decodeNode(node: Fields): TreeNode {
  const { name: quoted, type, mtime, size, content, subtree } = node;
  damagedUnless(typeof quoted === 'string' && quoted.length <= quotedLimit && typeof type === 'string' && type.length <= nameLimit);
  const name = unquoteName(quoted);
  damagedUnless(isName(name));
  const blobs: readonly BlobId[] = type === 'file' ? list(content ?? []).map(id) : [];
  const below = type === 'dir' ? id(subtree) : null;
  return { name, type, mtimeMs: readStoredTime(mtime) ?? 0, sizeBytes: sizeOf(size), content: blobs, subtree: below };
}

/**
 * The nodes of a tree that anybody wrote, in its own order. Throws CamphorError `damaged` for what is no tree, holds more
 * than `treeNodeLimit` nodes, two of one name, a name that leads elsewhere, or a file or folder without its content.
 */
export function decodeTree(bytes: Uint8Array): readonly TreeNode[] {
  const nodes = list(fields(parseJson(bytes))['nodes'] ?? []);
  damagedUnless(nodes.length <= treeNodeLimit);
  const names = new Set<string>();
  return nodes.map((each) => {
    const node = decodeNode(fields(each));
    // Names that are no UTF-8 look alike once decoded; as stored they differ.
    const identity = node.name.includes('\ufffd') ? `/${String(fields(each)['name'])}` : node.name;
    damagedUnless(!names.has(identity));
    names.add(identity);
    return node;
  });
}
