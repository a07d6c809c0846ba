// A msgstore.db of any size, made by Debian's sqlite3: 50 chats whose messages alternate in the table, with the tables and indexes
// that a real one has, and thumbnails that no importer reads. Deterministic: the same count gives the same rows.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { makeMessages } from './corpus.mjs';

const texts = 5_000;
const chats = 50;
const rowsAtOnce = 100_000;

const schema = `PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;
CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, raw_string TEXT);
CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, subject TEXT);
CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, key_id TEXT NOT NULL, sender_jid_row_id INTEGER, status INTEGER, broadcast INTEGER, timestamp INTEGER, received_timestamp INTEGER, message_type INTEGER, text_data TEXT, starred INTEGER, sort_id INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX message_key_index ON message (chat_row_id, from_me, key_id, sender_jid_row_id);
CREATE INDEX message_chat_id_index ON message (chat_row_id, sort_id);
CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY, key_id TEXT NOT NULL, text_data TEXT);
CREATE TABLE message_add_on (_id INTEGER PRIMARY KEY AUTOINCREMENT, from_me INTEGER, sender_jid_row_id INTEGER, parent_message_row_id INTEGER);
CREATE INDEX message_add_on_parent ON message_add_on (parent_message_row_id);
CREATE TABLE message_add_on_reaction (message_add_on_row_id INTEGER PRIMARY KEY, reaction TEXT);
CREATE TABLE message_thumbnail (message_row_id INTEGER PRIMARY KEY, thumbnail BLOB);
CREATE TEMP TABLE words (i INTEGER PRIMARY KEY, t TEXT);
INSERT INTO jid (user, server, raw_string) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT '4915' || (1000000 + i), 's.whatsapp.net', '4915' || (1000000 + i) || '@s.whatsapp.net' FROM n;
INSERT INTO jid (user, server, raw_string) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${chats}) SELECT '49-' || i, 'g.us', '49-' || i || '@g.us' FROM n;
INSERT INTO chat (jid_row_id, subject) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${chats}) SELECT 200 + i, 'Group ' || i FROM n;
`;

function* statements(count, reservedBytes) {
  // In this order: to set the size of pages forgets what is to be reserved.
  yield `PRAGMA page_size=4096;\n.filectrl reserve_bytes ${reservedBytes}\nVACUUM;\n${schema}`;
  const quote = (text) => `'${text.replaceAll("'", "''")}'`;
  for (const { index, text } of makeMessages(texts)) yield `INSERT INTO words VALUES (${index}, ${quote(text)});\n`;
  for (let from = 1; from <= count; from += rowsAtOnce) {
    const to = Math.min(count, from + rowsAtOnce - 1);
    const numbers = `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})`;
    yield `BEGIN;
INSERT INTO message SELECT i, 1 + (i * 7919) % ${chats}, i % 5 = 0, printf('3EB0%016X%08X', i * 2654435761, i), 1 + (i * 31) % 200, 0, 0, 1400000000000 + i * 60000, 1400000000000 + i * 60000, 0, (SELECT t FROM words WHERE words.i = (n.i * 48271) % ${texts}), 0, i FROM n;
${numbers.replace('WITH', 'INSERT INTO message_quoted WITH')} SELECT i, 'x' || i, 'quoted' FROM n WHERE i % 20 = 0;
${numbers.replace('WITH', 'INSERT INTO message_add_on (from_me, sender_jid_row_id, parent_message_row_id) WITH')} SELECT 0, 1 + i % 200, i FROM n WHERE i % 10 = 0;
${numbers.replace('WITH', 'INSERT INTO message_thumbnail WITH')} SELECT i, randomblob(3000) FROM n WHERE i % 40 = 0;
COMMIT;
`.replace('INSERT INTO message SELECT', `INSERT INTO message ${numbers} SELECT`);
  }
  yield "INSERT INTO message_add_on_reaction SELECT _id, '👍' FROM message_add_on;\n";
}

/** Writes the database once, with `count` messages (about 270 bytes each) and room at the end of its pages; gives its path and size. */
export async function ensureDatabase(folder, count, reservedBytes = 0) {
  const path = `${folder}/msgstore-${count}${reservedBytes > 0 ? `-${reservedBytes}` : ''}.db`;
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(`${path}.part`, { force: true });
    const child = spawn('sqlite3', ['-bail', `${path}.part`], { stdio: ['pipe', 'ignore', 'inherit'] });
    const ended = once(child, 'exit');
    for (const sql of statements(count, reservedBytes)) if (!child.stdin.write(sql)) await once(child.stdin, 'drain');
    child.stdin.end();
    const [code] = await ended;
    if (code !== 0) throw new Error(`sqlite3 ended with ${code}`);
    renameSync(`${path}.part`, path);
  }
  return { path, sizeBytes: statSync(path).size, messages: count };
}
