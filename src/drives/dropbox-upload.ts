// Uploads to Dropbox: a small file in one request, a larger one in pieces that become a file at the end (upload_session of
// files.stone). Both are whole or not at all, and `mode: add` with `strict_conflict` replaces nothing, not even the same content.

import { CamphorError } from '../model/error';
import type { DropboxClient } from './dropbox-client';
import { blockBytes, hashBlocks, joinBlockHashes } from './dropbox-hash';
import { type DropboxFile, readMetadata } from './dropbox-metadata';
import { contentBytes, type FileContent } from './file-content';

/** Below this one request takes no longer than what a session asks for beside it. */
const singleLimitBytes = 1024 * 1024;
/** Whole blocks, so that each is hashed once; 150 MB is what a request may have. */
const pieceBytes = 4 * blockBytes;

/** Runs what it is given one after the other. */
export type InTurn = <Value>(run: () => Promise<Value>) => Promise<Value>;

/** Dropbox lets one write at a time change what a user has, and refuses the others (`too_many_write_operations`). */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const turn = last.then(run);
    last = turn.catch(() => {});
    return turn;
  };
}

/** A content with its hash, so that both ends can check what arrived. */
export interface HashedContent {
  readonly content: FileContent;
  readonly blocks: readonly Uint8Array[];
  readonly hash: string;
}

export async function hashContent(content: FileContent): Promise<HashedContent> {
  const blocks = await hashBlocks(content);
  return { content, blocks, hash: await joinBlockHashes(blocks) };
}

/** Creates the file. Throws `drive-exists` where its path is taken, `drive-damaged` where other bytes arrived. */
export async function upload(client: DropboxClient, inTurn: InTurn, path: string, hashed: HashedContent): Promise<DropboxFile> {
  const { content, hash } = hashed;
  const commit = { path, mode: 'add', autorename: false, mute: true, strict_conflict: true };
  if (contentBytes(content) <= singleLimitBytes)
    return fileOf(await inTurn(() => client.send('files/upload', { ...commit, content_hash: hash }, content)));
  const cursor = await sendPieces(client, hashed);
  return fileOf(await inTurn(() => client.send('files/upload_session/finish', { cursor, commit }, new Uint8Array(0))));
}

interface SessionCursor {
  readonly session_id: string;
  readonly offset: number;
}

/** Sends all bytes; they are no file yet. What is left of a session ends by itself, after days. */
async function sendPieces(client: DropboxClient, { content, blocks }: HashedContent): Promise<SessionCursor> {
  const sizeBytes = contentBytes(content);
  let session = '';
  for (let at = 0; at < sizeBytes; at += pieceBytes) {
    const piece = content instanceof Blob ? content.slice(at, at + pieceBytes) : content.subarray(at, at + pieceBytes);
    const content_hash = await joinBlockHashes(blocks.slice(at / blockBytes, (at + pieceBytes) / blockBytes));
    if (at === 0) session = sessionOf(await client.send('files/upload_session/start', { content_hash }, piece));
    else await client.send('files/upload_session/append_v2', { cursor: { session_id: session, offset: at }, content_hash }, piece);
  }
  return { session_id: session, offset: sizeBytes };
}

function sessionOf(answer: unknown): string {
  const session = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)['session_id'] : null;
  if (typeof session !== 'string' || session === '') throw new CamphorError('drive-damaged', { step: 'session' });
  return session;
}

function fileOf(answer: unknown): DropboxFile {
  const metadata = readMetadata(answer, 'file');
  if (metadata.kind !== 'file') throw new CamphorError('drive-damaged', { step: 'metadata' });
  return metadata;
}

/** True where the file has that name, size and content; a file whose hash Dropbox does not say is believed its size. */
export function isSameFile(file: DropboxFile, path: string, { content, hash }: HashedContent): boolean {
  const hasName = path.endsWith(`/${file.name}`);
  return hasName && file.sizeBytes === contentBytes(content) && (file.hash === null || file.hash === hash);
}
