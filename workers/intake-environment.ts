// What an import stands on in the browser: the vault, the clock, the quota, and this engine's decoders.

import type { IntakeEnvironment } from '../src/intake/environment';
import { revisionOf } from '../src/importers/revisions';
import { readDimensions } from '../src/media/dimensions';
import { sniffMedia } from '../src/media/sniff';
import { makeThumbnail } from '../src/media/thumbnail';
import { conversationSubject, receiptSubject } from '../src/model/overlay-index';
import { signatureOf } from '../src/search/signature';
import type { Vault } from '../src/vault/vault';
import { browserStorage } from './connect-vault';
import { nextEvent } from './next-event';

export function intakeEnvironment(vault: Vault): IntakeEnvironment {
  return {
    vault: { openReader: () => vault.openReader(), openWriter: () => vault.openWriter({ signatureOf }) },
    loadImporters: async () => (await import('../src/importers/registry')).importers,
    settings: () => vault.notes.settings(),
    keptSecrets: async () => (await import('../src/vault/kept-secrets')).readKept(vault.notes),
    keepSecret: async (kept) => (await import('../src/vault/kept-secrets')).keepSecret(vault.notes, kept),
    revisionOf,
    nowMs: () => Date.now(),
    freeBytes: async () => {
      const { quota, usage } = (await browserStorage?.estimate()) ?? {};
      return quota === undefined ? Infinity : quota - (usage ?? 0);
    },
    yieldToEvents: nextEvent(),
    describeMedium: (head) => {
      const { mime } = sniffMedia(head);
      const size = readDimensions(head, mime);
      return { mime, widthPx: size?.widthPx ?? null, heightPx: size?.heightPx ?? null };
    },
    makeThumbnail: (medium) => makeThumbnail(medium as Uint8Array<ArrayBuffer>),
    overlays: () => vault.notes.overlays(null),
    setOverlay: (kind, subject, fields) => vault.notes.setOverlay(kind, subject, fields),
    mergeOverlays: (overlays) => vault.notes.mergeOverlays(overlays),
    onUndone: (receipt) => vault.notes.setOverlay('undone', receiptSubject(receipt), { value: 'yes' }),
    onRemoved: (conversation, isRemoved) =>
      vault.notes.setOverlay('removed', conversationSubject(conversation), { value: isRemoved ? 'yes' : null }),
  };
}
