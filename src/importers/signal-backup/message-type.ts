// The number that Signal Android keeps with a message (its MessageTypes): the lowest five bits say which way it went, or what the app says
// itself; bits above them what else it is; beyond 32 bits a few special kinds.

export type TypeMeaning =
  | {
      readonly kind: 'written';
      readonly isOutgoing: boolean;
      readonly isDraft: boolean;
      readonly special: 'story-reaction' | 'gift' | null;
    }
  | {
      readonly kind: 'call';
      readonly isOutgoing: boolean;
      readonly isMissed: boolean;
      readonly isVideo: boolean;
      readonly isGroup: boolean;
    }
  /** A payment. */
  | { readonly kind: 'payment'; readonly isOutgoing: boolean }
  /** The app's own line, in the words of Signal's newer backups where they have one. */
  | { readonly kind: 'service'; readonly isOutgoing: boolean; readonly action: string };

const baseMask = 0x1f;
const firstWrittenBase = 20;
const draftBase = 27;
const outgoingBases: ReadonlySet<number> = new Set([21, 22, 23, 24, 25, 26, 28]);

interface CallBase {
  readonly isOutgoing?: true;
  readonly isMissed?: true;
  readonly isVideo?: true;
  readonly isGroup?: true;
}
const callBases: ReadonlyMap<number, CallBase> = new Map<number, CallBase>([
  [1, {}],
  [2, { isOutgoing: true }],
  [3, { isMissed: true }],
  [8, { isMissed: true, isVideo: true }],
  [10, { isVideo: true }],
  [11, { isOutgoing: true, isVideo: true }],
  [12, { isGroup: true, isVideo: true }],
]);
const serviceBases: ReadonlyMap<number, string> = new Map([
  [4, 'JOINED_SIGNAL'],
  [5, 'UNSUPPORTED_PROTOCOL_MESSAGE'],
  [6, 'invalidMessage'],
  [7, 'profileChange'],
  [9, 'groupMigration'],
  [13, 'BAD_DECRYPT'],
  [14, 'CHANGE_NUMBER'],
  [15, 'RELEASE_CHANNEL_DONATION_REQUEST'],
  [16, 'threadMerge'],
  [17, 'smsExport'],
  [18, 'sessionSwitchover'],
]);
/** Bits that make a line of the app of it; the first that is set says which. */
const serviceBits: readonly (readonly [bit: number, action: string])[] = [
  [0x40000, 'expirationTimerChange'],
  [0x20000, 'groupLeave'],
  [0x10000, 'groupChange'],
  [0x400000, 'END_SESSION'],
  [0x200, 'IDENTITY_UPDATE'],
  [0x4000, 'IDENTITY_VERIFIED'],
  [0x2000, 'IDENTITY_DEFAULT'],
  [0x8000, 'keyExchange'],
];
const specialServices: ReadonlyMap<number, string> = new Map([
  [4, 'PAYMENT_ACTIVATION_REQUEST'],
  [5, 'REPORTED_SPAM'],
  [6, 'MESSAGE_REQUEST_ACCEPTED'],
  [7, 'specialMessage'],
  [8, 'PAYMENTS_ACTIVATED'],
]);
const storyReaction = 1;
const gift = 2;
const paymentSpecials: ReadonlySet<number> = new Set([3, 9]);

/** What a type means; `type` may be of any size and sign. */
export function meaningOf(type: number): TypeMeaning {
  const low = type >>> 0;
  const special = Math.floor(type / 2 ** 32) & 0xf;
  const base = low & baseMask;
  const isOutgoing = outgoingBases.has(base);
  const call = callBases.get(base);
  if (call !== undefined) {
    const { isMissed = false, isVideo = false, isGroup = false } = call;
    return { kind: 'call', isOutgoing: call.isOutgoing ?? false, isMissed, isVideo, isGroup };
  }
  const own = base < firstWrittenBase ? serviceBases.get(base) : serviceBits.find(([bit]) => (low & bit) !== 0)?.[1];
  const action = own ?? specialServices.get(special);
  if (action !== undefined) return { kind: 'service', isOutgoing, action };
  if (paymentSpecials.has(special)) return { kind: 'payment', isOutgoing };
  const named = special === storyReaction ? 'story-reaction' : special === gift ? 'gift' : null;
  return { kind: 'written', isOutgoing, isDraft: base === draftBase, special: named };
}
