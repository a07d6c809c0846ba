// Names that come from outside. They are labels: never keys, never paths to write to. These functions make them fit to be
// shown and offered as the name of a download.

const lengthLimit = 120;
/** Most file systems take 255 bytes; some are left for " (1)" and the like. */
const byteLimit = 240;
const extensionLimit = 16;

/** Separators and what Windows forbids besides. */
const forbidden = /[/\\:*?"<>|\u2215\u2044\u29f8\uff0f\uff3c]/g;
/** Controls, invisible format characters (among them all that turn the direction of text), lone surrogates, odd separators. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\ufff9-\uffff]/gu;
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/**
 * A name without separators, controls and direction marks, of at most 120 UTF-16 units and 240 bytes, that no system
 * reserves; '_' where nothing is left. The same again when applied again.
 */
export function safeName(name: string): string {
  const cleaned = name.slice(0, 4096).replace(invisible, '').normalize('NFC').replace(forbidden, '_');
  const trimmed = trim(cleaned);
  const fitting = trim(shorten(trimmed));
  if (fitting === '') return '_';
  return reserved.test(fitting) ? shorten(`_${fitting}`) : fitting;
}

/** Windows drops dots and spaces at the end; a dot at the start hides a file. */
function trim(name: string): string {
  return name.replace(/^[\s.]+/u, '').replace(/[\s.]+$/u, '');
}

/** Cuts before the extension, between characters. */
function shorten(name: string): string {
  if (fits(name)) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= extensionLimit ? name.slice(dot) : '';
  const stem = Array.from(extension ? name.slice(0, dot) : name);
  while (stem.length > 0 && !fits(stem.join('') + extension)) stem.pop();
  return trim(stem.join('')) + extension;
}

function fits(name: string): boolean {
  return name.length <= lengthLimit && new TextEncoder().encode(name).length <= byteLimit;
}

export interface RepairedPath {
  readonly path: string;
  /** True where the path as written leaves its folder or holds bytes that no path has. */
  readonly isUnsafe: boolean;
}

/**
 * A path inside an archive, with `/` between its parts: without root, `.`, `..`, empty parts and controls, and with
 * `C_` for a drive. Back
 * slashes, which some writers use, are separators, and are not unsafe by themselves.
 */
export function repairPath(written: string): RepairedPath {
  const slashed = written.slice(0, 4096).replaceAll('\\', '/');
  const parts = slashed
    .replace(/\p{Cc}/gu, '_')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  const path = parts.join('/').replace(/^([a-z]):/i, '$1_') || '_';
  return { path, isUnsafe: path !== slashed.replace(/^(\.\/)+/, '') };
}
