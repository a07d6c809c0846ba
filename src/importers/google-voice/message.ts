// One text message or call, beside who sent it.

import type { HtmlElement } from '../../bytes/html-elements';
import { attributeOf, findElement, findElements, shownTextOf } from '../../bytes/html-query';
import type { MessageFacts, MessageKind } from '../../model/record';
import { readMarkedHtml } from '../html-text';
import { parseInstant } from '../instant';

export interface VoiceBody {
  readonly sentAtMs: number;
  readonly kind: MessageKind | null;
  readonly text: string;
  readonly facts: MessageFacts;
  /** True for a call that the owner made. */
  readonly isPlaced: boolean;
}

/** What stands for a text where there is only a picture. */
const placeholder = /^MMS (?:Received|Sent)$/;

/** A `.message`; null where it has no time. Its kind is null where it has no words. */
export function readText(element: HtmlElement): VoiceBody | null {
  const sentAtMs = readTime(element, '.dt');
  if (sentAtMs === null) return null;
  const quote = findElement(element, 'q');
  const { text, entities } = readMarkedHtml(quote?.children ?? []);
  if (placeholder.test(text)) return { sentAtMs, kind: null, text: '', facts: { extra: { placeholder: text } }, isPlaced: false };
  return { sentAtMs, kind: text === '' ? null : 'text', text, facts: entities === null ? {} : { entities }, isPlaced: false };
}

/** A `.haudio`: a call, a voicemail with its transcript, a recording; null where it has no time. */
export function readCall(element: HtmlElement): VoiceBody | null {
  const sentAtMs = readTime(element, '.published');
  if (sentAtMs === null) return null;
  const labels = findElements(element, (one) => attributeOf(one, 'rel') === 'tag').map((tag) => attributeOf(tag, 'href') ?? '');
  const label = labels.map((href) => /#(placed|received|missed|voicemail|recorded)$/.exec(href)?.[1]).find((word) => word !== undefined);
  const durationMs = readDuration(element);
  const transcript = findElement(element, '.full-text');
  const facts: MessageFacts = {
    call: { durationMs, outcome: outcomeOf(label, durationMs), video: false },
    extra: { labels, words: shownTextOf(element) },
  };
  const text = transcript === null ? '' : shownTextOf(transcript);
  return { sentAtMs, kind: label === undefined ? 'unknown' : 'call', text, facts, isPlaced: label === 'placed' };
}

function outcomeOf(label: string | undefined, durationMs: number | null): NonNullable<MessageFacts['call']>['outcome'] {
  if (label === 'missed' || label === 'voicemail') return 'missed';
  if (label === 'recorded') return 'answered';
  return label !== undefined && (durationMs ?? 0) > 0 ? 'answered' : 'unknown';
}

function readTime(element: HtmlElement, name: '.dt' | '.published'): number | null {
  const clock = findElement(element, name);
  return clock === null ? null : parseInstant(attributeOf(clock, 'title') ?? '');
}

/** `PT1H1M5S` in the title of `.duration`. */
function readDuration(element: HtmlElement): number | null {
  const title = attributeOf(findElement(element, '.duration') ?? element, 'title') ?? '';
  const match = /^PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?$/.exec(title);
  return match === null ? null : ((Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0)) * 60 + Number(match[3] ?? 0)) * 1000;
}
