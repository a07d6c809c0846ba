// Control characters as Telegram Desktop writes them, which is no JSON.

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

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isUpperHex(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x46);
}
