import { describe, expect, test } from 'vitest';
import { chatNameOf } from '../../../src/importers/whatsapp/names';
import { whatsappText } from '../../../src/importers/whatsapp/importer';
import { filesOf } from '../samples';

const android = '6/30/23, 16:13 - Ann: hi\n';
const iphone = '[30/06/2023, 16:14:05] Bob: Hi\r\n';

async function detect(...input: Parameters<typeof filesOf>) {
  const files = filesOf(...input);
  return (await whatsappText.detect(files)).map(({ entries, title, formatVersion }) => [
    files.entries[entries[0]!]!.path,
    title,
    formatVersion,
  ]);
}

describe('names of chats', () => {
  test.each([
    ['WhatsApp Chat - Family.zip', 'Family'],
    ['WhatsApp Chat with Bob.txt', 'Bob'],
    ['WhatsApp_Chat_with_Bob_B.txt', 'Bob B'],
    ['Chat de WhatsApp con Ana.txt', 'Ana'],
    ['Чат WhatsApp с Иван.txt', 'Иван'],
    ['Chat WhatsApp con Aldo.txt', 'Aldo'],
    ['Conversa do WhatsApp com Rui.txt', 'Rui'],
    ['Conversa no WhatsApp com Rui.txt', 'Rui'],
    ['WhatsApp Chat mit Jörg.txt', 'Jörg'],
    ['Discussion WhatsApp avec Zoé.txt', 'Zoé'],
    ['与小明的 WhatsApp 聊天.txt', '小明'],
    ['與小明的 WhatsApp 對話.txt', '小明'],
    ['WhatsApp Chat with Bob (2).txt', 'Bob'],
    ['WhatsApp Chat with +123 45 6789.txt', '+123 45 6789'],
    ['Discussion WhatsApp avec Zoé.txt'.normalize('NFD'), 'Zoé'],
    ['_chat.txt', null],
    ['notes.txt', null],
  ])('%s', (file, name) => expect(chatNameOf(file)).toBe(name));
});

describe('chats of a set', () => {
  test('a file alone', async () => {
    expect(await detect('x', { 'any name.txt': android })).toEqual([['any name.txt', null, 'android']]);
    expect(await detect('x', { noname: iphone })).toEqual([['noname', null, 'ios']]);
  });
  test('a ZIP of an iPhone takes its name from the ZIP, and `_chat.txt` before other texts', async () => {
    const contents = {
      '00000012-WhatsApp Chat with Eve.txt': android,
      '_chat.txt': iphone,
      'WhatsApp Chat with Eve.txt': android.repeat(9),
    };
    expect(await detect('WhatsApp Chat - Family.zip', contents, 'zip')).toEqual([['_chat.txt', 'Family', 'ios']]);
  });
  test('a ZIP of Android: the text of its own name, else all that are named so, else the shortest name that says chat, else the largest', async () => {
    const bobAndEve = { 'WhatsApp Chat with Eve.txt': android, 'WhatsApp Chat with Bob.txt': android, 'IMG-1.jpg': 'x' };
    expect(await detect('WhatsApp Chat with Bob.zip', bobAndEve, 'zip')).toEqual([['WhatsApp Chat with Bob.txt', 'Bob', 'android']]);
    expect(await detect('my chats.zip', bobAndEve, 'zip')).toHaveLength(2);
    expect(await detect('x.zip', { 'a long chat name.txt': android, 'chat.txt': android, 'zz.txt': android.repeat(9) }, 'zip')).toEqual([
      ['chat.txt', null, 'android'],
    ]);
    expect(await detect('x.zip', { 'a.txt': android, 'zz.txt': android.repeat(9) }, 'zip')).toEqual([['zz.txt', null, 'android']]);
    expect(await detect('x.zip', { 'notes.txt': 'nothing', 'a.txt': android }, 'zip')).toEqual([['a.txt', null, 'android']]);
  });
  test('several chats in a folder, and in folders of their own', async () => {
    const contents = {
      'WhatsApp Chat with Bob.txt': android,
      'WhatsApp Chat mit Ann.txt': android,
      'plain.txt': android,
      'IMG-1.jpg': 'x',
      'readme.txt': 'hello',
      'WhatsApp Chat - Family/_chat.txt': iphone,
      'WhatsApp Chat - Family/00000012-chat.txt': android,
      'Work/_chat.txt': iphone,
    };
    expect(await detect('WhatsApp exports', contents, 'folder')).toEqual([
      ['WhatsApp Chat with Bob.txt', 'Bob', 'android'],
      ['WhatsApp Chat mit Ann.txt', 'Ann', 'android'],
      ['plain.txt', null, 'android'],
      ['WhatsApp Chat - Family/_chat.txt', 'Family', 'ios'],
      ['Work/_chat.txt', null, 'ios'],
    ]);
  });
  test('media are looked for beside the chat first', async () => {
    const line = '6/30/23, 16:15 - Ann: IMG-20230630-WA0000.jpg (file attached)\n';
    const files = filesOf(
      'x',
      { 'a/IMG-20230630-WA0000.jpg': '1', 'b/chat.txt': line, 'b/IMG-20230630-WA0000.jpg': '22', 'c/chat.txt': line },
      'folder',
    );
    const found: (number | null | undefined)[] = [];
    for (const detection of await whatsappText.detect(files)) {
      for await (const batch of whatsappText.read(files, detection, { answers: {} })) {
        for (const record of batch) if (record.type === 'message') found.push(record.attachments[0]?.entry);
      }
    }
    expect(found).toEqual([2, 0]);
  });
  test('UTF-16 is read as well', async () => {
    const text = '\ufeff6/30/23, 16:13 - Ann: hi\n';
    const bytes = new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
    expect(await detect('x', { 'a.txt': bytes })).toEqual([['a.txt', null, 'android']]);
  });
});
