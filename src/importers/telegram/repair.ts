// Two ways in which an export's JSON is not what JSON.parse takes it for.

const backslash = 0x5c;
const quote = 0x22;

/**
 * Control characters that tdesktop writes as `\xHH` (upper-case hex, invalid in JSON) as `\u00HH`. An `x` after an escaped
 * backslash is left alone. A text without the defect is given back as it is.
 */
export function repairHexEscapes(json: string): string {
  let at = json.indexOf('\\');
  let kept = 0;
  let repaired = '';
  while (at !== -1) {
    if (json.charCodeAt(at + 1) === 0x78 && isUpperHex(json.charCodeAt(at + 2)) && isUpperHex(json.charCodeAt(at + 3))) {
      repaired += `${json.slice(kept, at)}\\u00`;
      kept = at + 2;
    }
    at = json.indexOf('\\', at + 2);
  }
  return kept === 0 ? json : repaired + json.slice(kept);
}

/**
 * Integers of 16 digits and more, outside of strings, as strings: JSON.parse would round them. For the few elements where
 * a number turned out unsafe.
 */
export function quoteLongIntegers(json: string): string {
  let quoted = '';
  let kept = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) inString = !inString;
    else if (!inString && (code === 0x2d || isDigit(code))) {
      let end = at + 1;
      while (isNumberPart(json.charCodeAt(end))) end++;
      const literal = json.slice(at, end);
      if (literal.length >= 16 && !/[.eE]/.test(literal)) {
        quoted += `${json.slice(kept, at)}"${literal}"`;
        kept = end;
      }
      at = end - 1;
    }
  }
  return kept === 0 ? json : quoted + json.slice(kept);
}

/** True where a number anywhere inside is an integer too great to be exact. */
export function holdsUnsafeInteger(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'number') {
      if (Number.isInteger(next) && !Number.isSafeInteger(next)) return true;
    } else if (typeof next === 'object' && next !== null) {
      for (const inner of Object.values(next)) open.push(inner);
    }
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isUpperHex(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x46);
}

function isNumberPart(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x2b || code === 0x2d || code === 0x45 || code === 0x65;
}
