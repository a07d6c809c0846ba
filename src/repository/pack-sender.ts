// Packs on their way to the drive, a few at once; some of them are fetched again whole.

import { countOutside, outsideBytes } from '../model/outside-memory';
import { readsBackAll, type RepositoryContext } from './context';
import { packName } from './file-names';
import type { IndexedPack } from './index-file';
import type { FinishedPack } from './pack-builder';
import { createSendQueue } from './send-queue';
import { writeStored } from './stored-file';

/** Packs on their way at once. */
const inFlight = 2;
/** One pack in so many is fetched again whole. */
const readBackOneIn = 16;

/** A pack whose size was seen on the drive. */
export interface SentPack extends IndexedPack {
  readonly seenAtMs: number;
}

export interface PackSender {
  /** Makes a pack and sends it; resolves when there is room for the next. Throws what an earlier one threw. */
  send(make: () => FinishedPack | Promise<FinishedPack>): Promise<void>;
  /** Resolves when all of them are on the drive. Throws as `send`. */
  drain(): Promise<void>;
  /** Resolves when nothing is on its way, whatever came of it. */
  settle(): Promise<void>;
  /** Packs that are on the drive and in no index yet; they are the caller's to index from now on. */
  takeSent(): SentPack[];
  readonly sentBytes: number;
}

/** `readBack`: whether each pack is to be fetched again whole, or a sample. `onEnd`: nothing more is to be read of that pack here. */
export function createPackSender(
  context: RepositoryContext,
  readBack: 'all' | 'sample',
  onEnd: (pack: FinishedPack) => void = () => {},
): PackSender {
  const { environment, drive } = context;
  const queue = createSendQueue(inFlight);
  let sent: SentPack[] = [];
  let sentBytes = 0;

  const isSampled = (): boolean => (environment.random(1)[0] ?? 0) % readBackOneIn === 0;
  const send = async (make: () => FinishedPack | Promise<FinishedPack>): Promise<void> => {
    const pack = await make();
    countOutside(outsideBytes(pack.content));
    const isReadBack = readBack === 'all' || readsBackAll(context) || isSampled();
    const file = { id: pack.id, bytes: pack.content };
    const writing = writeStored(drive, packName(pack.id), file, { direct: true, readBack: isReadBack });
    if (await writing.finally(() => onEnd(pack))) context.isUnreliable = true;
    sentBytes += pack.sizeBytes;
    sent.push({ id: pack.id, blobs: pack.blobs, seenAtMs: environment.nowMs() });
  };
  return {
    send: (make) => queue.push(() => send(make)),
    drain: queue.drain,
    settle: queue.settle,
    takeSent() {
      const packs = sent;
      sent = [];
      return packs;
    },
    get sentBytes() {
      return sentBytes;
    },
  };
}
