// Where a JSON document has arrays of objects, seen from its beginning, which may end anywhere.

const pathsLimit = 8;
const depthLimit = 8;
/** Longer keys are content, and keys with these characters cannot be written in a path. */
const plainKey = /^[^.[\]*]{1,200}$/;
const blank = /\s/;

interface Level {
  readonly isArray: boolean;
  /** Path of this container, or null where there is no way to write one. */
  readonly path: string | null;
  /** For an object the key of the value that comes next. */
  key: string | null;
}

/**
 * Paths of arrays that hold objects, such as `data.messages[*]`, or `[*]` for the root, with how many objects of each were
 * seen; most first. Arrays inside of arrays are not looked for. Never throws.
 */
export function findRows(text: string): readonly { readonly path: string; readonly objects: number }[] {
  const found = new Map<string, number>();
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    const level = levels.at(-1);
    if (letter === '"') {
      const end = stringEnd(text, at);
      if (level !== undefined && !level.isArray && level.key === null) level.key = keyOf(text.slice(at, end));
      at = end - 1;
    } else if (letter === '{' || letter === '[') {
      if (letter === '{' && level?.isArray === true && level.path !== null) count(found, level.path);
      levels.push({ isArray: letter === '[', path: innerPath(level, letter === '['), key: null });
    } else if (letter === '}' || letter === ']') levels.pop();
    else if (letter === ',' && level !== undefined) level.key = null;
    else if (levels.length === 0 && !blank.test(letter) && letter !== '\ufeff') return [];
  }
  return [...found].map(([path, objects]) => ({ path, objects })).toSorted((one, other) => other.objects - one.objects);
}

function count(found: Map<string, number>, path: string): void {
  const before = found.get(path);
  if (before !== undefined || found.size < pathsLimit) found.set(path, (before ?? 0) + 1);
}

/** The path of a container that begins inside `level`; of arrays with `[*]` behind. */
function innerPath(level: Level | undefined, isArray: boolean): string | null {
  const mark = isArray ? '[*]' : '';
  if (level === undefined) return mark;
  if (level.isArray || level.path === null || level.key === null || level.key === '') return null;
  const path = level.path === '' ? level.key : `${level.path}.${level.key}`;
  return path.split('.').length > depthLimit ? null : path + mark;
}

function keyOf(json: string): string {
  try {
    const key: unknown = JSON.parse(json);
    return typeof key === 'string' && plainKey.test(key) ? key : '';
  } catch {
    return '';
  }
}

/** Position behind the closing quotation mark of the string that begins at `at`. */
function stringEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end + 1;
}
