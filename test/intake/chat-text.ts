// One invented chat, written as WhatsApp writes it: on Android or an iPhone, in English or Chinese, with every difference
// that two exports of the same chat may have.

export interface Said {
  readonly atMs: number;
  readonly sender: 'me' | 'her' | null;
  readonly text: string;
  readonly media?: string;
}

export interface ChatStyle {
  readonly phone: 'android' | 'iphone';
  readonly language: 'en' | 'zh';
  readonly clock: 12 | 24;
  readonly withMedia: boolean;
  readonly names: { readonly me: string; readonly her: string };
  /** The chat's name in the name of the file. */
  readonly title: string;
  readonly shiftMs: number;
  /** Number of the message that this export shows edited, or deleted. */
  readonly edited?: number;
  readonly deleted?: number;
  readonly from?: number;
  readonly to?: number;
}

export const plainStyle: ChatStyle = {
  phone: 'android',
  language: 'en',
  clock: 24,
  withMedia: false,
  names: { me: 'Li Wei', her: 'Mum' },
  title: 'Mum',
  shiftMs: 0,
};

const minuteMs = 60_000;
const startMs = Date.UTC(2024, 2, 14, 8, 30);

/** A chat with several messages a minute, equals, system lines, pictures with and without captions, more than one line. */
export const chat: readonly Said[] = [
  { atMs: startMs, sender: null, text: 'encrypted' },
  { atMs: startMs, sender: 'her', text: 'Have you eaten yet?' },
  { atMs: startMs + 5_000, sender: 'me', text: '吃了,你呢' },
  { atMs: startMs + 9_000, sender: 'her', text: 'ok' },
  { atMs: startMs + 11_000, sender: 'her', text: 'ok' },
  { atMs: startMs + 2 * minuteMs, sender: 'me', text: 'Look at the harbour\nand at the boats\n\nfrom the bridge' },
  { atMs: startMs + 2 * minuteMs + 20_000, sender: 'me', text: '', media: '0001' },
  { atMs: startMs + 2 * minuteMs + 21_000, sender: 'me', text: '', media: '0002' },
  { atMs: startMs + 3 * minuteMs, sender: 'her', text: 'very nice weather over there' },
  { atMs: startMs + 3 * minuteMs + 1_000, sender: 'her', text: 'see you on saturday then' },
  { atMs: startMs + 30 * minuteMs, sender: null, text: 'subject' },
  { atMs: startMs + 30 * minuteMs + 2_000, sender: 'me', text: '星期六见' },
  { atMs: startMs + 30 * minuteMs + 3_000, sender: 'her', text: 'ok' },
  { atMs: startMs + 26 * 60 * minuteMs, sender: 'her', text: 'the train leaves at nine: platform 3' },
  { atMs: startMs + 26 * 60 * minuteMs + 40_000, sender: 'me', text: 'I shall be there, do not worry' },
  { atMs: startMs + 26 * 60 * minuteMs + 50_000, sender: 'me', text: 'ok' },
  { atMs: startMs + 27 * 60 * minuteMs, sender: 'her', text: '', media: '0003' },
  { atMs: startMs + 28 * 60 * minuteMs, sender: 'her', text: 'safe journey home' },
];

const words = {
  en: {
    encrypted: 'Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.',
    subject: 'You changed the group name to “Family”',
    omitted: { android: '<Media omitted>', iphone: '\u200eimage omitted' },
    attached: { android: '(file attached)', iphone: 'attached' },
    edited: '<This message was edited>',
    deleted: { android: 'This message was deleted', iphone: '\u200eThis message was deleted.' },
  },
  zh: {
    encrypted: '消息和通话都进行端到端加密。对话之外的任何人，甚至包括 WhatsApp 都无法读取或收听。',
    subject: '您将群组名称更改为“家人”',
    omitted: { android: '<省略多媒体文件>', iphone: '\u200e圖片已略去' },
    attached: { android: '(文件附件)', iphone: '附件' },
    edited: '<This message was edited>',
    deleted: { android: '这条消息已删除', iphone: '\u200e这条消息已删除' },
  },
};

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function writeHeader(atMs: number, { phone, clock, shiftMs }: ChatStyle): string {
  const at = new Date(atMs + shiftMs);
  const [year, month, day, hour] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours()];
  const seconds = phone === 'iphone' ? `:${two(at.getUTCSeconds())}` : '';
  const time =
    clock === 24
      ? `${two(hour)}:${two(at.getUTCMinutes())}${seconds}`
      : `${hour % 12 || 12}:${two(at.getUTCMinutes())}${seconds}\u202f${hour < 12 ? 'AM' : 'PM'}`;
  return phone === 'iphone' ? `[${day}/${month}/${year}, ${time}] ` : `${two(day)}/${two(month)}/${year}, ${time} - `;
}

function writeBody(said: Said, index: number, style: ChatStyle): string {
  const { phone, withMedia } = style;
  const word = words[style.language];
  if (said.sender === null) return `${phone === 'iphone' ? '\u200e' : ''}${said.text === 'subject' ? word.subject : word.encrypted}`;
  if (style.deleted === index) return word.deleted[phone];
  if (said.media !== undefined) {
    if (!withMedia) return word.omitted[phone];
    return phone === 'android'
      ? `${mediaName(said, style)} ${word.attached.android}`
      : `\u200e<${word.attached.iphone}: ${mediaName(said, style)}>`;
  }
  if (style.edited === index) return `${said.text} at ten ${phone === 'iphone' ? '\u200e' : ''}${word.edited}`;
  return said.text;
}

function mediaName({ media = '' }: Said, { phone }: ChatStyle): string {
  return phone === 'android' ? `IMG-20240314-WA${media}.jpg` : `0000${media}-PHOTO-2024-03-14-08-32-20.jpg`;
}

/** The export as files: a text, and where it has them its pictures (in a folder). */
export function writeChat(style: ChatStyle, said: readonly Said[] = chat): Record<string, string | Uint8Array> {
  const newline = style.phone === 'iphone' ? '\r\n' : '\n';
  const lines = said.map((each, index) => {
    if (index < (style.from ?? 0) || index >= (style.to ?? said.length)) return '';
    const sender = each.sender === null ? (style.phone === 'iphone' ? `${style.title}: ` : '') : `${style.names[each.sender]}: `;
    return `${writeHeader(each.atMs, style)}${sender}${writeBody(each, index, style).replaceAll('\n', newline)}${newline}`;
  });
  const text = lines.join('');
  if (!style.withMedia) return { [style.phone === 'android' ? `WhatsApp Chat with ${style.title}.txt` : '_chat.txt']: text };
  const folder = `WhatsApp Chat - ${style.title}`;
  const media = said
    .filter((each) => each.media !== undefined)
    .map((each) => [`${folder}/${mediaName(each, style)}`, picture(each.media ?? '')] as const);
  return {
    [`${folder}/${style.phone === 'android' ? `WhatsApp Chat with ${style.title}.txt` : '_chat.txt'}`]: text,
    ...Object.fromEntries(media),
  };
}

/** Bytes that begin like a JPEG; the same for the same picture on both phones. */
function picture(media: string): Uint8Array {
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...new TextEncoder().encode(`JFIF picture ${media}`)]);
}
