// The canonical dump of a vault, taken through the session: everything that a restore has to bring back, and nothing that
// depends on the device (local ids, times of import, what was new at the time).
import type { Page } from 'playwright';

/** JSON text; equal for vaults that hold the same. Media are read whole, so that their bytes are there. */
export function dumpVault(page: Page, withMedia = true): Promise<string> {
  return page.evaluate(async (readsMedia) => {
    const { vault } = window.session;
    await vault.open();
    const media = new Set<string>();
    const hash = async (bytes: BufferSource): Promise<string> =>
      Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const order = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, inner]) => [key, order(inner)]),
          )
        : Array.isArray(value)
          ? value.map(order)
          : value;
    const subjects = new Map<string, string>();
    const conversations: unknown[] = [];
    for (const view of await vault.conversations()) {
      const messages: unknown[] = [];
      for (let from = 0; from < view.messageCount;) {
        const found = await vault.page(view.id, { at: 'position', position: from }, 0, 499);
        for (const message of found.messages) {
          const { conversation, seq, sender: _, senderView, position, reply: __, bookmarked, own, ...rest } = message;
          subjects.set(`message:${conversation}/${seq}`, `message:${view.name}/${position}`);
          for (const { sha256 } of rest.attachments) if (sha256 !== null) media.add(sha256);
          messages.push({ ...rest, from: senderView?.names ?? null, bookmarked, own });
        }
        if (found.messages.length === 0) throw new Error(`${view.name}: nothing at ${from}`);
        from = found.fromPosition + found.messages.length;
      }
      subjects.set(`conversation:${view.id}`, `conversation:${view.name}`);
      const people = (await vault.people(view.id)).map(({ names, isOwner }) => ({ names, isOwner }));
      const { name, source, shape, messageCount, zone, pinned, hidden } = view;
      conversations.push({
        name,
        source,
        shape,
        messageCount,
        zone,
        pinned,
        hidden,
        people: people.map((each) => JSON.stringify(each)).sort(),
        messages,
      });
    }
    const overlays = (await vault.overlays(null)).map(({ kind, subject, fields }) => ({
      kind,
      subject: subjects.get(subject) ?? subject,
      fields: Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value])),
    }));
    const receipts = (await vault.receipts()).map(({ id, source, format, files, messagesRead, mediaFound, problemCounts, undoneAtMs }) => {
      return { id, source, format, files, messagesRead, mediaFound, problemCounts, undone: undoneAtMs !== null };
    });
    const bytes: string[] = [];
    for (const sha256 of [...media].sort()) {
      if (!readsMedia) break;
      const answer = await fetch(await window.session.mediaUrl(sha256 as never));
      bytes.push(await hash(await answer.arrayBuffer()));
    }
    const sorted = (list: readonly unknown[]): string[] => list.map((each) => JSON.stringify(order(each))).sort();
    return JSON.stringify(
      { conversations: sorted(conversations), overlays: sorted(overlays), receipts: sorted(receipts), media: [...media].sort(), bytes },
      null,
      1,
    );
  }, withMedia);
}
