// Invented databases of WhatsApp on Android, made by sqlite3: the columns are those that real ones have, the rows hold one of each
// kind. Times count from 2023-11-14T22:13:20Z (1,700,000,000 s), one second a row.

import { makeDatabase } from '../../bytes/sqlite/make-database';

const jids = `CREATE TABLE jid (_id INTEGER PRIMARY KEY, user TEXT, server TEXT, raw_string TEXT);
  INSERT INTO jid VALUES (1, '491511', 's.whatsapp.net', '491511@s.whatsapp.net'), (2, '49-1', 'g.us', '49-1@g.us'),
    (3, '491522', 's.whatsapp.net', '491522@s.whatsapp.net'), (4, '9988', 'lid', '9988@lid'), (5, '7766', 'lid', '7766@lid');
  CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY, jid_row_id INTEGER); INSERT INTO jid_map VALUES (4, 3);
  CREATE TABLE lid_display_name (lid_row_id INTEGER, display_name TEXT, username TEXT); INSERT INTO lid_display_name VALUES (5, 'Hidden Ida', NULL);
  CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER UNIQUE, subject TEXT);
  INSERT INTO chat VALUES (10, 1, NULL), (11, 2, 'Wandern 爬山');
  CREATE TABLE props (_id INTEGER PRIMARY KEY, key TEXT UNIQUE, value TEXT); INSERT INTO props VALUES (1, 'user_push_name', 'Anna');`;

const tables = `CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, key_id TEXT NOT NULL,
    sender_jid_row_id INTEGER, status INTEGER, broadcast INTEGER, timestamp INTEGER, message_type INTEGER, text_data TEXT, starred INTEGER, sort_id INTEGER);
  CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, file_path TEXT, file_length INTEGER, mime_type TEXT, media_name TEXT,
    media_caption TEXT, media_duration INTEGER, width INTEGER, height INTEGER);
  CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY, key_id TEXT, sender_jid_row_id INTEGER, text_data TEXT);
  CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, latitude REAL, longitude REAL, place_name TEXT, place_address TEXT);
  CREATE TABLE message_vcard (_id INTEGER PRIMARY KEY, message_row_id INTEGER, vcard TEXT);
  CREATE TABLE message_forwarded (message_row_id INTEGER PRIMARY KEY, forward_score INTEGER);
  CREATE TABLE message_mentions (_id INTEGER PRIMARY KEY, message_row_id INTEGER, jid_row_id INTEGER);
  CREATE TABLE message_revoked (message_row_id INTEGER PRIMARY KEY, revoked_key_id TEXT, admin_jid_row_id INTEGER);
  CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id TEXT, edited_timestamp INTEGER);
  CREATE TABLE message_text (message_row_id INTEGER PRIMARY KEY, description TEXT, page_title TEXT, url TEXT);
  CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type INTEGER);
  CREATE TABLE message_system_chat_participant (message_row_id INTEGER, user_jid_row_id INTEGER);
  CREATE TABLE message_add_on (_id INTEGER PRIMARY KEY, from_me INTEGER, sender_jid_row_id INTEGER, parent_message_row_id INTEGER);
  CREATE TABLE message_add_on_reaction (message_add_on_row_id INTEGER PRIMARY KEY, reaction TEXT);
  CREATE TABLE message_poll_option (_id INTEGER PRIMARY KEY, message_row_id INTEGER, option_name TEXT, vote_total INTEGER);
  CREATE TABLE call_log (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, from_me INTEGER, call_id TEXT, timestamp INTEGER, video_call INTEGER,
    duration INTEGER, call_result INTEGER, group_jid_row_id INTEGER);
  CREATE TABLE frequents (jid TEXT, count INTEGER);`;

interface MessageFields {
  readonly chat?: number;
  readonly own?: boolean;
  readonly sender?: number;
  readonly type?: number;
  readonly text?: string;
}

/** `M2`, `M3` …: row 1 is the placeholder that every database has. */
const messages: readonly MessageFields[] = [
  { text: 'Hallo Anna' },
  { own: true, text: '周末爬山吗？' },
  { type: 1 },
  { type: 2 },
  { type: 9 },
  { type: 5 },
  { type: 4 },
  { chat: 11, sender: 4, text: 'from a hidden number @Ida' },
  { chat: 11, sender: 5, text: 'seen https://example.org' },
  { chat: 11, type: 7 },
  { chat: 11, sender: 3, type: 15 },
  { chat: 11, own: true, type: 66, text: 'When?' },
  { type: 42 },
  { type: 777, text: 'of the future' },
  { own: true, type: 10 },
];

const rows = messages.map(({ chat = 10, own = false, sender = 0, type = 0, text }, at) => {
  const id = at + 2;
  const written = text === undefined ? 'NULL' : `'${text}'`;
  return `(${id}, ${chat}, ${own ? 1 : 0}, 'M${id}', ${sender}, 0, 0, ${1_700_000_000_000 + id * 1000}, ${type}, ${written}, ${id === 2 ? 1 : 0}, ${id})`;
});

