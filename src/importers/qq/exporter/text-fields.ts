// The fields of one message in a text file of qq-chat-exporter: what stands behind 内容, 资源, 提及 and 回复.

export interface TextFields {
  readonly content: string;
  /** `text`, `system` …, where the export was told to say it; null else. */
  readonly type: string | null;
  readonly resources: readonly { readonly type: string; readonly filename: string }[];
  readonly mentions: string | null;
  readonly reply: TextReply | null;
}

export interface TextReply {
  /** `MM-DD HH:MM`, without a year; null where it is not given. */
  readonly time: string | null;
  readonly name: string;
  readonly content: string;
}

const resourcePattern = /^ {2}- ([a-z]{1,20}): (.*)$/;
const countPattern = /^资源: (\d{1,6}) 个文件$/;
const replyPattern = /^回复: (?:(\d\d-\d\d \d\d:\d\d) )?([^\n]*?) - ([^]*)$/;

/** The lines of a message behind its time. Fields stand after the text and in one order, so they are read from the end. */
export function readTextFields(lines: readonly string[]): TextFields {
  let rest = withoutBlankEnd(lines);
  const type = rest[0]?.startsWith('类型: ') ? rest[0].slice(4) : null;
  if (type !== null) rest = rest.slice(1);
  const [beforeReply, reply] = takeReply(rest);
  const [beforeMentions, mentions] = takeMentions(beforeReply);
  const [text, resources] = takeResources(beforeMentions);
  return { content: text.join('\n').replace(/^内容: /, ''), type, resources, mentions, reply };
}

function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.trim() === '') end--;
  return lines.slice(0, end);
}

/** What was replied to may have lines of its own; then only the text's own mark of a reply proves it. */
function takeReply(lines: readonly string[]): readonly [readonly string[], TextReply | null] {
  const at = lines.findLastIndex((line) => line.startsWith('回复: '));
  const isProven = at === lines.length - 1 || lines[0]?.startsWith('内容: [回复') === true;
  const found = at > 0 && isProven ? replyPattern.exec(lines.slice(at).join('\n')) : null;
  if (found === null) return [lines, null];
  return [lines.slice(0, at), { time: found[1] ?? null, name: found[2] ?? '', content: found[3] ?? '' }];
}

function takeMentions(lines: readonly string[]): readonly [readonly string[], string | null] {
  const last = lines.at(-1);
  return lines.length > 1 && last?.startsWith('提及: ') ? [lines.slice(0, -1), last.slice(4)] : [lines, null];
}

function takeResources(lines: readonly string[]): readonly [readonly string[], TextFields['resources']] {
  const at = lines.findLastIndex((line) => countPattern.test(line));
  const named = lines.slice(at + 1).map((line) => resourcePattern.exec(line));
  const count = Number(countPattern.exec(lines[at] ?? '')?.[1] ?? -1);
  if (at < 0 || count !== named.length) return [lines, []];
  const resources = named.flatMap((found) => (found === null ? [] : [{ type: found[1] ?? '', filename: found[2] ?? '' }]));
  return resources.length === count ? [lines.slice(0, at), resources] : [lines, []];
}
