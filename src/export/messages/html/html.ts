// One page that shows its messages by itself: offline, searchable, in both languages. Messages stand in it as blocks of JSON, which
// cost a browser next to nothing until they are drawn.

import type { MessageExport } from '../../../model/export';
import { writeDay } from '../clock';
import { detailsOf } from '../describe-message';
import type { MessageFormatting, MessageWriter, WrittenConversation, WrittenFile, WrittenMessage, WrittenPerson } from '../message-writer';
import { beginPage, endPage, writeBlock } from './page';

const blockMessages = 100;

/** As viewer.js reads it. */
interface PageConversation {
  readonly name: string;
  /** Number of its first block. */
  readonly first: number;
  blocks: number;
  messages: number;
  /** `yyyy-mm`, and where its first message stands. */
  readonly months: [month: string, block: number, place: number][];
}

/** `inside`: the key of its bytes in the page; `shows`: whether a browser can show what lies beside. */
type PageFile = readonly [kind: string, name: string, path: string | null, inside: string | null, shows: boolean];

const canShow = ({ attachment, path }: WrittenFile): boolean => {
  const extension = path?.slice(path.lastIndexOf('.') + 1) ?? '';
  return path === null || attachment.kind === 'sticker' || !['bin', 'txt', 'silk', 'amr', 'heic', 'pdf'].includes(extension);
};

function moreOf(written: WrittenMessage, inside: Map<string, string>): object | null {
  const { facts, kind } = written.message;
  const details = detailsOf(written.message);
  const files = written.files.map((file): PageFile => {
    if (file.inside !== null && file.dataUrl !== null) inside.set(file.inside, file.dataUrl);
    return [file.attachment.kind, file.name, file.path, file.inside, canShow(file)];
  });
  const more = {
    ...(files.length > 0 && { files }),
    ...(details !== '' && { details }),
    ...(facts?.forward && { forward: facts.forward.fromName ?? '' }),
    ...(facts?.replyTo?.excerpt && { reply: facts.replyTo.excerpt }),
    ...(facts?.edited && { edited: 1 }),
    ...(facts?.deleted && { deleted: 1 }),
    ...(written.isChosen && { chosen: 1 }),
    ...(facts?.reactions && { reactions: facts.reactions.map(({ emoji, count }) => [emoji, count]) }),
    ...(kind === 'system' && facts?.service && { action: facts.service.action }),
  };
  return Object.keys(more).length === 0 ? null : more;
}

/** People and conversations of the page, as they become known. */
interface PageIndex {
  readonly conversations: PageConversation[];
  readonly people: Map<number, object>;
  /** In which block what lies inside is to be found. */
  readonly inside: Map<string, number>;
}

function know({ people }: PageIndex, { number, name, isOwner, hue }: WrittenPerson): number {
  if (!people.has(number)) people.set(number, { name, hue, ...(isOwner && { me: true }) });
  return number;
}

/** Messages as the blocks of a page, and what the index says of them. */
function createBlocks(index: PageIndex): { readonly count: number; push(written: WrittenMessage): string; flush(): string } {
  let waiting: WrittenMessage[] = [];
  let count = 0;
  const flush = (): string => {
    const inside = new Map<string, string>();
    const messages = waiting.map((written, place) => {
      const { message, sender, clockMs } = written;
      noteMonth(index.conversations.at(-1), clockMs, count, place);
      const more = moreOf(written, inside);
      const plain = [clockMs, sender === null ? 0 : know(index, sender), message.kind, message.text];
      return more === null ? plain : [...plain, more];
    });
    waiting = [];
    for (const key of inside.keys()) index.inside.set(key, count);
    return messages.length === 0 ? '' : writeBlock(count++, messages, inside);
  };
  return {
    get count() {
      return count;
    },
    flush,
    push(written) {
      waiting.push(written);
      return waiting.length < blockMessages ? '' : flush();
    },
  };
}

function createWriter(language: MessageExport['language'], nowMs: number): MessageWriter {
  const index: PageIndex = { conversations: [], people: new Map(), inside: new Map() };
  const blocks = createBlocks(index);
  return {
    begin: (chosen) => beginPage(titleOf(chosen), language),
    beginConversation: ({ name }) => {
      index.conversations.push({ name, first: blocks.count, blocks: 0, messages: 0, months: [] });
      return '';
    },
    messages: (messages) => {
      const conversation = index.conversations.at(-1);
      if (conversation !== undefined) conversation.messages += messages.length;
      return messages.map(blocks.push).join('');
    },
    endConversation: () => {
      const text = blocks.flush();
      const conversation = index.conversations.at(-1);
      if (conversation !== undefined) conversation.blocks = blocks.count - conversation.first;
      return text;
    },
    end: () => {
      const { conversations, people, inside } = index;
      const maps = { people: Object.fromEntries(people), inside: Object.fromEntries(inside) };
      return endPage(language, { writtenAtMs: nowMs, conversations, ...maps });
    },
  };
}

function noteMonth(conversation: PageConversation | undefined, clockMs: number, block: number, place: number): void {
  const month = writeDay(clockMs).slice(0, 7);
  if (conversation !== undefined && conversation.months.at(-1)?.[0] !== month) conversation.months.push([month, block, place]);
}

const titleOf = (conversations: readonly WrittenConversation[]): string =>
  conversations.length === 1 ? (conversations[0]?.name ?? '') || 'Camphor' : 'Camphor';

export function htmlFormatting(language: MessageExport['language'], nowMs: number): MessageFormatting {
  return { createWriter: () => createWriter(language, nowMs) };
}
