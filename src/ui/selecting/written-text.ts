// Messages as plain text for the clipboard: when, who, what.

import type { MessageView } from '../../model/view';
import { type Format, isShowable } from '../format';
import { serviceLine } from '../reading/service-line';
import type { Translate } from '../strings/strings';

const two = (value: number): string => String(value).padStart(2, '0');

/** `yyyy-mm-dd HH:MM` in the zone of the screen, as the timeline shows it. */
function stamp(ms: number): string {
  if (!isShowable(ms)) return '–';
  const date = new Date(ms);
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function wordsOf(message: MessageView, t: Translate, format: Format): string {
  if (message.kind === 'system') return serviceLine(message, t, format);
  const files = message.attachments.map(({ name }) => `[${name ?? t(`kind.${message.kind}`)}]`);
  const kind = message.text === '' && files.length === 0 ? [`[${t(`kind.${message.kind}`)}]`] : [];
  return [...kind, ...files, message.text].filter(Boolean).join('\n');
}

/** A message a line, `[2026-03-07 14:02] Mum: See you`; further lines of a text follow as they are. */
export function writtenText(messages: readonly MessageView[], t: Translate, format: Format): string {
  return messages
    .map((message) => {
      const name = message.kind === 'system' ? '' : `${message.senderView?.name ?? t('service.someone')}: `;
      return `[${stamp(message.sentAtMs)}] ${name}${wordsOf(message, t, format)}`;
    })
    .join('\n');
}
