// Reads an invented chat the short way: text in, records out.

import type { Answers } from '../../../src/importers/importer';
import { whatsappText } from '../../../src/importers/whatsapp/importer';
import type { MessageRecord, NeutralRecord } from '../../../src/model/record';
import { messagesOf, readAll } from '../read-records';
import { filesOf } from '../samples';

/** All records of a chat; other files lie beside it. Throws where it is not recognised as one chat. */
export async function readText(
  text: string,
  options: { readonly name?: string; readonly beside?: Readonly<Record<string, string | Uint8Array>>; readonly answers?: Answers } = {},
): Promise<readonly NeutralRecord[]> {
  const files = filesOf('drop', { [options.name ?? 'chat.txt']: text, ...options.beside });
  const [detection, ...others] = await whatsappText.detect(files);
  if (!detection || others.length > 0) throw new Error('not one chat');
  return readAll(whatsappText, files, detection, options.answers);
}

export async function readMessages(...input: Parameters<typeof readText>): Promise<MessageRecord[]> {
  return messagesOf(await readText(...input));
}

/** The one message of an Android chat whose body is `body`. */
export async function readAndroidBody(body: string, beside: Readonly<Record<string, string>> = {}): Promise<MessageRecord> {
  return onlyMessage(await readMessages(`6/30/23, 16:14 - Bob: ${body}\n`, { beside }));
}

/** The one message of an iPhone's chat whose body is `body`. */
export async function readIphoneBody(body: string, beside: Readonly<Record<string, string>> = {}): Promise<MessageRecord> {
  return onlyMessage(await readMessages(`[30/06/2023, 16:14:05] Bob: ${body.replaceAll('\n', '\r\n')}\r\n`, { name: '_chat.txt', beside }));
}

function onlyMessage(messages: readonly MessageRecord[]): MessageRecord {
  if (messages.length !== 1) throw new Error(`${messages.length} messages, not one`);
  return messages[0]!;
}

/** A message in short: minute or second, sender's number, kind, text. */
export function brief(message: MessageRecord): string {
  const at = new Date(message.sentAtMs).toISOString().slice(0, message.clock === 'minute' ? 16 : 19);
  return `${at} ${message.sender} ${message.kind} ${JSON.stringify(message.text)}`;
}
