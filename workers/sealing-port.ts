// The port between workers/backup and workers/sealing: plaintext and a key go one way, packs come back.

import { type Remote, transfer, wrap } from 'comlink';
import type { ZstdCodec } from '../src/bytes/zstd';
import type { RandomBytes } from '../src/crypto/random';
import { CamphorError } from '../src/model/error';
import { createPackMaker, type PackedBlob, type PackMaker, type PackTerms, type PlainBlob, shareWork } from '../src/repository/pack-maker';
import type { PackFiles } from '../src/repository/pack-files';

type Added = PackedBlob | Uint8Array<ArrayBuffer>;

type Dropped = Parameters<PackMaker['drop']>[0];

/** What workers/sealing answers over the port; `maker` is the number that `open` gave. */
export interface SealingPortVerbs {
  open(terms: PackTerms): Promise<number>;
  add(maker: number, blobs: readonly PlainBlob[]): Promise<readonly Added[]>;
  flush(maker: number): ReturnType<PackMaker['flush']>;
  drop(maker: number, pack: Dropped): Promise<void>;
  end(maker: number): Promise<void>;
}

/** The sealing worker's end. */
export function sealingVerbs(codec: ZstdCodec, random: RandomBytes, openFiles: () => Promise<PackFiles | null>): SealingPortVerbs {
  const makers = new Map<number, PackMaker>();
  let opened = 0;
  const at = (number: number): PackMaker => {
    const maker = makers.get(number);
    if (maker === undefined) throw new CamphorError('not-found', { what: 'packs' });
    return maker;
  };
  return {
    open: async (terms) => {
      const files = await openFiles();
      opened += 1;
      makers.set(opened, createPackMaker(terms, codec, random, files));
      return opened;
    },
    add: (maker, blobs) => Promise.all(blobs.map((blob) => at(maker).add(blob))),
    flush: async (maker) => at(maker).flush(),
    drop: async (maker, pack) => at(maker).drop(pack),
    async end(maker) {
      makers.get(maker)?.end();
      makers.delete(maker);
    },
  };
}

/** Messages on their way at once: while one is worked on, the next lies ready. */
const atOnce = 2;

interface Waiting {
  readonly blob: PlainBlob;
  resolve(added: Added): void;
  reject(error: unknown): void;
}

/** Puts together what comes while messages are on their way: to wake a thread for each small blob takes longer than to seal it. */
function inGroups(send: (blobs: readonly PlainBlob[]) => Promise<readonly Added[]>): PackMaker['add'] {
  let waiting: Waiting[] = [];
  let onTheirWay = 0;
  const sendGroup = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    onTheirWay += 1;
    try {
      const added = await send(group.map(({ blob }) => blob));
      group.forEach(({ resolve }, at) => resolve(added[at] as Added));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    onTheirWay -= 1;
    if (waiting.length > 0) void sendGroup();
  };
  return (blob) =>
    new Promise((resolve, reject) => {
      waiting.push({ blob, resolve, reject });
      if (onTheirWay < atOnce) void sendGroup();
    });
}

type Far = Remote<SealingPortVerbs>;

async function openMaker(far: Far, terms: PackTerms): Promise<PackMaker> {
  const maker = await far.open(terms);
  const send = (blobs: readonly PlainBlob[]) =>
    far.add(
      maker,
      transfer(
        blobs as PlainBlob[],
        blobs.map(({ plain }) => plain.buffer),
      ),
    );
  return {
    add: inGroups(send),
    flush: () => far.flush(maker),
    // Where that worker has ended, nothing of it is left.
    drop: ({ file }) => file !== null && void far.drop(maker, { file }).catch(() => {}),
    end: () => void far.end(maker).catch(() => {}),
  };
}

/** The other ends of as many ports as could be had. Throws what opening threw where that is none. */
async function openPorts(openPort: () => Promise<MessagePort>, ports: number): Promise<readonly Far[]> {
  const opened = await Promise.allSettled(Array.from({ length: ports }, openPort));
  const there = opened.filter((one) => one.status === 'fulfilled');
  const [failed] = opened.filter((one) => one.status === 'rejected');
  if (there.length === 0 && failed) throw failed.reason;
  return there.map(({ value }) => wrap<SealingPortVerbs>(value));
}

/**
 * Makes packs behind that many ports, as if it were here; `openPort` is called when the first are to be made, and where none could be
 * had, for the next once more.
 */
export function reachSealing(openPort: () => Promise<MessagePort>, ports: number): (terms: PackTerms) => Promise<PackMaker> {
  let reached: Promise<readonly Far[]> | null = null;
  return async (terms) => {
    reached ??= openPorts(openPort, ports);
    const there = await reached.catch((error: unknown) => {
      reached = null;
      throw error;
    });
    return shareWork(await Promise.all(there.map((far) => openMaker(far, terms))));
  };
}
