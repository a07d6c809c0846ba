// Instants as text.

const pattern = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?$/;

const msPerMinute = 60_000;

/**
 * ms since 1970 of an ISO 8601 text such as `2023-12-01T04:18:43.3390000+00:00`, digits beyond the millisecond dropped; also
 * with a blank for the `T`, and with `UTC` for the zone. `zone` says what a text without a zone is; without it such a text is
 * no instant. Null for anything else, and for days that the calendar does not have.
 */
export function parseInstant(text: string, zone?: 'utc'): number | null {
  const match = pattern.exec(text);
  if (match === null || (match[8] === undefined && zone === undefined)) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((digits) => Number(digits ?? 0));
  if (year < 1000 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const wholeMs = Date.UTC(year, month - 1, day, hour, minute, second);
  if (new Date(wholeMs).getUTCDate() !== day) return null;
  return wholeMs + Number((match[7] ?? '').padEnd(3, '0').slice(0, 3)) - offsetMinutes(match[8] ?? 'Z') * msPerMinute;
}

function offsetMinutes(zone: string): number {
  if (zone === 'Z' || zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
