import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAndroidBody, readIphoneBody, readMessages } from './read-text';
import { hasSharedSamples } from '../samples';

const mark = '\u200e';

describe('omitted files', () => {
  const androidPhrases = [
    '<Media omitted>',
    '<media omitted>',
    '<Multimedia omitido>',
    '<Medien ausgeschlossen>',
    '<Médias omis>',
    '<Mídia omitida>',
    '<Media omessi>',
    '<Без медиафайлов>',
    '<pominięto multimedia>',
    '< Média vynechána >',
    '< پيوست نما/آهنگ حذف شد >',
    '< ஊடகங்கள் நீக்கப்பட்டது >',
    '<メディアなし>',
    '<미디어 파일을 생략한 대화내용>',
    '<省略多媒体文件>',
    '<已省略多媒體檔案>',
    '<تم استبعاد الوسائط>',
    '<fayl o‘tkazib yuborildi>',
  ];
  test.each(androidPhrases)('%s', async (body) => {
    expect(await readAndroidBody(body)).toMatchObject({ kind: 'file', text: '', attachments: [{ entry: null, missing: 'omitted' }] });
    expect(await readIphoneBody(body)).toMatchObject({ kind: 'file', text: '', attachments: [{ missing: 'omitted' }] });
  });

  // The table itself is the paper's; read it, so that no language is left out.
  test.runIf(hasSharedSamples)('every string of the table in formats/international.md', async () => {
    const paper = readFileSync(new URL('../../../../shared/formats/international.md', import.meta.url), 'utf8');
    const table = paper.slice(paper.indexOf('| lang | Android string(s)'), paper.indexOf('iOS, per kind'));
    const phrases = [...table.matchAll(/`(<[^`]+>)`/g)].map(([, phrase]) => phrase!);
    expect(phrases.length).toBeGreaterThan(85);
    const text = phrases.map((phrase) => `6/30/23, 16:14 - Bob: ${phrase}\n`).join('');
    const understood = (await readMessages(text)).filter((message) => message.attachments[0]?.missing === 'omitted');
    expect(understood).toHaveLength(phrases.length);
  });

  test.each([
    ['image omitted', 'image', 'image'],
    ['video omitted', 'video', 'video'],
    ['audio omitted', 'voice', 'voice'],
    ['sticker omitted', 'sticker', 'sticker'],
    ['GIF omitted', 'video', 'animation'],
    ['document omitted', 'file', 'file'],
    ['Contact card omitted', 'contact', 'contact'],
    ['imagen omitida', 'image', 'image'],
    ['documento omitido', 'file', 'file'],
    ['Bild weggelassen', 'image', 'image'],
    ['Kontaktkarte weggelassen', 'contact', 'contact'],
    ['vidéo absente', 'video', 'video'],
    ['GIF retiré', 'video', 'animation'],
    ['圖片已略去', 'image', 'image'],
    ['貼圖 已忽略', 'sticker', 'sticker'],
  ])('iPhone: %s', async (phrase, kind, attachmentKind) => {
    const message = await readIphoneBody(mark + phrase);
    expect(message).toMatchObject({ kind, text: '', sender: 0, attachments: [{ kind: attachmentKind, entry: null, missing: 'omitted' }] });
    expect((await readIphoneBody(phrase)).kind, 'typed by a person').toBe('text');
  });

  test('keep the caption', async () => {
    expect(await readAndroidBody('<Media omitted>\na caption\nin two lines')).toMatchObject({
      text: 'a caption\nin two lines',
      attachments: [{ missing: 'omitted' }],
    });
    expect(await readIphoneBody(`a caption ${mark}image omitted`)).toMatchObject({ kind: 'image', text: 'a caption' });
  });

  test('in an unknown language, only where the same phrase recurs three times', async () => {
    const line = (at: number, body: string) => `6/30/23, 16:${at} - Bob: ${body}\n`;
    const recurring = await readMessages(
      line(10, '<média zonk>') + line(11, 'x') + line(12, '<Média zonk>\ncaption') + line(13, '<média zonk>') + line(14, '<média zonk>'),
    );
    expect(recurring.map((message) => message.attachments.length)).toEqual([1, 0, 1, 1, 1]);
    const rare = await readMessages(line(10, '<grin>') + line(11, '<grin>') + line(12, '<wink>'));
    expect(rare.map((message) => message.text)).toEqual(['<grin>', '<grin>', '<wink>']);
    const files = await readMessages(line(10, '<a: b.txt>').repeat(4));
    expect(files[0]).toMatchObject({ kind: 'text', text: '<a: b.txt>' });
  });
});

describe('attached files', () => {
  test.each([
    ['IMG-20230630-WA0000.jpg (file attached)', 'image'],
    ['VID-20230630-WA0001.mp4 (Datei angehängt)', 'video'],
    ['PTT-20230630-WA0002.opus (archivo adjunto)', 'voice'],
    ['AUD-20230630-WA0002.opus (fichier joint)', 'voice'],
    ['AUD-20230630-WA0003.mp3 (file attached)', 'audio'],
    ['STK-20230630-WA0003.webp (file attached)', 'sticker'],
    ['DOC-20230630-WA0004.pdf (something else)', 'file'],
    [`${mark}IMG-20230630-WA0000.jpg (datoteka)`, 'image'],
    ['My report.final.docx (file attached)', 'file'],
    ['Carol.vcf (file attached)', 'contact'],
  ])('Android: %s', async (body, kind) => {
    const name = body.replace(mark, '').replace(/ \([^)]*\)$/, '');
    expect((await readAndroidBody(body)).attachments).toEqual([
      { kind, name, entry: null, missing: 'not-in-archive', mime: null, sizeBytes: null },
    ]);
    expect(await readAndroidBody(`${body}\nimage comment`, { [name]: 'four' })).toMatchObject({
      text: 'image comment',
      attachments: [{ name, entry: 1, missing: null, sizeBytes: 4 }],
    });
  });

  test.each([
    ['<attached: 00000042-PHOTO-2023-06-30-16-14-09.jpg>', 'image', ''],
    ['<adjunto: 00000042-VIDEO-2023-06-30-16-14-09.mp4>', 'video', ''],
    ['<已附加: 00000042-AUDIO-2023-06-30-16-14-09.opus>', 'voice', ''],
    ['<附件：00000042-STICKER-2023-06-30-16-14-09.webp>', 'sticker', ''],
    ['<pièce jointe : 00000042-GIF-2023-06-30-16-14-09.mp4>', 'animation', ''],
    ['<attached: 00000042-Ann Example.vcf>', 'contact', ''],
    [`look at this ${mark}<attached: 00000042-PHOTO-2023-06-30-16-14-09.jpg>`, 'image', 'look at this'],
    [`look\nat this ${mark}<attached: 00000042-PHOTO-2023-06-30-16-14-09.jpg>`, 'image', 'look\nat this'],
    ['<attached: 00000042-PHOTO-2023-06-30-16-14-09.jpg>\nbelow', 'image', 'below'],
    [`00000042-PHOTO-2016-06-30-16-14-09.jpg <${mark}attached>`, 'image', ''],
  ])('iPhone: %s', async (body, kind, text) => {
    expect(await readIphoneBody(mark + body)).toMatchObject({
      sender: 0,
      text: text === '' || text === 'below' ? text : mark + text,
      attachments: [{ kind, missing: 'not-in-archive' }],
    });
  });

  test.each(['<attached: 00000043-A PDF.pdf>', 'document omitted'])("a document's title and pages are no caption: %s", async (marker) => {
    const message = await readIphoneBody(`${mark}A PDF.pdf • ${mark}3 pages ${mark}${marker}`);
    expect(message).toMatchObject({
      kind: 'file',
      text: '',
      attachments: [{ kind: 'file' }],
      facts: { extra: { document: 'A PDF.pdf • 3 pages' } },
    });
  });

  test('are found whatever the composition of their names', async () => {
    const composed = 'Übergröße.pdf';
    const message = await readAndroidBody(`${composed} (file attached)`, { 'other.pdf': 'x', [composed.normalize('NFD')]: 'y' });
    expect(message.attachments[0]).toMatchObject({ entry: 2, name: composed });
  });

  test.each(['see you (soon)', 'read notes.txt (yesterday)', '(file attached)', 'a <b: c.txt>', 'x > y', 'is this it (file attached)'])(
    'typed by a person: %s',
    async (body) => {
      expect(await readAndroidBody(body)).toMatchObject({ kind: 'text', text: body, attachments: [] });
    },
  );
});

describe('deleted, edited, seen once', () => {
  test.each([
    ['This message was deleted', 'unknown'],
    ['This message was deleted.', 'unknown'],
    ['You deleted this message', 'sender'],
    ['Se eliminó este mensaje.', 'unknown'],
    ['Eliminaste este mensaje', 'sender'],
    ['Diese Nachricht wurde gelöscht.', 'unknown'],
    ['Du hast diese Nachricht gelöscht.', 'sender'],
    ['Mensagem apagada', 'unknown'],
    ['Esta mensagem foi apagada', 'unknown'],
    ['Você apagou esta mensagem', 'sender'],
    ['Ce message a été supprimé', 'unknown'],
    ['Vous avez supprimé ce message', 'sender'],
    ['Questo messaggio è stato eliminato', 'unknown'],
    ['Hai eliminato questo messaggio', 'sender'],
    ['Dit bericht is verwijderd', 'unknown'],
    ['Je hebt dit bericht verwijderd', 'sender'],
    ['这条消息已删除', 'unknown'],
    ['此訊息已刪除', 'unknown'],
    ['你已刪除此訊息', 'sender'],
    ['This message was deleted by admin Ann Example.', 'admin'],
  ])('%s', async (body, by) => {
    expect(await readAndroidBody(body)).toMatchObject({ kind: 'text', text: body, sender: 0, facts: { deleted: { by } } });
    expect(await readIphoneBody(mark + body)).toMatchObject({ kind: 'text', text: mark + body, sender: 0, facts: { deleted: { by } } });
  });

  test.each([
    '<This message was edited>',
    '<Se editó este mensaje.>',
    '<Diese Nachricht wurde bearbeitet.>',
    '<Mensagem editada>',
    '<Ce message a été modifié>',
    '<Messaggio modificato>',
    '<questo messaggio è stato modificato>',
    '<Dit bericht is bewerkt>',
    '<Bu mesaj düzenlendi>',
  ])('%s', async (suffix) => {
    expect(await readAndroidBody(`fixed ${suffix}`)).toMatchObject({
      kind: 'text',
      text: 'fixed',
      facts: { edited: { editedAtMs: null } },
    });
    expect(await readIphoneBody(`two\nlines ${mark}${suffix}`)).toMatchObject({
      kind: 'text',
      text: 'two\nlines',
      facts: { edited: { editedAtMs: null } },
    });
    expect(await readAndroidBody(`IMG-20230630-WA0000.jpg (file attached)\nseen ${suffix}`)).toMatchObject({
      kind: 'image',
      text: 'seen',
      facts: { edited: {} },
    });
  });
  test('Turkish, without brackets', async () => {
    expect(await readIphoneBody(`tamam ${mark}Bu mesaj düzenlendi`)).toMatchObject({ text: 'tamam', facts: { edited: {} } });
    expect(await readIphoneBody('tamam Bu mesaj düzenlendi')).toMatchObject({ text: 'tamam Bu mesaj düzenlendi', facts: null });
  });
  test('null is a medium that is gone, on Android', async () => {
    expect(await readAndroidBody('null')).toMatchObject({ kind: 'file', text: '', attachments: [{ missing: 'expired' }] });
    expect(await readIphoneBody('null')).toMatchObject({ kind: 'text', text: 'null', attachments: [] });
  });
});

describe('polls, places, calls, contacts', () => {
  test('a poll', async () => {
    const body = `${mark}POLL:\nA question\nin two lines\n${mark}OPTION: Option A (1 vote)\n${mark}OPTION: Option (B) (12 votes)\n${mark}OPTION: C`;
    const message = await readIphoneBody(body);
    expect(message).toMatchObject({ kind: 'poll', text: body, sender: 0 });
    expect(message.facts?.poll).toEqual({
      question: 'A question\nin two lines',
      options: [
        { text: 'Option A', votes: 1 },
        { text: 'Option (B)', votes: 12 },
        { text: 'C', votes: 0 },
      ],
    });
    expect((await readAndroidBody('POLL:\nWhen?\nOPTION: now (1 vote)')).facts?.poll).toEqual({
      question: 'When?',
      options: [{ text: 'now', votes: 1 }],
    });
    expect((await readAndroidBody('TODO:\nmilk\nEGGS: six (6 eggs)')).kind).toBe('text');
  });
  test('places', async () => {
    const location = { latitude: 51.513767, longitude: -0.098266 };
    expect(await readIphoneBody(`${mark}Location: https://maps.google.com/?q=51.513767,-0.098266`)).toMatchObject({
      kind: 'location',
      facts: { location },
    });
    expect(await readAndroidBody('location: https://maps.google.com/?q=51.513767,-0.098266')).toMatchObject({
      kind: 'location',
      facts: { location },
    });
    expect(await readAndroidBody('ubicación: https://maps.google.com/?q=51,-0')).toMatchObject({ kind: 'location' });
    const place = { name: 'British Library', address: '96 Euston Rd (London)', url: 'https://foursquare.com/v/4ac5' };
    expect(await readIphoneBody(`${mark}British Library (96 Euston Rd (London)): https://foursquare.com/v/4ac5`)).toMatchObject({
      kind: 'location',
      facts: { extra: { place } },
    });
    expect(await readAndroidBody('live location shared')).toMatchObject({ kind: 'location' });
  });
  test.each([
    ['Missed voice call', { durationMs: null, outcome: 'missed', video: false }],
    ['Missed video call', { durationMs: null, outcome: 'missed', video: true }],
    [`Voice call, ${mark}5 min`, { durationMs: 300_000, outcome: 'answered', video: false }],
    [`Video call, ${mark}No answer`, { durationMs: null, outcome: 'missed', video: true }],
    [`Video call, ${mark}1 hr 2 min`, { durationMs: 3_720_000, outcome: 'answered', video: true }],
    ['Voice call', { durationMs: null, outcome: 'unknown', video: false }],
  ])('call: %s', async (body, call) => {
    expect(await readIphoneBody(mark + body)).toMatchObject({ kind: 'call', sender: 0, facts: { call } });
    expect((await readIphoneBody(body)).kind).toBe('text');
  });
  test('a contact', async () => {
    expect(await readIphoneBody(`${mark}<attached: 00000042-Ann Example.vcf>`)).toMatchObject({
      kind: 'contact',
      facts: { contact: { name: 'Ann Example' } },
    });
  });
  test('mentions stay in the text', async () => {
    const body = 'ask @\u2068Ann Example\u2069 or @491700000000';
    expect(await readAndroidBody(body)).toMatchObject({ text: body });
  });
});
