// Invented conversations. Each message is worked out from its position, so that a million of them cost nothing.

import type { ConversationId, PersonId, Sha256Hex } from '../../src/model/ids';
import type { Attachment } from '../../src/model/message';
import type { MessageFacts, MessageKind } from '../../src/model/record';
import type { ConversationView, MessageView, PersonView } from '../../src/model/view';

/** The moment at which the invented world stands still. */
export const nowMs = Date.UTC(2026, 4, 14, 10, 30);
const minuteMs = 60_000;

export interface FakeConversation {
  readonly view: ConversationView;
  readonly people: readonly PersonView[];
  /** Every message but its place. */
  message(position: number): MessageView;
}

export function person(id: string, name: string, hue: number, isOwner = false): PersonView {
  return { id: id as PersonId, name, names: [name], isOwner, hue };
}

export const sha = (seed: string): Sha256Hex => seed.padEnd(64, '0') as Sha256Hex;

export function attachment(kind: Attachment['kind'], more: Partial<Attachment> = {}): Attachment {
  return { kind, name: null, sha256: null, missing: null, mime: null, sizeBytes: null, ...more };
}

interface Line {
  readonly who: number;
  readonly text: string;
  readonly kind?: MessageKind;
  readonly facts?: MessageFacts;
  readonly attachments?: readonly Attachment[];
  readonly reply?: MessageView['reply'];
  /** Minutes since the line before. */
  readonly after?: number;
}

export function makeMessage(
  conversation: string,
  position: number,
  sentAtMs: number,
  sender: PersonView | null,
  line: Omit<Line, 'who'>,
): MessageView {
  return {
    conversation: conversation as ConversationId,
    seq: position,
    position,
    sender: sender?.id ?? null,
    senderView: sender,
    own: sender?.isOwner === true,
    sourceId: null,
    sentAtMs,
    clock: 'minute',
    zoneOffsetMin: 0,
    kind: line.kind ?? 'text',
    text: line.text,
    attachments: line.attachments ?? [],
    facts: line.facts ?? null,
    bookmarked: false,
    reply: line.reply ?? null,
  };
}

function written(
  id: string,
  name: string,
  source: ConversationView['source'],
  people: readonly PersonView[],
  lines: readonly Line[],
  more: Partial<ConversationView> = {},
  agoMin = 12,
): FakeConversation {
  const total = lines.reduce((sum, line) => sum + (line.after ?? 1), 0);
  let atMs = nowMs - (total + agoMin) * minuteMs;
  const messages = lines.map((line, position) => {
    atMs += (line.after ?? 1) * minuteMs;
    return makeMessage(id, position, atMs, people[line.who] ?? null, line);
  });
  return {
    view: viewOf(id, name, source, people.length > 2 ? 'group' : 'direct', messages[0], messages.at(-1), messages.length, more),
    people,
    message: (position) => messages[position] as MessageView,
  };
}

function viewOf(
  id: string,
  name: string,
  source: ConversationView['source'],
  shape: ConversationView['shape'],
  first: MessageView | undefined,
  last: MessageView | undefined,
  messageCount: number,
  more: Partial<ConversationView> = {},
): ConversationView {
  return {
    id: id as ConversationId,
    name,
    source,
    shape,
    messageCount,
    firstAtMs: first?.sentAtMs ?? null,
    lastAtMs: last?.sentAtMs ?? null,
    last: last === undefined ? null : { text: last.text, senderName: last.senderView?.name ?? null, kind: last.kind },
    pinned: false,
    hidden: false,
    zone: 'Europe/Berlin',
    demo: false,
    ...more,
  };
}

const me = person('me', 'Robin', 4, true);
const mum = person('mum', 'Mum', 0);
const lin = person('lin', '林小满', 6);
const wang = person('wang', '王叔叔', 1);
const chen = person('chen', '陈一诺', 3);
const zoe = person('zoe', 'Zoë Ångström', 7);

const family: readonly Line[] = [
  { who: -1, text: 'Messages and calls are end-to-end encrypted.', kind: 'system' },
  { who: 1, text: 'Did you find the recipe for the plum cake? 🙂', after: 2 },
  { who: 0, text: 'Yes, it was in the blue tin. I took a photo of both sides.' },
  {
    who: 0,
    text: '',
    kind: 'image',
    attachments: [attachment('image', { sha256: sha('a1'), widthPx: 1600, heightPx: 1200, name: 'IMG-0231.jpg' })],
  },
  {
    who: 1,
    text: 'Lovely! Grandma wrote that in 1971, look at the ink.',
    after: 3,
    facts: { reactions: [{ emoji: '❤️', count: 2, by: ['Robin', 'Dad'] }] },
  },
  { who: 1, text: 'Bring it on Sunday, the whole page: https://example.org/plum-cake?page=2 and *not* only the list.' },
  {
    who: 0,
    text: 'Of course.',
    after: 60 * 25,
    reply: { position: 5, senderName: 'Mum', excerpt: 'Bring it on Sunday, the whole page: https://example.org/plum-cake' },
  },
  { who: 1, text: '', kind: 'voice', attachments: [attachment('voice', { sha256: sha('b1'), durationMs: 23_000, mime: 'audio/ogg' })] },
  {
    who: 1,
    text: 'this message was corrected',
    facts: { edited: { editedAtMs: nowMs - 5000 }, olderTexts: [{ text: 'this mesage was corected', editedAtMs: null }] },
  },
  { who: 0, text: '', facts: { deleted: { by: 'sender' } } },
  { who: 0, text: '🎂🎉', after: 8 },
  { who: 1, text: '', kind: 'image', attachments: [attachment('image', { missing: 'omitted' })] },
  {
    who: 1,
    text: 'Leaflet for the garden',
    kind: 'file',
    attachments: [attachment('file', { sha256: sha('c1'), name: 'garden plan 2026.pdf', sizeBytes: 1_240_000, mime: 'application/pdf' })],
  },
  { who: 0, text: '', kind: 'call', facts: { call: { durationMs: 754_000, outcome: 'answered', video: true } } },
  { who: 1, text: 'See you tomorrow then. Ring when you are at the station, I will pick you up.', after: 30 },
];

