// An encrypted backup of an iPhone of any size: WhatsApp with its media, and files of apps that nobody asks for. Deterministic: the
// same counts give the same backup, but for what SQLite's version writes.
import { execFileSync } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { backupFiles } from '../intake/iphone-backup/make-backup.mjs';

export const phonePassword = 'correct horse';
const domain = 'AppDomainGroup-group.net.whatsapp.WhatsApp.shared';
const chats = 40;
/** Of all files those that messages name; the rest is the camera's and the system's. */
const mediaShare = 0.6;

const mediaPath = (number) => `Media/49-${number % chats}@g.us/${number % 16}/${number % 7}/${number}.jpg`;

/** `messages` of which `media` name a file. */
function makeChatStorage(messages, media) {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-phone-'));
  const path = join(folder, 'ChatStorage.sqlite');
  const numbers = (count) => `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const place = `'Media/49-' || (i % ${chats}) || '@g.us/' || (i % 16) || '/' || (i % 7) || '/' || i || '.jpg'`;
  const sql = `PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZSESSIONTYPE INTEGER, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR, ZMEMBERJID VARCHAR);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER, ZGROUPEVENTTYPE INTEGER, ZTEXT VARCHAR,
  ZMESSAGEDATE TIMESTAMP, ZGROUPMEMBER INTEGER, ZPARENTMESSAGE INTEGER, ZFROMJID VARCHAR, ZSTANZAID VARCHAR, ZSTARRED INTEGER);
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZFILESIZE INTEGER, ZMEDIALOCALPATH VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR, ZVCARDSTRING VARCHAR);
CREATE INDEX ZWAMEDIAITEM_ZMESSAGE ON ZWAMEDIAITEM (ZMESSAGE);
INSERT INTO ZWACHATSESSION ${numbers(chats)} SELECT i, 1, '49-' || i || '@g.us', 'Group ' || i FROM n;
INSERT INTO ZWAGROUPMEMBER ${numbers(200)} SELECT i, 'Person ' || i, NULL, (4915100000 + i) || '@s.whatsapp.net' FROM n;
INSERT INTO ZWAMESSAGE ${numbers(messages)} SELECT i, 1 + i % ${chats}, i % 5 = 0, i <= ${media}, 0, 'message number ' || i || ' 你好', 600000000 + i * 60, 1 + i % 200, NULL, '49-' || (1 + i % ${chats}) || '@g.us', printf('3EB0%016X', i), 0 FROM n;
INSERT INTO ZWAMEDIAITEM ${numbers(media)} SELECT i, i, NULL, ${place}, NULL, NULL, NULL FROM n;
`;
  try {
    execFileSync('sqlite3', ['-bail', path], { input: sql, stdio: ['pipe', 'ignore', 'inherit'] });
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* filesOf({ files, sizeBytes, messages }) {
  const media = Math.floor(files * mediaShare);
  const eachBytes = Math.floor(sizeBytes / files);
  yield { domain, path: 'ChatStorage.sqlite', bytes: makeChatStorage(messages, media), number: 4 };
  for (let number = 1; number < files; number += 1) {
    const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), Buffer.from(String(number).padStart(16, '0')));
    const bytes = cipher.update(Buffer.alloc(eachBytes));
    bytes.set([0xff, 0xd8, 0xff, 0xe0]);
    if (number <= media) yield { domain, path: `Message/${mediaPath(number)}`, bytes };
    else yield { domain: 'CameraRollDomain', path: `Media/DCIM/${100 + (number % 20)}APPLE/IMG_${number}.HEIC`, bytes };
  }
}

/** Writes the backup once; gives its folder and what is in it. */
export function ensurePhone(cache, options) {
  const { files, sizeBytes, messages } = options;
  const folder = join(cache, `phone-${files}-${Math.round(sizeBytes / 1e6)}-${messages}`);
  if (!existsSync(folder)) {
    rmSync(`${folder}.part`, { recursive: true, force: true });
    for (const { path, bytes } of backupFiles({
      files: filesOf(options),
      password: phonePassword,
      rounds: { sha256: 10_000_000, sha1: 10_000 },
    })) {
      mkdirSync(dirname(join(`${folder}.part`, path)), { recursive: true });
      writeFileSync(join(`${folder}.part`, path), bytes);
    }
    renameSync(`${folder}.part`, folder);
  }
  return { folder, files, sizeBytes, messages, media: Math.floor(files * mediaShare) };
}
