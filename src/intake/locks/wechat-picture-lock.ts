// Pictures that WeChat 4 keeps sealed with a key of the account (`.dat`). Without it they are kept as they are.

import { CamphorError } from '../../model/error';
import { secretFault } from '../../model/secret-form';
import type { Lock } from './lock';

const magic = { begins: [0x07, 0x08, 0x56], ends: [0x08, 0x07] };
/** The digit of the version, within the magic. */
const versionAt = 3;
const versions: ReadonlySet<number> = new Set([0x31, 0x32]);
const magicBytes = 6;

export const wechatPictureLock: Lock = {
  kind: 'wechat-pictures',
  names: /\.dat$/i,
  triesEach: true,
  triesAtMost: 16,
  staysWhileLocked: true,
  opensInArchives: true,
  recognises(head, { path }) {
    const isMagic =
      magic.begins.every((byte, at) => head[at] === byte) && magic.ends.every((byte, at) => head[versionAt + 1 + at] === byte);
    return isMagic && wechatPictureLock.names.test(path);
  },
  async examine({ source }) {
    const { readSealedHead, sealedHeadBytes } = await import('../../crypto/sealed-picture');
    const head = await source.read(0, sealedHeadBytes);
    if (!versions.has(head[versionAt] ?? 0)) throw new CamphorError('unsupported-version');
    if (readSealedHead(head, source.sizeBytes) === null) throw new CamphorError('damaged');
    return 'picture-key';
  },
  // One key for an account; whether both versions have the same one is not known, so that each is asked for.
  async groupOf({ path, source }) {
    const version = (await source.read(0, magicBytes))[versionAt] ?? 0;
    const accountEnd = path.search(/\/msg\//i);
    return `${accountEnd < 0 ? path.slice(0, path.indexOf('/') + 1) : path.slice(0, accountEnd)} ${version}`;
  },
  async open(file, secret) {
    const text = typeof secret === 'string' ? secret : new TextDecoder().decode(secret);
    if (secretFault('picture-key', text) !== null) throw new CamphorError('secret-malformed');
    const { openWeChatPicture, readPictureKey } = await import('./wechat-picture');
    return openWeChatPicture(file, { key: readPictureKey(text), xorByte: null });
  },
};
