// What is put in order while nobody waits, in short steps: after an opening, and when imports have been quiet for a while.

import { CamphorError, type ErrorCode } from '../src/model/error';
import type { Vault } from '../src/vault/vault';
import { browserStorage } from './connect-vault';

/** Between two steps, so that reading is not slowed. */
const stepPauseMs = 200;
/** After the opening, which is followed by the list and the first look into it. */
const openingPauseMs = 2_000;
/** How long to wait where an import writes. */
const busyPauseMs = 30_000;
/** After the last change, so that imports that follow each other do not wait for it. */
const quietMs = 20_000;

/** One step; false when everything is in order. */
async function tidy(vault: Vault): Promise<boolean> {
  await moveMarksOf(vault);
  if ((await vault.resealMedia()) || (await vault.compactMedia())) return true;
  const { signatureOf } = await import('../src/search/signature');
  return vault.compactSegments({ signatureOf });
}

/** What an import that was ended between its two roots has left to do. */
async function moveMarksOf(vault: Vault): Promise<void> {
  const { moveMarks } = await import('../src/vault/moved-marks');
  const reader = await vault.openReader();
  await moveMarks(reader, { ...vault.notes, overlays: () => vault.notes.overlays(null) }).finally(() => reader.release());
}

/** What lies in the clear outside of the vault and was forgotten there. */
async function removeForgotten(): Promise<void> {
  const root = await browserStorage?.getDirectory?.().catch(() => null);
  if (root) await (await import('../src/offline/stale-files')).removeStaleFiles(root, Date.now());
}

const codeOf = (error: unknown): ErrorCode => (error instanceof CamphorError ? error.code : 'unexpected');

/**
 * What a killed import and older states left is removed, once; then, after the first passphrase, all media under the new key, then
 * media out of files that are mostly garbage, then small segments into whole ones. Begins when the function it gives is called; what a lock cuts short goes on at the next opening.
 */
export function tidyInIdleTime(vault: Vault): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;
  let hasLeftovers = true;
  const plan = (pauseMs: number): void => {
    clearTimeout(timer);
    if (isOpen) timer = setTimeout(step, pauseMs);
  };
  const fail = (code: ErrorCode): void => {
    if (code === 'busy') plan(busyPauseMs);
    else if (code !== 'locked') console.warn('the vault was not tidied:', code);
  };
  const sweepOnce = async (): Promise<void> => {
    if (hasLeftovers) await vault.sweepLeftovers();
    hasLeftovers = false;
  };
  const step = (): void => void sweepOnce().then(() => tidy(vault)).then((more) => more && plan(stepPauseMs), (error: unknown) => fail(codeOf(error))); // prettier-ignore
  vault.onChange(({ type }) => {
    isOpen &&= type !== 'locked' && type !== 'forgotten' && type !== 'superseded';
    if (type === 'archive-changed') plan(quietMs);
  });
  return () => {
    isOpen = true;
    plan(openingPauseMs);
    void removeForgotten().catch(() => {});
  };
}
