// Overlays as data: stamps, and the rule that the last writer wins by field.

import type { Overlay, OverlayStamp } from '../model/overlay';

/** A stamp further ahead of this device's clock than this is believed only so far. */
export const aheadLimitMs = 24 * 3_600_000;

export function compareStamps(a: OverlayStamp, b: OverlayStamp): number {
  return a.wallMs - b.wallMs || a.counter - b.counter || (a.device < b.device ? -1 : Number(a.device > b.device));
}

/** The stamp after `last`: the wall clock where it moved on, else the counter. */
export function nextStamp(last: OverlayStamp | null, nowMs: number, device: string): OverlayStamp {
  if (last === null || nowMs > last.wallMs) return { wallMs: nowMs, counter: 0, device };
  return { wallMs: last.wallMs, counter: last.counter + 1, device };
}

export function clampStamp(stamp: OverlayStamp, nowMs: number): OverlayStamp {
  return stamp.wallMs > nowMs + aheadLimitMs ? { ...stamp, wallMs: nowMs + aheadLimitMs } : stamp;
}

export function latestStamp(stamps: Iterable<OverlayStamp>): OverlayStamp | null {
  let latest: OverlayStamp | null = null;
  for (const stamp of stamps) if (latest === null || compareStamps(stamp, latest) > 0) latest = stamp;
  return latest;
}

/** Field by field the one with the later stamp. Commutative, associative, idempotent. */
export function mergeOverlay(a: Overlay, b: Overlay): Overlay {
  const fields = new Map(Object.entries(a.fields));
  for (const [name, field] of Object.entries(b.fields)) {
    const other = fields.get(name);
    if (other === undefined || compareStamps(field.stamp, other.stamp) > 0) fields.set(name, field);
  }
  return { kind: a.kind, subject: a.subject, fields: Object.fromEntries(fields) };
}
