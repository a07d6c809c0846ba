// Code units as text, for what no decoder of the engine knows.

/** A call takes only so many arguments. */
const unitsAtOnce = 8192;

/**
 * Each unit one letter. Not by spreading them, for which an engine makes an object of each unit: eleven times as long in V8, and the
 * collector has to come for it.
 */
export function textOfUnits(units: Uint8Array | Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += unitsAtOnce)
    text += Reflect.apply(String.fromCharCode, null, units.subarray(at, at + unitsAtOnce)) as string;
  return text;
}

/** The same text in memory of its own: a piece of a longer one keeps the whole of that as long as it is there itself. */
export function copyText(text: string): string {
  return textOfUnits(Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)));
}
