// The main path on what users have: real IndexedDB, Web Locks, BroadcastChannel and OPFS.

import wasmUrl from '../../node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm?url';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReceiptId } from '../../src/model/ids';
import type { VaultEnvironment } from '../../src/vault/environment';
import { openVault, receiveKey, serveKey, type Vault } from '../../src/vault/vault';
import { createZstdCodec } from '../../src/bytes/zstd';
import { inPieces, makeBytes, makeConversation, makeMessages, makeReceipt } from './make-messages';

const passphrase = 'correct horse battery';
const writerOptions = { signatureOf: ({ ends }: { ends: Uint32Array }) => new Uint8Array(ends.length) };
const opened: Vault[] = [];

async function openTab(): Promise<Vault> {
  const codec = await createZstdCodec(await (await fetch(wasmUrl)).arrayBuffer());
  const environment: VaultEnvironment = {
    databaseName: 'vault-browser-test',
    codec,
    nowMs: Date.now,
    argon2: { memoryKiB: 19 * 1024, passes: 2 },
  };
  const vault = await openVault(environment);
  opened.push(vault);
  return vault;
}

afterEach(async () => {
  const last = opened.pop();
  for (const vault of opened.splice(0)) vault.close();
  await last?.forget();
  last?.close();
});

async function importSomething(vault: Vault) {
  const writer = await vault.openWriter(writerOptions);
  const messages = makeMessages(9_000);
  const segments = [];
  for (let from = 0; from < messages.length; from += 4_096) segments.push(await writer.putSegment(messages.slice(from, from + 4_096)));
  const conversation = makeConversation(writer.newConversationId(), segments);
  writer.setConversation(conversation);
  const bytes = makeBytes(10_000_000, 3);
  const { sha256 } = await writer.putMedia(inPieces(bytes), 'receipt' as ReceiptId, bytes.length);
  writer.setReceipt(makeReceipt('receipt'));
  (await writer.commit()).release();
  return { conversation, messages, sha256, bytes };
}

async function expectWhole(vault: Vault, { conversation, messages, sha256, bytes }: Awaited<ReturnType<typeof importSomething>>) {
  const reader = await vault.openReader();
  const kept = await reader.conversation(conversation.id);
  const read = await Promise.all((kept?.segments ?? []).map(({ id }) => reader.readMessages(id)));
  expect(read.flat()).toEqual(messages);
  const entry = await reader.media(sha256);
  const medium = entry && (await reader.openMedia(entry).read(0, bytes.length));
  expect(medium?.every((byte, at) => byte === bytes[at])).toBe(true);
  reader.release();
}

describe('the vault in a browser', () => {
  it('keeps an import for the next start, and hands its key to another thread', async () => {
    const vault = await openTab();
    expect(await vault.open()).toMatchObject({ state: 'empty' });
    const imported = await importSomething(vault);
    vault.close();
    const next = await openTab();
    expect(await next.open()).toMatchObject({ state: 'open', hasPassphrase: false });
    await expectWhole(next, imported);
    const worker = await openTab();
    const { port1, port2 } = new MessageChannel();
    const receiving = receiveKey(port2);
    serveKey(port1, next);
    const key = await receiving;
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    await worker.useKey(key);
    await expectWhole(worker, imported);
    expect(await worker.verify()).toMatchObject({ damaged: [] });
  });

  it('lets one tab write at a time, and tells the other', async () => {
    const [one, two] = [await openTab(), await openTab()];
    await one.open();
    await two.open();
    const heard = new Promise((resolve) => two.onChange(resolve));
    const writer = await one.openWriter(writerOptions);
    await expect(two.openWriter(writerOptions)).rejects.toMatchObject({ code: 'busy' });
    (await writer.commit()).release();
    expect(await heard).toEqual({ type: 'archive-changed', rootNumber: 1 });
    await (await two.openWriter(writerOptions)).abandon();
  });

  it('takes a passphrase, locks every tab, and opens with it only', async () => {
    const vault = await openTab();
    await vault.open();
    const imported = await importSomething(vault);
    await vault.notes.setOverlay('bookmark', 'message:a/1', { on: 'yes' });
    await vault.setPassphrase(passphrase, null);
    while (await vault.resealMedia());
    const other = await openTab();
    expect(await other.open()).toMatchObject({ state: 'locked' });
    await other.unlock(passphrase);
    const locked = new Promise((resolve) => other.onChange(({ type }) => type === 'locked' && resolve(type)));
    vault.lock();
    await locked;
    for (const tab of [vault, other]) {
      expect(await tab.status()).toMatchObject({ state: 'locked' });
      await expect(tab.unlock('another passphrase')).rejects.toMatchObject({ code: 'wrong-secret' });
      await tab.unlock(passphrase);
      await expectWhole(tab, imported);
      expect(await tab.notes.overlays('bookmark')).toHaveLength(1);
    }
  });

  it('leaves nothing when it is forgotten, and tells eviction from a first visit', async () => {
    const vault = await openTab();
    await vault.open();
    await importSomething(vault);
    vault.close();
    await new Promise((resolve) => (indexedDB.deleteDatabase('vault-browser-test').onsuccess = resolve));
    const evicted = await openTab();
    expect(await evicted.open()).toMatchObject({ state: 'evicted' });
    await evicted.forget();
    expect(await evicted.open()).toMatchObject({ state: 'empty' });
    await evicted.forget();
    const folder = await navigator.storage.getDirectory();
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    // Tests of folders beside this one have files there too.
    expect(names.filter((name) => name.startsWith('camphor-'))).toEqual([]);
  });
});
