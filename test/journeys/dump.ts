// The canonical dump of a vault, taken through the session: everything that a restore has to bring back, and nothing that
// depends on the device (local ids, times of import, what was new at the time).
import type { Page } from 'playwright';

/** JSON text; equal for vaults that hold the same. Media are read whole and hashed again. */
export function dumpVault(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { vault } = window.session;
    await vault.open();
    const media = new Set<string>();
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
          rest.attachments.forEach(({ sha256 }) => sha256 !== null && media.add(sha256));
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
    const here: string[] = [];
    for (const sha256 of [...media].sort()) {
      const medium = await vault.media(sha256 as never);
      here.push(`${sha256} ${medium?.mime ?? 'unknown'} ${medium?.sizeBytes ?? 0} ${medium?.isHere === true ? 'here' : 'elsewhere'}`);
    }
    // Hashes every medium again.
    const { damaged } = await vault.verify(() => {});
    const sorted = (list: readonly unknown[]): string[] => list.map((each) => JSON.stringify(order(each))).sort();
    return JSON.stringify(
      { conversations: sorted(conversations), overlays: sorted(overlays), receipts: sorted(receipts), media: here, damaged },
      null,
      1,
    );
  });
}
