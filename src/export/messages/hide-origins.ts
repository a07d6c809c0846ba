// What a message answers and whence it was forwarded, with names, texts and ids replaced: for pseudonyms and for redaction.

import type { MessageFacts } from '../../model/record';

export interface Hiding {
  text(text: string): string;
  nameOf(name: string): string;
  idOf(id: string): string;
}

/** The same two facts, as far as they are there, with nothing in them that was not replaced but the time of a forward. */
export function hideOrigins(
  { replyTo, forward }: { readonly replyTo: MessageFacts['replyTo']; readonly forward: MessageFacts['forward'] },
  { text, nameOf, idOf }: Hiding,
): MessageFacts {
  return {
    ...(replyTo && {
      replyTo: {
        sourceId: replyTo.sourceId === null ? null : idOf(replyTo.sourceId),
        ...(replyTo.excerpt !== undefined && { excerpt: text(replyTo.excerpt) }),
      },
    }),
    ...(forward && {
      forward: {
        fromName: forward.fromName === null ? null : nameOf(forward.fromName),
        ...(forward.sentAtMs !== undefined && { sentAtMs: forward.sentAtMs }),
      },
    }),
  };
}
