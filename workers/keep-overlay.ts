// Writing an overlay; loaded when the owner adds something.

import { CamphorError } from '../src/model/error';
import type { OverlayKind } from '../src/model/overlay';
import { overlaySubjects } from '../src/vault/apply-joinings';
import type { Vault } from '../src/vault/vault';
import type { FollowedVault } from './follow-vault';

/** Throws `locked` where a conversation would be shown again for good while hidden ones are not shown. */
export async function keepOverlay(
  vault: Vault,
  followed: FollowedVault,
  kind: OverlayKind,
  subject: string,
  fields: Readonly<Record<string, string | null>>,
): Promise<void> {
  const cleared = Object.fromEntries(Object.entries(fields).filter(([, value]) => value === null));
  const clears = Object.keys(cleared).length > 0;
  if (kind === 'hidden' && clears && !followed.showsHidden()) throw new CamphorError('locked');
  const [own, ...others] = await overlaySubjects(await followed.reader(), await followed.overlays(), subject);
  await vault.notes.setOverlay(kind, own, fields);
  if (clears) for (const other of others) await vault.notes.setOverlay(kind, other, cleared);
}
