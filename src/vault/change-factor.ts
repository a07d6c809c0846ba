// Changing what wraps the vault key: another passphrase, or none. Loaded when somebody does.

import { checkPassphrase } from '../crypto/passphrase';
import { CamphorError } from '../model/error';
import type { VaultContext } from './context';
import { type HeaderRow, stored } from './database';
import { type Header, sealHeader } from './header';
import { type LoadedHeader, proveFactor } from './keys';
import { type Share, wrapForDevice, wrapUnderPassphrase } from './wraps';

/** Writes a header in place of the one that was read. Throws CamphorError `changed-meanwhile` when another tab wrote one. */
export async function replaceHeader(context: VaultContext, before: LoadedHeader, next: Header, deviceKey: CryptoKey | null): Promise<void> {
  const { database, keyring, random } = context;
  const row = await sealHeader(next, keyring.key(next.epoch), random);
  const write = async () => {
    const current = (await database.header.get('header')) as HeaderRow | undefined;
    if (current?.text !== before.row.text) throw new CamphorError('changed-meanwhile');
    await database.header.put(row, 'header');
    if (next.wrap.kind === 'passphrase') await database.header.delete('device-key');
    else if (deviceKey) await database.header.put(deviceKey, 'device-key');
  };
  await stored(() => database.transaction('rw', database.header, write));
}

/** The same vault key under another passphrase. */
export async function changePassphrase(
  context: VaultContext,
  loaded: LoadedHeader,
  next: string,
  current: string | null,
  share?: Share,
): Promise<void> {
  checkPassphrase(next);
  const { header } = loaded;
  const { random, environment } = context;
  const keyBytes = await proveFactor(context, header, current, share && ((done) => share(done / 2)));
  try {
    const options = { cost: environment.argon2, share: share && ((done: number) => share(0.5 + done / 2)) };
    const wrap = await wrapUnderPassphrase(header, keyBytes, next, random, options);
    await replaceHeader(context, loaded, { ...header, wrap }, null);
  } finally {
    keyBytes.fill(0);
  }
}

/** The vault key goes back under a key of this device. */
export async function removePassphrase(context: VaultContext, loaded: LoadedHeader, current: string, share?: Share): Promise<void> {
  const { header } = loaded;
  const keyBytes = await proveFactor(context, header, current, share);
  try {
    const [wrap, deviceKey] = await wrapForDevice(header, keyBytes, context.random);
    await replaceHeader(context, loaded, { ...header, wrap }, deviceKey);
  } finally {
    keyBytes.fill(0);
  }
}
