// Hidden conversations for as long as they are not shown: whoever reads does so as if they were removed, so that no verb can
// forget about them.

import type { Overlay } from './overlay';
import { isSaid, type OverlayIndex } from './overlay-index';

/** The overlays by which hidden conversations are not there; the same array where none is hidden. */
export function conceal(overlays: readonly Overlay[]): readonly Overlay[] {
  const hidden = overlays.filter((overlay) => overlay.kind === 'hidden' && isSaid(overlay));
  return hidden.length === 0 ? overlays : [...overlays, ...hidden.map((overlay): Overlay => ({ ...overlay, kind: 'removed' }))];
}

/** Whether a conversation is hidden and not shown, by overlays that may have been through `conceal`. */
export function isConcealed(overlays: OverlayIndex, subject: string): boolean {
  return overlays.has('hidden', subject) && overlays.has('removed', subject);
}
