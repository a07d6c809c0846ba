// Files that are parts of channels: in which order they are read, and which conversation each belongs to.

import { compareIds } from './channel';

/** One file of an export. */
export interface ChannelPart {
  readonly entry: number;
  /** Parts with the same key are one channel. */
  readonly key: string;
  /** Id of its first message; null where it has none. */
  readonly firstId: string | null;
}

/** The key of a file's channel; a file that does not tell its channel is one of its own. */
export function keyOfChannel(channelId: string | null | undefined, entry: number): string {
  return channelId ?? `entry ${entry}`;
}

/** Channels in the order of the set; the parts of one follow each other by their first messages. */
export function orderParts<Part extends ChannelPart>(parts: readonly Part[]): readonly Part[] {
  const order = new Map([...parts].reverse().map(({ key, entry }) => [key, entry]));
  const placeOf = ({ key }: Part) => order.get(key) ?? 0;
  return parts.toSorted((one, other) => placeOf(one) - placeOf(other) || compareIds(one.firstId, other.firstId));
}

export interface ChannelNumbers {
  /** The number of the channel's conversation, and whether it is named for the first time. */
  open(key: string): { readonly index: number; readonly isNew: boolean };
}

export function numberChannels(): ChannelNumbers {
  const indexes = new Map<string, number>();
  return {
    open(key) {
      const known = indexes.get(key);
      const index = known ?? indexes.size;
      indexes.set(key, index);
      return { index, isNew: known === undefined };
    },
  };
}
