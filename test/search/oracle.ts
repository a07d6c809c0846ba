// What a query means, said the plain way: every condition asked of every message, nothing left out, nothing kept.

import type { ConversationEntry, PersonEntry } from '../../src/vault/archive';
import type { Mark } from '../../src/model/marks';
import type { Message } from '../../src/model/message';
import { messageKinds } from '../../src/model/record';
import { normaliseText } from '../../src/search/normalise';
import type { QueryNode } from '../../src/search/query';

export interface OracleContext {
  readonly conversation: Pick<ConversationEntry, 'name' | 'source' | 'ownerPeople'>;
  readonly people: readonly PersonEntry[];
  readonly markOf?: (message: Message) => Mark | undefined;
}

export function isHit(node: QueryNode, message: Message, context: OracleContext): boolean {
  switch (node.is) {
    case 'all':
      return node.nodes.every((part) => isHit(part, message, context));
    case 'any':
      return node.nodes.some((part) => isHit(part, message, context));
    case 'not':
      return !isHit(node.node, message, context);
    default:
      return meets(node, message, context);
  }
}

/** `\b` knows the letters of all scripts. */
const word = '[\\p{L}\\p{N}\\p{M}_]';
const wordEdge = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;

/** Scripts written without spaces: their words have no edges. */
const wide =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー々〆]';
const spaced = new RegExp(`^(?!${wide})${word}$`, 'u');

/** Whether some stretch of the text is what the pattern says, and no word of a script with spaces is cut at its ends. */
export function hasStretch(text: string, isWanted: (stretch: string) => boolean): boolean {
  const characters = [...text];
  const isSpaced = (at: number): boolean => spaced.test(characters[at] ?? '');
  const isEdge = (at: number): boolean => !isSpaced(at - 1) || !isSpaced(at);
  return characters.some((_, from) =>
    Array.from({ length: characters.length - from }, (__, length) => from + length + 1).some(
      (to) => isEdge(from) && isEdge(to) && isWanted(characters.slice(from, to).join('')),
    ),
  );
}

function hasWildcard(pattern: string, text: string): boolean {
  const source = [...pattern].map((each) => (each === '*' ? `${word}*` : each === '?' ? word : normaliseText(each))).join('');
  const whole = new RegExp(`^${source}$`, 'iu');
  return hasStretch(text, (stretch) => whole.test(stretch));
}

type Condition = Exclude<QueryNode, { readonly is: 'all' | 'any' | 'not' }>;

function meets(node: Condition, message: Message, { conversation, people, markOf }: OracleContext): boolean {
  const mark = markOf?.(message);
  const note = mark?.note ?? null;
  const texts = [message.text, ...(note === null ? [] : [note])];
  switch (node.is) {
    case 'text':
      return (node.apart === true ? [message.text] : texts).some((text) => normaliseText(text).includes(node.text));
    case 'regex':
      return texts.some((text) =>
        node.over === 'normalised'
          ? hasWildcard(node.regex.source, normaliseText(text))
          : new RegExp(node.regex.source.replaceAll('\\b', wordEdge), 'imu').test(text),
      );
    case 'tag':
      return mark?.tags.some((tag) => normaliseText(tag).startsWith(node.name)) === true;
    case 'marked':
      return mark !== undefined && { bookmark: mark.bookmarked, note: mark.note !== null, tag: mark.tags.length > 0 }[node.by];
    case 'from': {
      if (node.name === 'me') return message.sender !== null && conversation.ownerPeople.includes(message.sender);
      const sender = people.find(({ id }) => id === message.sender);
      return sender?.names.some((name) => normaliseText(name).includes(normaliseText(node.name))) ?? false;
    }
    case 'in':
      return normaliseText(conversation.name ?? '').includes(normaliseText(node.name));
    case 'app':
      return node.apps.includes(conversation.source);
    case 'time':
      return message.sentAtMs >= node.fromMs && message.sentAtMs < node.toMs;
    case 'larger':
      return message.attachments.some(({ sizeBytes }) => sizeBytes !== null && sizeBytes > node.sizeBytes);
    case 'kind':
      return node.kinds.has(messageKinds.indexOf(message.kind));
    case 'feature': {
      const facts = message.facts;
      const has = {
        reply: facts?.replyTo,
        reaction: facts?.reactions?.[0],
        edit: facts?.edited ?? facts?.olderTexts?.[0],
        deletion: facts?.deleted,
      };
      return has[node.feature] !== undefined;
    }
  }
}
