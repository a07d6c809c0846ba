// A disk that is full, at ten points of an import, as Chromium itself says it. Chromium remembers for half a minute how much
// room it found, so the quota is waited for: another test may have written just before.

import wasmUrl from '../../node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm?url';
import { afterEach, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { CamphorError } from '../../src/model/error';
import type { ReceiptId } from '../../src/model/ids';
import type { VaultEnvironment } from '../../src/vault/environment';
import { vaultDatabase } from '../../src/vault/database';
import { openVault } from '../../src/vault/vault';
import { createZstdCodec } from '../../src/bytes/zstd';
import { inPieces, makeBytes, makeConversation, makeMessages, makeReceipt } from './make-messages';

const mebibyte = 1024 * 1024;
const writerOptions = { signatureOf: ({ ends }: { ends: Uint32Array }) => new Uint8Array(ends.length) };
const noisyBytes = makeBytes(3 * mebibyte, 3);
const quotaBytes = 64 * mebibyte;

interface DevTools {
  send(method: 'Storage.overrideQuotaForOrigin', parameters: { origin: string; quotaSize?: number }): Promise<unknown>;
}

const setQuota = (quotaSize?: number) =>
  (cdp() as unknown as DevTools).send('Storage.overrideQuotaForOrigin', {
    origin: location.origin,
    ...(quotaSize !== undefined && { quotaSize }),
  });

/** True once Chromium refuses a write beyond the quota. */
async function isQuotaKept(): Promise<boolean> {
  const opened = indexedDB.open('quota-probe');
  opened.addEventListener('upgradeneeded', () => opened.result.createObjectStore('rows', { autoIncrement: true }));
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opened.addEventListener('success', () => resolve(opened.result));
    opened.addEventListener('error', () => reject(opened.error as Error));
  });
  const isRefused = await new Promise<boolean>((resolve) => {
    const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
    for (let bytes = 0; bytes <= quotaBytes; bytes += noisyBytes.length) transaction.objectStore('rows').add(noisyBytes);
    transaction.addEventListener('complete', () => resolve(false));
    transaction.addEventListener('abort', () => resolve(true));
  });
  database.close();
  await new Promise((resolve) => indexedDB.deleteDatabase('quota-probe').addEventListener('success', resolve));
  return isRefused;
}

afterEach(() => setQuota());

/** False for a full disk; throws everything else. */
function refuseFull(error: unknown): false {
  if (!(error instanceof CamphorError) || error.code !== 'storage-full') throw error;
  return false;
}

async function rowCount(environment: VaultEnvironment): Promise<number> {
  const database = vaultDatabase(environment);
  await database.open();
  return database.objects.count().finally(() => database.close());
}

it('ends the import with `storage-full`, keeps the earlier one whole, and frees what was written', async () => {
  await setQuota(quotaBytes);
  await expect.poll(isQuotaKept, { interval: 5_000, timeout: 60_000 }).toBe(true);
  const codec = await createZstdCodec(await (await fetch(wasmUrl)).arrayBuffer());
  const environment: VaultEnvironment = { databaseName: 'vault-quota-test', codec, nowMs: Date.now, sentinel: null };
  const vault = await openVault(environment);
  // What tests before wrote and removed may still be counted.
  const isOpened = () => vault.open().then(() => true, refuseFull);
  await expect.poll(isOpened, { interval: 2_000, timeout: 60_000 }).toBe(true);
  const importMedia = async (first: number, count: number) => {
    const writer = await vault.openWriter(writerOptions);
    writer.setConversation(makeConversation(writer.newConversationId(), [await writer.putSegment(makeMessages(50))]));
    for (let number = first; number < first + count; number += 1) {
      const bytes = noisyBytes.with(0, number);
      await writer.putMedia(inPieces(bytes), 'receipt' as ReceiptId, bytes.length);
    }
    writer.setReceipt(makeReceipt(`receipt-${first}`));
    (await writer.commit()).release();
  };
  /** Chromium goes on counting for a while what was deleted: the small import is tried until there is room for it. */
  const importSmall = async (first: number): Promise<boolean> => {
    try {
      await importMedia(first, 1);
      return true;
    } catch (error) {
      return refuseFull(error);
    }
  };
  let kept = 0;
  for (let round = 0; round < 10; round += 1) {
    await expect.poll(() => importSmall(kept), { interval: 2_000, timeout: 60_000 }).toBe(true);
    kept += 1;
    const before = await rowCount(environment);
    await expect(importMedia(kept, 30)).rejects.toMatchObject({ code: 'storage-full' });
    expect(await rowCount(environment)).toBe(before);
    expect(await vault.verify()).toMatchObject({ damaged: [] });
  }
  await setQuota();
  await importMedia(kept, 30);
  expect(await vault.storageCounts()).toMatchObject({ mediaCount: kept + 30 });
  await vault.forget();
  vault.close();
}, 300_000);
