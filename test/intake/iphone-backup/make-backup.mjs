// Backups of an iPhone of any size, encrypted and plain, as iOS writes them since 10.2: by Node's crypto and Debian's sqlite3, none of
// it ours. Deterministic: the same files give the same backup.
import { execFileSync } from 'node:child_process';
import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sha1 = (text) => createHash('sha1').update(text).digest('hex');
const someBytes = (count, of) => createHash('sha512').update(of).digest().subarray(0, count);

const u32 = (number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
};
const field = (tag, value) => {
  const bytes = typeof value === 'number' ? u32(value) : value;
  return Buffer.concat([Buffer.from(tag, 'latin1'), u32(bytes.length), bytes]);
};
const wrap = (key, inner) => {
  const cipher = createCipheriv('aes256-wrap', key, Buffer.alloc(8, 0xa6));
  return Buffer.concat([cipher.update(inner), cipher.final()]);
};
const seal = (key, bytes) => {
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16));
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
};
/** Class, little-endian, and the wrapped key. */
const keyOf = (keys, number, inner) => Buffer.concat([Buffer.from([number, 0, 0, 0]), wrap(keys.get(number), inner)]);

const classes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

function makeKeybag(password, { sha256, sha1: sha1Rounds }) {
  const [salt, firstSalt] = [someBytes(20, 'salt'), someBytes(20, 'first salt')];
  const first = pbkdf2Sync(password, firstSalt, sha256, 32, 'sha256');
  const key = pbkdf2Sync(first, salt, sha1Rounds, 32, 'sha1');
  const keys = new Map(classes.map((number) => [number, someBytes(32, `class ${number}`)]));
  const head = [field('VERS', 5), field('TYPE', 1), field('UUID', someBytes(16, 'bag')), field('HMCK', someBytes(40, 'hmck'))];
  head.push(field('WRAP', 0), field('SALT', salt), field('ITER', sha1Rounds));
  head.push(field('DPWT', 1), field('DPIC', sha256), field('DPSL', firstSalt));
  const groups = classes.map((number) => {
    const parts = [field('UUID', someBytes(16, `uuid ${number}`)), field('CLAS', number), field('WRAP', number >= 9 ? 3 : 2)];
    return Buffer.concat([...parts, field('KTYP', 0), field('WPKY', wrap(key, keys.get(number)))]);
  });
  return { keys, bytes: Buffer.concat([...head, ...groups]) };
}

/** Objects of a binary property list: numbers, texts of ASCII, bytes, and references as `{ uid }`; dictionaries as objects. */
function binaryPlist(root) {
  const objects = [];
  const add = (value) => {
    const at = objects.push(null) - 1;
    objects[at] = encode(value, (each) => add(each));
    return at;
  };
  add(root);
  const width = objects.length > 255 ? 2 : 1;
  const number = (value, bytes) => {
    const buffer = Buffer.alloc(bytes);
    buffer.writeUIntBE(value, 0, bytes);
    return buffer;
  };
  const parts = [Buffer.from('bplist00')];
  const offsets = [];
  let offset = 8;
  for (const { head, references } of objects) {
    const bytes = Buffer.concat([head, ...references.map((each) => number(each, width))]);
    offsets.push(offset);
    offset += bytes.length;
    parts.push(bytes);
  }
  const trailer = Buffer.alloc(32);
  trailer[6] = 4;
  trailer[7] = width;
  trailer.writeBigUInt64BE(BigInt(objects.length), 8);
  trailer.writeBigUInt64BE(BigInt(offset), 24);
  return Buffer.concat([...parts, ...offsets.map((each) => number(each, 4)), trailer]);
}

function encode(value, add) {
  const sized = (kind, count) =>
    count < 15 ? Buffer.from([(kind << 4) | count]) : Buffer.concat([Buffer.from([(kind << 4) | 15, 0x12]), u32(count)]);
  const leaf = (...parts) => ({ head: Buffer.concat(parts), references: [] });
  if (value === true || value === false) return leaf(Buffer.from([value ? 9 : 8]));
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9, 0x13);
    bytes.writeBigInt64BE(BigInt(value), 1);
    return leaf(bytes);
  }
  if (value instanceof Date) {
    const bytes = Buffer.alloc(9, 0x33);
    bytes.writeDoubleBE(value.getTime() / 1000 - 978_307_200, 1);
    return leaf(bytes);
  }
  if (typeof value === 'string') {
    const isAscii = Buffer.from(value).length === value.length;
    return isAscii
      ? leaf(sized(5, value.length), Buffer.from(value))
      : leaf(sized(6, value.length), Buffer.from(value, 'utf16le').swap16());
  }
  if (Buffer.isBuffer(value)) return leaf(sized(4, value.length), value);
  if (Array.isArray(value)) return { head: sized(10, value.length), references: value.map(add) };
  if ('uid' in value) return leaf(Buffer.from([0x80, value.uid]));
  const keys = Object.keys(value);
  return { head: sized(13, keys.length), references: [...keys.map(add), ...keys.map((key) => add(value[key]))] };
}