const reunion: readonly Line[] = [
  { who: 1, text: '', kind: 'system', facts: { service: { action: 'create_group', members: [] } } },
  { who: 1, text: '', kind: 'system', facts: { service: { action: 'invite_members', members: ['王叔叔', 'Zoë Ångström'] } } },
  { who: 1, text: '国庆大家都回来吗？今年在外婆家吃饭，院子里的樟木箱也该打开晒一晒了。', after: 4 },
  { who: 2, text: '回！我坐 9:40 的高铁，下午就到。' },
  {
    who: 2,
    text: '要不要我带点酱鸭？',
    facts: {
      reactions: [
        { emoji: '👍', count: 3, by: ['林小满', '陈一诺'] },
        { emoji: '😋', count: 1, by: [] },
      ],
    },
  },
  { who: 0, text: '带！还有上次那种桂花糕 😋', reply: { position: 4, senderName: '王叔叔', excerpt: '要不要我带点酱鸭？' }, after: 2 },
  {
    who: 3,
    text: '',
    kind: 'location',
    facts: { location: { latitude: 30.2741, longitude: 120.1551, name: '外婆家', address: '杭州市西湖区梅家坞 12 号' } },
  },
  {
    who: 3,
    text: '哪天聚？',
    kind: 'poll',
    facts: {
      poll: {
        question: '哪天聚？',
        options: [
          { text: '10 月 2 日', votes: 3 },
          { text: '10 月 3 日', votes: 1 },
          { text: '都行', votes: 2 },
        ],
      },
    },
  },
  {
    who: 4,
    text: 'I land on the 1st, 18:20. Can someone share the address in Latin letters?',
    facts: { forward: { fromName: 'Zoë’s calendar' } },
    after: 6,
  },
  { who: 2, text: '', kind: 'transfer', facts: { extra: { raw: '<msg><appmsg><title>微信转账</title><type>2000</type></appmsg></msg>' } } },
  { who: 4, text: '', kind: 'unknown', facts: { extra: { raw: '{"type":"live_location","period":900}' } } },
  { who: 1, text: '', kind: 'contact', facts: { contact: { name: '外婆家（座机）', phone: '+86 571 0000 1234' } } },
  { who: 3, text: 'שלום כולם! נתראה שם', after: 3 },
  {
    who: 1,
    text: '重点：10 月 2 日 11:30，别迟到。代码 ABC-12 是停车券。',
    facts: {
      entities: [
        { type: 'bold', offset: 0, length: 2 },
        { type: 'code', offset: 24, length: 6 },
      ],
    },
  },
  { who: 3, text: '', kind: 'sticker', attachments: [attachment('sticker', { sha256: sha('d1'), widthPx: 512, heightPx: 512 })] },
  { who: 0, text: '收到，周五晚上我先去接外公外婆。', after: 15 },
];

const words = [
  '今天',
  '晚上',
  '吃饭',
  '下雨',
  '开会',
  '回家',
  '照片',
  '明天',
  'train',
  'garden',
  'photo',
  'Sunday',
  'tea',
  'later',
  'ticket',
  'letter',
];

/** `messageCount` messages over eleven years; every hour or so, days of silence between. */
export function longConversation(id: string, name: string, messageCount: number): FakeConversation {
  const people = [me, lin];
  const firstAtMs = Date.UTC(2015, 2, 3, 8);
  const stepMs = (nowMs - firstAtMs - 3_600_000) / messageCount;
  const message = (position: number): MessageView => {
    const mixed = Math.imul(position + 1, 2_654_435_761) >>> 0;
    const length = 2 + (mixed % 14);
    const text = Array.from({ length }, (_, at) => words[(mixed >>> (at % 12)) % words.length]).join(mixed % 3 === 0 ? ' ' : '');
    return makeMessage(id, position, Math.floor(firstAtMs + position * stepMs), people[(mixed >>> 7) % 3 === 0 ? 0 : 1] ?? me, {
      text: `${text} (${position})`,
    });
  };
  return {
    view: viewOf(id, name, 'telegram', 'direct', message(0), message(messageCount - 1), messageCount, { zone: null }),
    people,
    message,
  };
}

/** The conversations of the invented vault. */
export function inventedConversations(): readonly FakeConversation[] {
  const more = [
    'Allotment 14',
    '读书会',
    'Dr. Okafor',
    '楼上邻居',
    'Choir',
    'رحلة',
    'Notes',
    '房东',
    'Library',
    '同学会 2008',
    'Tomás',
    '快递',
  ].map((name, index) =>
    written(
      `m${index}`,
      name,
      index % 2 === 0 ? 'whatsapp' : 'telegram',
      index % 3 === 0 ? [me, mum, lin] : [me, lin],
      [
        { who: 1, text: index % 2 === 0 ? 'Thank you, that is all settled.' : '好的，谢谢，就这么办。' },
        { who: 0, text: index % 2 === 0 ? 'Good. See you.' : '回头见', after: 4 },
      ],
      {},
      60 * 24 * (index * index * 3 + 1),
    ),
  );
  return [
    written('mum', 'Mum', 'whatsapp', [me, mum], family, { pinned: true }),
    written('reunion', '外婆家的国庆聚会', 'telegram', [me, lin, wang, chen, zoe], reunion),
    longConversation('long', '林小满', 1_000_000),
    ...more,
  ];
}
