// A parsed query made ready for one vault: names looked up, and, segment by segment, what the catalogue and the signature
// already settle taken out of it.

import type { ConversationId, PersonId } from '../model/ids';
import type { ConversationEntry, SegmentEntry } from '../vault/archive';
import { termGrams } from './grams';
import type { Names } from './names';
import { normaliseText } from './normalise';
import { ownerWords } from './operators';
import type { QueryNode } from './query';
import { featureBit } from './segment-cache';
import type { MarkCondition, Marked, MarkedNumbers } from './marked';
import type { SafeRegex } from './regex';
import { mayContain } from './signature';

export type PlanNode =
  | { readonly is: 'all'; readonly nodes: readonly PlanNode[] }
  | { readonly is: 'any'; readonly nodes: readonly PlanNode[] }
  | { readonly is: 'not'; readonly node: PlanNode }
  | { readonly is: 'text'; readonly text: string; readonly grams: Uint32Array }
  | { readonly is: 'regex'; readonly regex: SafeRegex; readonly over: 'raw' | 'normalised'; readonly grams: Uint32Array }
  | {
      readonly is: 'people';
      readonly people: ReadonlySet<PersonId>;
      /** "me": the owner of whichever conversation. */ readonly owner: boolean;
    }
  | { readonly is: 'conversations'; readonly conversations: ReadonlySet<ConversationId> }
  | { readonly is: 'apps'; readonly apps: ReadonlySet<string> }
  | { readonly is: 'time'; readonly fromMs: number; readonly toMs: number }
  | { readonly is: 'larger'; readonly sizeBytes: number }
  | { readonly is: 'kind'; readonly kinds: ReadonlySet<number> }
  | { readonly is: 'feature'; readonly bit: number }
  /** Messages by their numbers, of all conversations; of one once it is settled. */
  | { readonly is: 'marked'; readonly numbers: MarkedNumbers }
  | { readonly is: 'numbers'; readonly numbers: ReadonlySet<number> };

/** `marked` null: nothing is kept. */
export function planQuery(node: QueryNode, names: Names, marked: Marked | null = null): PlanNode {
  switch (node.is) {
    case 'all':
    case 'any':
      return { is: node.is, nodes: node.nodes.map((part) => planQuery(part, names, marked)) };
    case 'not':
      return { is: 'not', node: planQuery(node.node, names, marked) };
    case 'text':
      return withNotes({ is: 'text', text: node.text, grams: gramsOf([node.text]) }, node.apart === true ? null : node, marked);
    case 'regex':
      return withNotes({ ...node, grams: gramsOf(node.regex.literals.map(normaliseText)) }, node, marked);
    case 'marked':
    case 'tag':
      return marked === null ? { is: 'any', nodes: [] } : { is: 'marked', numbers: marked.meeting(node) };
    case 'from': {
      const owner = ([...ownerWords.en, ...ownerWords.zh] as readonly string[]).includes(node.name.toLowerCase());
      return { is: 'people', people: owner ? new Set() : names.people(node.name), owner };
    }
    case 'in':
      return { is: 'conversations', conversations: names.conversations(node.name) };
    case 'app':
      return { is: 'apps', apps: new Set(node.apps) };
    case 'feature':
      return { is: 'feature', bit: featureBit[node.feature] };
    default:
      return node;
  }
}

/** Words of a note are found as those of the message are; where no note has them, nothing is added. */
function withNotes(planned: PlanNode, node: MarkCondition | null, marked: Marked | null): PlanNode {
  const numbers = node === null ? undefined : marked?.meeting(node);
  return numbers === undefined || numbers.size === 0 ? planned : { is: 'any', nodes: [planned, { is: 'marked', numbers }] };
}

const gramsOf = (texts: readonly string[]): Uint32Array => Uint32Array.from(texts.flatMap((text) => [...termGrams(text)]));

/** Whether any part of the plan can be settled by a signature. */
export function usesSignatures(node: PlanNode): boolean {
  if (node.is === 'all' || node.is === 'any') return node.nodes.some(usesSignatures);
  if (node.is === 'not') return usesSignatures(node.node);
  return (node.is === 'text' || node.is === 'regex') && node.grams.length > 0;
}

/** Whether texts must be opened, as they were stored or as search compares them. */
export const usesTexts = (node: PlanNode): boolean => usesRaw(node) || usesNormalised(node);

export const usesRaw = (node: PlanNode): boolean => anyLeaf(node, (leaf) => leaf.is === 'regex' && leaf.over === 'raw');

export const usesNormalised = (node: PlanNode): boolean =>
  anyLeaf(node, (leaf) => leaf.is === 'text' || (leaf.is === 'regex' && leaf.over === 'normalised'));

function anyLeaf(node: PlanNode, holds: (leaf: PlanNode) => boolean): boolean {
  if (node.is === 'all' || node.is === 'any') return node.nodes.some((part) => anyLeaf(part, holds));
  return node.is === 'not' ? anyLeaf(node.node, holds) : holds(node);
}

/** What is known of a segment before it is opened; `signature` null: not looked at. */
export interface SegmentFacts {
  readonly conversation: ConversationEntry;
  readonly segment: SegmentEntry;
  readonly signature: Uint8Array | null;
}

/** True or false where every message of the segment, or none, is a hit; else what is left to look at. */
export function settle(node: PlanNode, facts: SegmentFacts): PlanNode | boolean {
  if (node.is === 'all' || node.is === 'any') return settleParts(node, facts);
  if (node.is !== 'not') return settleCondition(node, facts);
  const settled = settle(node.node, facts);
  return typeof settled === 'boolean' ? !settled : { is: 'not', node: settled };
}

function settleParts(node: PlanNode & { readonly is: 'all' | 'any' }, facts: SegmentFacts): PlanNode | boolean {
  const absorbing = node.is === 'any';
  const open: PlanNode[] = [];
  for (const part of node.nodes) {
    const settled = settle(part, facts);
    if (settled === absorbing) return absorbing;
    if (typeof settled !== 'boolean') open.push(settled);
  }
  return open.length === 0 ? !absorbing : open.length === 1 && open[0] ? open[0] : { is: node.is, nodes: open };
}

function settleCondition(node: PlanNode, { conversation, segment, signature }: SegmentFacts): PlanNode | boolean {
  switch (node.is) {
    case 'text':
    case 'regex':
      return signature === null || mayContain(signature, node.grams) ? node : false;
    case 'people':
      return node.owner || node.people.size > 0 ? node : false;
    case 'conversations':
      return node.conversations.has(conversation.id);
    case 'apps':
      return node.apps.has(conversation.source);
    case 'marked': {
      const numbers = node.numbers.get(conversation.id);
      return numbers === undefined ? false : { is: 'numbers', numbers };
    }
    case 'time':
      if (segment.lastAtMs < node.fromMs || segment.firstAtMs >= node.toMs) return false;
      return segment.firstAtMs >= node.fromMs && segment.lastAtMs < node.toMs ? true : node;
    default:
      return node;
  }
}