/** A row's file: what NSKeyedArchiver makes of an MBFile. */
function keyedFile({ sizeBytes, number, path, modifiedAt }, key) {
  const file = { LastModified: modifiedAt, Size: sizeBytes, Mode: 0o100644, ProtectionClass: number, RelativePath: { uid: 2 } };
  const objects = ['$null', file, path];
  if (key !== null) {
    file.EncryptionKey = { uid: objects.length };
    objects.push(
      { $class: { uid: objects.length + 1 }, 'NS.data': key },
      { $classname: 'NSMutableData', $classes: ['NSMutableData', 'NSData', 'NSObject'] },
    );
  }
  file.$class = { uid: objects.length };
  objects.push({ $classname: 'MBFile', $classes: ['MBFile', 'NSObject'] });
  return binaryPlist({ $version: 100_000, $archiver: 'NSKeyedArchiver', $top: { root: { uid: 1 } }, $objects: objects });
}

/** A database of these rows, with the indexes that iOS makes, in the mode that a write-ahead log is for. */
function makeManifest(rows) {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-backup-'));
  const path = join(folder, 'Manifest.db');
  const quote = (text) => `'${text.replaceAll("'", "''")}'`;
  const values = rows.map(
    ({ id, domain, path: name, flags, file }) => `(${quote(id)},${quote(domain)},${quote(name)},${flags},x'${file.toString('hex')}')`,
  );
  const inserts = values.map((row) => `INSERT INTO Files VALUES ${row};`).join('\n');
  const sql = `.dbconfig no_ckpt_on_close off
PRAGMA page_size=4096;
CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
CREATE INDEX FilesDomainIdx ON Files(domain); CREATE INDEX FilesRelativePathIdx ON Files(relativePath); CREATE INDEX FilesFlagsIdx ON Files(flags);
CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);
BEGIN;\n${inserts}\nCOMMIT;\nPRAGMA journal_mode=WAL;\n`;
  try {
    execFileSync('sqlite3', ['-bail', path], { input: sql, stdio: ['pipe', 'ignore', 'inherit'], maxBuffer: 1 << 30 });
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const madeAt = new Date(Date.UTC(2026, 0, 2, 3, 4, 5));

/**
 * The files of a backup's folder one after the other, its lists last. `files` (domain, path, bytes, what else a row says) may be made
 * while they are asked for. Without `password` nothing is encrypted.
 */
export function* backupFiles({
  files,
  password = null,
  rounds = { sha256: 1000, sha1: 10 },
  deviceName = 'Anna’s iPhone',
  state = 'finished',
}) {
  const keybag = password === null ? null : makeKeybag(password, rounds);
  const rows = [
    {
      id: sha1('HomeDomain-'),
      domain: 'HomeDomain',
      path: '',
      flags: 2,
      file: keyedFile({ sizeBytes: 0, number: 0, path: '', modifiedAt: 1 }, null),
    },
  ];
  for (const {
    domain,
    path,
    bytes,
    sizeBytes = bytes.length,
    isMissing = false,
    number = 3,
    id = sha1(`${domain}-${path}`),
    rowKey,
  } of files) {
    const inner = someBytes(32, `key of ${id}`);
    const key = keybag === null ? null : (rowKey ?? keyOf(keybag.keys, number, inner));
    rows.push({ id, domain, path, flags: 1, file: keyedFile({ sizeBytes, number, path, modifiedAt: 1_700_000_000 }, key) });
    if (!isMissing) yield { path: `${id.slice(0, 2)}/${id}`, bytes: keybag === null ? bytes : seal(inner, bytes) };
  }
  const lockdown = { DeviceName: deviceName, ProductVersion: '18.1', UniqueDeviceID: '00008030-000000000000INVENTED' };
  const manifest = { IsEncrypted: keybag !== null, Version: '10.0', Date: madeAt, Lockdown: lockdown };
  let list = makeManifest(rows);
  if (keybag !== null) {
    const key = someBytes(32, 'manifest');
    manifest.BackupKeyBag = keybag.bytes;
    manifest.ManifestKey = keyOf(keybag.keys, 4, key);
    list = seal(key, list);
  }
  yield { path: 'Manifest.db', bytes: list };
  yield { path: 'Manifest.plist', bytes: binaryPlist(manifest) };
  yield { path: 'Status.plist', bytes: binaryPlist({ SnapshotState: state, IsFullBackup: true, Date: madeAt }) };
  yield { path: 'Info.plist', bytes: infoPlist(deviceName) };
}

const infoPlist = (name) =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>Device Name</key><string>${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</string>
<key>Last Backup Date</key><date>${madeAt.toISOString().slice(0, 19)}Z</date>
<key>Product Version</key><string>18.1</string>
<key>Installed Applications</key><array><string>net.whatsapp.WhatsApp</string></array>
</dict></plist>
`);
