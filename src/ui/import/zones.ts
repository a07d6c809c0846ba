// The zones to choose from.

/** All that the browser knows, the likely ones first. */
export function zones(answer: string | null): readonly string[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([answer ?? here, here, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
