// What NSKeyedArchiver writes: a property list of objects that name each other by number.
// Facts: formats of Manifest.db's rows and of Foundation's archives as they were seen; `$top.root` names the first object.

import { type PlistDictionary, type PlistValue, readBinaryPlist } from './binary-plist';

export interface KeyedArchive {
  /** The first object, its fields unresolved. */
  readonly root: PlistDictionary;
  /** The value, or the object that it names; bytes and texts that are objects of their own come out as such. Null where there is none. */
  resolve(value: PlistValue | undefined): PlistValue;
}

/** The archive; null for bytes that are none. */
export function readKeyedArchive(bytes: Uint8Array): KeyedArchive | null {
  const list = readBinaryPlist(bytes);
  if (!isDictionary(list)) return null;
  const objects = list.get('$objects');
  const top = list.get('$top');
  if (!Array.isArray(objects) || !isDictionary(top)) return null;
  const resolve = (value: PlistValue | undefined): PlistValue => {
    const named = isUid(value) ? ((objects as readonly PlistValue[])[value.uid] ?? null) : (value ?? null);
    if (!isDictionary(named)) return named;
    return named.get('NS.data') ?? named.get('NS.bytes') ?? named.get('NS.string') ?? named;
  };
  const root = resolve(top.get('root'));
  return isDictionary(root) ? { root, resolve } : null;
}

export function isDictionary(value: PlistValue | undefined): value is PlistDictionary {
  return value instanceof Map;
}

function isUid(value: PlistValue | undefined): value is { readonly uid: number } {
  return typeof value === 'object' && value !== null && 'uid' in value;
}