export const modern = makeDatabase(`${jids} ${tables}
  INSERT INTO message VALUES (1, -1, 0, '-1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0), ${rows.join(', ')};
  INSERT INTO message_media VALUES (4, 'Media/WhatsApp Images/IMG-20231114-WA0001.jpg', 3, 'image/jpeg', NULL, 'on the top', NULL, 640, 480),
    (5, 'Media/WhatsApp Voice Notes/202346/PTT-20231114-WA0002.opus', 9, 'audio/ogg; codecs=opus', NULL, NULL, 7, NULL, NULL),
    (6, 'Media/WhatsApp Documents/plan.pdf', 5, 'application/pdf', 'The plan.pdf', NULL, NULL, NULL, NULL),
    (14, NULL, 8, 'image/jpeg', NULL, NULL, NULL, NULL, NULL);
  INSERT INTO message_quoted VALUES (3, 'M2', 1, 'Hallo Anna');
  INSERT INTO message_location VALUES (7, 53.5, 9.9, 'Harbour', 'Quay 1');
  INSERT INTO message_vcard VALUES (1, 8, 'BEGIN:VCARD' || char(10) || 'FN:Max Muster' || char(10) || 'item1.TEL;waid=49:+49 1' || char(10) || 'END:VCARD');
  INSERT INTO message_forwarded VALUES (10, 2); INSERT INTO message_mentions VALUES (1, 9, 5); INSERT INTO message_revoked VALUES (12, 'M12', 1);
  INSERT INTO message_edit_info VALUES (3, 'M3', 1700000099000); INSERT INTO message_text VALUES (10, 'words', 'Example', 'https://example.org');
  INSERT INTO message_system VALUES (11, 12); INSERT INTO message_system_chat_participant VALUES (11, 1), (11, 5);
  INSERT INTO message_add_on VALUES (1, 0, 1, 3), (2, 1, NULL, 2), (3, 0, 1, 2), (4, 0, 3, 3);
  INSERT INTO message_add_on_reaction VALUES (1, '👍'), (2, '❤️'), (3, ''), (4, '👍');
  INSERT INTO message_poll_option VALUES (1, 13, 'Saturday', 2), (2, 13, 'Sunday', 0);
  INSERT INTO call_log VALUES (1, 1, 0, 'call:AB', 1700000500000, 1, 62, 5, 0), (2, 3, 1, 'call:CD', 1700000600000, 0, 0, 2, 2);
  INSERT INTO frequents VALUES ('x', 1), ('y', 2);`).bytes;

export const contacts =
  makeDatabase(`CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY, jid TEXT, display_name TEXT, wa_name TEXT, given_name TEXT);
  INSERT INTO wa_contacts VALUES (1, '491511@s.whatsapp.net', 'Bob Berg', 'bobby', 'Bob'), (2, '491522@s.whatsapp.net', NULL, 'Cem', NULL);`).bytes;

export const legacy =
  makeDatabase(`CREATE TABLE messages (_id INTEGER PRIMARY KEY, key_remote_jid TEXT NOT NULL, key_from_me INTEGER, key_id TEXT, status INTEGER,
    data TEXT, timestamp INTEGER, media_mime_type TEXT, media_wa_type TEXT, media_size INTEGER, media_name TEXT, media_caption TEXT, media_duration INTEGER,
    latitude REAL, longitude REAL, thumb_image TEXT, remote_resource TEXT, starred INTEGER, quoted_row_id INTEGER, edit_version INTEGER, forwarded INTEGER);
  CREATE TABLE messages_quotes (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, key_id TEXT, data TEXT);
  CREATE TABLE chat_list (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, subject TEXT);
  INSERT INTO chat_list VALUES (1, '49-1@g.us', 'Old group'); INSERT INTO messages_quotes VALUES (5, '49-1@g.us', 'L2', 'first');
  INSERT INTO messages (_id, key_remote_jid, key_from_me, key_id, status, data, timestamp, media_wa_type, remote_resource, quoted_row_id, edit_version, media_size) VALUES
    (1, '-1', 0, '-1', -1, NULL, 0, '-1', NULL, 0, NULL, NULL),
    (2, '49-1@g.us', 0, 'L2', 0, 'first', 1400000000000, '0', '491511@s.whatsapp.net', 0, 0, 0),
    (3, '49-1@g.us', 1, 'L3', 5, 'answer', 1400000001000, '0', NULL, 5, 0, 0),
    (4, '49-1@g.us', 0, 'L4', 6, 'New name', 1400000002000, '0', '491511@s.whatsapp.net', 0, 0, 1),
    (5, '491511@s.whatsapp.net', 0, 'L5', 0, '', 1400000003000, '0', NULL, 0, 7, 0),
    (6, '491511@s.whatsapp.net', 0, 'L6', 0, CAST(x'48616861ff' AS TEXT), 1400000004000, '0', NULL, 0, 0, 0),
    (7, '491511@s.whatsapp.net', 0, 'L7', 0, NULL, NULL, '0', NULL, 0, 0, 0);
  INSERT INTO messages (_id, key_remote_jid, key_from_me, key_id, status, timestamp, media_wa_type, media_mime_type, media_size, media_caption, thumb_image)
    VALUES (8, '491511@s.whatsapp.net', 0, 'L8', 0, 1400000005000, '1', 'image/jpeg', 3, 'a view',
      x'aced000574002d' || CAST('Media/WhatsApp Images/IMG-20140513-WA0001.jpg' AS BLOB) || x'77');`).bytes;
