// A small invented backup: WhatsApp with two chats and a picture, and what else such a backup has.

import { makeDatabase } from '../../bytes/sqlite/make-database';
import { backupFiles, type BackupOptions, type FileOfBackup } from './make-backup.mjs';

export const backupPassword = 'correct horse 樟木';
export const whatsAppDomain = 'AppDomainGroup-group.net.whatsapp.WhatsApp.shared';

/** 721,692,800 s after 2001 is 1,700,000,000 s after 1970. */
const chatStorage =
  makeDatabase(`CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZSESSIONTYPE INTEGER, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
  CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR, ZMEMBERJID VARCHAR);
  CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER, ZGROUPEVENTTYPE INTEGER, ZTEXT VARCHAR,
    ZMESSAGEDATE TIMESTAMP, ZGROUPMEMBER INTEGER, ZPARENTMESSAGE INTEGER, ZFROMJID VARCHAR, ZSTANZAID VARCHAR, ZSTARRED INTEGER);
  CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZFILESIZE INTEGER, ZMEDIALOCALPATH VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR, ZVCARDSTRING VARCHAR);
  INSERT INTO ZWACHATSESSION VALUES (1, 0, '491511@s.whatsapp.net', 'Bob Berg'), (2, 1, '49-1@g.us', '爬山');
  INSERT INTO ZWAGROUPMEMBER VALUES (1, NULL, 'Cem', '491522@s.whatsapp.net');
  INSERT INTO ZWAMESSAGE VALUES (1, 1, 0, 0, 0, 'Hallo Anna', 721692800, NULL, NULL, '491511@s.whatsapp.net', 'I1', 0),
    (2, 1, 1, 0, 0, '周末爬山？', 721692801, NULL, 1, NULL, 'I2', 0), (3, 2, 0, 1, 0, NULL, 721692802, 1, NULL, '49-1@g.us', 'I3', 0),
    (4, 2, 0, 1, 0, NULL, 721692803, 1, NULL, '49-1@g.us', 'I4', 0);
  INSERT INTO ZWAMEDIAITEM VALUES (1, 3, 100, 'Media/49-1@g.us/0/7/photo.jpg', NULL, NULL, NULL), (2, 4, 5, 'Media/49-1@g.us/0/8/lost.jpg', NULL, NULL, NULL);`).bytes;

export const photo = Uint8Array.from({ length: 100 }, (_, at) => (at < 3 ? [0xff, 0xd8, 0xff][at]! : at));

/** Of the database the list has an old size, as in real backups; `lost.jpg` is in the list alone. */
export const inventedFiles: readonly FileOfBackup[] = [
  { domain: whatsAppDomain, path: 'ChatStorage.sqlite', bytes: chatStorage, sizeBytes: chatStorage.length - 4096, number: 4 },
  { domain: whatsAppDomain, path: 'Message/Media/49-1@g.us/0/7/photo.jpg', bytes: photo },
  { domain: whatsAppDomain, path: 'Message/Media/49-1@g.us/0/8/lost.jpg', bytes: photo, isMissing: true },
  { domain: whatsAppDomain, path: 'Message/Media/49-1@g.us/0/9/chats.json', bytes: new TextEncoder().encode('{"messages":[]}') },
  { domain: whatsAppDomain, path: '../../../../etc/passwd', bytes: new TextEncoder().encode('root') },
  { domain: 'AppDomain-ph.telegra.Telegraph', path: 'Library/Preferences/ph.telegra.Telegraph.plist', bytes: new Uint8Array(40) },
  { domain: 'CameraRollDomain', path: 'Media/DCIM/100APPLE/IMG_0001.HEIC', bytes: new Uint8Array(32) },
  { domain: 'CameraRollDomain', path: 'Media/PhotoData/protection', bytes: new Uint8Array() },
];

export type Folder = Record<string, Uint8Array>;

/** The files of the backup by path, in `folder`, as they were dropped. */
export function makeBackup(options: Partial<BackupOptions> = {}, folder = '00008030-INVENTED'): Folder {
  const all = backupFiles({ files: inventedFiles, password: backupPassword, ...options });
  const entries = [...all].map(({ path, bytes }) => [`${folder}/${path}`, new Uint8Array(bytes)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
