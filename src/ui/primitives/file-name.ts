// Names of files as they came: shown without tricks, saved without harm.

/** Without the controls that turn `exe.gpj` around or hide what is there. */
export function shownName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').slice(0, 400);
}

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const nameLimit = 120;

/** A name that any file system takes: no separator, no control, at most 120 characters, the extension kept. */
export function safeFileName(name: string, fallback: string): string {
  const bare = shownName(name.split(/[/\\]/).at(-1) ?? '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (bare === '') return fallback;
  const whole = reserved.test(bare) ? `_${bare}` : bare;
  if (whole.length <= nameLimit) return whole;
  const dot = whole.lastIndexOf('.');
  const extension = dot > whole.length - 12 ? whole.slice(dot) : '';
  return whole.slice(0, nameLimit - extension.length).replace(/[\uD800-\uDBFF]$/, '') + extension;
}
