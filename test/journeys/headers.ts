// The `_headers` file as hosts read it: a path or a pattern with `*`, then indented headers; rules for one path combine.

export interface HeaderRule {
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Throws on a line that is neither a path, a header, a comment nor empty. */
export function parseHeaders(text: string): readonly HeaderRule[] {
  const rules: { path: string; headers: [string, string][] }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const header = /^\s+([A-Za-z-]+):\s*(.+)$/.exec(line);
    const last = rules.at(-1);
    if (header !== null && last !== undefined) last.headers.push([header[1] ?? '', header[2] ?? '']);
    else if (line.startsWith('/')) rules.push({ path: line.trim(), headers: [] });
    else throw new Error(`_headers: not understood: ${line}`);
  }
  return rules;
}

/** All headers for one path, in the order of the rules. */
export function headersFor(rules: readonly HeaderRule[], path: string): readonly (readonly [name: string, value: string])[] {
  return rules.filter((rule) => matches(rule.path, path)).flatMap((rule) => rule.headers);
}

function matches(pattern: string, path: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === path;
  return path.startsWith(pattern.slice(0, star)) && path.endsWith(pattern.slice(star + 1));
}
