// What a query means, said the plain way: every condition asked of every message, nothing left out, nothing kept.

import type { ConversationEntry, PersonEntry } from '../../src/vault/archive';
import type { Message } from '../../src/model/message';
import { messageKinds } from '../../src/model/record';
import { normaliseText } from '../../src/search/normalise';
import type { QueryNode } from '../../src/search/query';

export interface OracleContext {
  readonly conversation: Pick<ConversationEntry, 'name' | 'source' | 'ownerPeople'>;
  readonly people: readonly PersonEntry[];
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

type Condition = Exclude<QueryNode, { readonly is: 'all' | 'any' | 'not' }>;

function meets(node: Condition, message: Message, { conversation, people }: OracleContext): boolean {
  switch (node.is) {
    case 'text':
      return normaliseText(message.text).includes(node.text);
    case 'regex':
      return new RegExp(node.regex.source.replaceAll('\\b', wordEdge), 'imu').test(message.text);
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
