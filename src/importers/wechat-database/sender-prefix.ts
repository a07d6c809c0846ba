// Texts of groups begin with who wrote them: `wxid_a:` and a line's end.

const prefix = /^([\w@.-]{1,64}):[ \t]{0,4}\r?\n/;

/** The text without its sender's id. Where `senderId` is known only that id is taken away, since anyone may write such a line. */
export function withoutSender(content: string, senderId: string | null): { readonly text: string; readonly senderId: string | null } {
  const match = prefix.exec(content);
  const found = match?.[1] ?? null;
  if (match === null || found === null || (senderId !== null && found !== senderId)) return { text: content, senderId };
  return { text: content.slice(match[0].length), senderId: found };
}
