// What the owner hides, and showing it for now; loaded when somebody asks.

import { conversationSubject, indexOverlays } from '../src/model/overlay-index';
import type { HiddenView } from '../src/model/view';
import { shownConversations } from '../src/vault/shown-conversations';
import type { Vault } from '../src/vault/vault';
import type { FollowedVault } from './follow-vault';

/** How many conversations are hidden, and whether they are shown for now. */
export async function viewHidden(vault: Vault, followed: FollowedVault): Promise<HiddenView> {
  const overlays = await vault.notes.overlays(null);
  const said = indexOverlays(overlays);
  const hidden = (await shownConversations(await followed.reader(), overlays)).filter(({ id }) => {
    const subject = conversationSubject(id);
    return said.has('hidden', subject) && !said.has('removed', subject);
  });
  return { count: hidden.length, shown: followed.showsHidden() };
}

/** Throws `wrong-secret` for anything but the passphrase; null is right where there is none. */
export async function showHidden(vault: Vault, followed: FollowedVault, passphrase: string | null): Promise<void> {
  await vault.prove(passphrase);
  followed.showHidden(true);
}
