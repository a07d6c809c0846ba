// Hidden conversations as the worker of the vault keeps them from readers, over a real vault.

import { expect, test } from 'vitest';
import { conversationSubject, indexOverlays } from '../../src/model/overlay-index';
import type { VaultChange } from '../../src/model/verbs';
import { followVault } from '../../workers/follow-vault';
import { showHidden, viewHidden } from '../../workers/hidden-conversations';
import { keepOverlay } from '../../workers/keep-overlay';
import { commitSmallImport, makeVault } from './make-vault';

const passphrase = 'correct horse battery';

async function hiddenOne() {
  const { vault } = await makeVault();
  const { conversation } = await commitSmallImport(vault, 1);
  await commitSmallImport(vault, 2);
  const followed = followVault(vault);
  const subject = conversationSubject(conversation.id);
  const hide = (on: boolean) => keepOverlay(vault, followed, 'hidden', subject, { hidden: on ? 'yes' : null });
  await hide(true);
  const isThere = async (): Promise<boolean> => !indexOverlays(await followed.overlays()).has('removed', subject);
  return { vault, followed, hide, isThere };
}

test('are kept from readers until the passphrase is given, and again once they are concealed', async () => {
  const { vault, followed, isThere } = await hiddenOne();
  await vault.setPassphrase(passphrase, null);
  const heard: VaultChange[] = [];
  followed.onChange((change) => heard.push(change));
  expect([await isThere(), await viewHidden(vault, followed)]).toEqual([false, { count: 1, shown: false }]);
  for (const wrong of [null, '', `${passphrase}x`])
    await expect(showHidden(vault, followed, wrong)).rejects.toMatchObject({ code: 'wrong-secret' });
  expect([await isThere(), heard]).toEqual([false, []]);
  await showHidden(vault, followed, passphrase);
  expect([await isThere(), await viewHidden(vault, followed), heard]).toEqual([true, { count: 1, shown: true }, ['notes-changed']]);
  followed.showHidden(false);
  expect([await isThere(), heard.length]).toEqual([false, 2]);
});

test('are shown for the asking where there is no passphrase', async () => {
  const { vault, followed, isThere } = await hiddenOne();
  await showHidden(vault, followed, null);
  expect(await isThere()).toBe(true);
});

test('are not brought back for good by whoever is not shown them', async () => {
  const { vault, followed, hide, isThere } = await hiddenOne();
  await expect(hide(false)).rejects.toMatchObject({ code: 'locked' });
  await showHidden(vault, followed, null);
  await hide(false);
  followed.showHidden(false);
  expect([await isThere(), await viewHidden(vault, followed)]).toEqual([true, { count: 0, shown: false }]);
});

test('of another thread or tab stay hidden', async () => {
  const { vault, followed, isThere } = await hiddenOne();
  const other = followVault(vault);
  await showHidden(vault, other, null);
  expect([await isThere(), followed.showsHidden(), other.showsHidden()]).toEqual([false, false, true]);
});
