// The message that has begun and whose last line has not been seen yet. One object for a whole chat.

import type { Header, HeaderFormat } from './header-format';

export interface OpenMessage {
  isOpen: boolean;
  /** The line with the header, and where its rest begins. */
  line: string;
  restAt: number;
  /** Lines that followed. */
  readonly more: string[];
  format: HeaderFormat | null;
  sentAtMs: number;
  offsetBytes: number;
  lengthBytes: number;
}

export function createOpenMessage(): OpenMessage {
  return { isOpen: false, line: '', restAt: 0, more: [], format: null, sentAtMs: 0, offsetBytes: 0, lengthBytes: 0 };
}

/** Opens the message that begins with this line; the one before must have been closed. */
export function beginMessage(
  open: OpenMessage,
  line: string,
  header: Header,
  sentAtMs: number,
  offsetBytes: number,
  lengthBytes: number,
): void {
  open.isOpen = true;
  open.line = line;
  open.restAt = header.restAt;
  if (open.more.length > 0) open.more.length = 0;
  open.format = header.format;
  open.sentAtMs = sentAtMs;
  open.offsetBytes = offsetBytes;
  open.lengthBytes = lengthBytes;
}

/** The text from code unit `from` of the first line on, lines joined by line feeds. */
export function textFrom(open: OpenMessage, from: number): string {
  const first = open.line.slice(from);
  return open.more.length === 0 ? first : `${first}\n${open.more.join('\n')}`;
}
