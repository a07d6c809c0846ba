// What WhatsApp writes in place of a message, by language of the phone (tables of formats/international.md §1.1).
// Data only. Compared by `phraseKey`: without marks, case and a full stop at the end.

import type { AttachmentRecord } from '../../model/record';
import { phraseKey } from '../marks';

/** Android: the whole body, in angle brackets. */
const omitted = [
  'Media omitted',
  'Multimedia omitido',
  'Archivo omitido',
  'Medien ausgeschlossen',
  'Medien weggelassen',
  'Médias omis',
  'Fichier omis',
  'Ficheiro não revelado',
  'Mídia omitida',
  'Arquivo de mídia oculto',
  'Media omessi',
  'Media omesso',
  'Media weggelaten',
  'Media weggelaat',
  'Без медиафайлов',
  'Файл пропущен',
  'Медіа пропущено',
  'pominięto multimedia',
  'pliki pominięto',
  'Média vynechány',
  'Média vynechána',
  'Médiá vynechané',
  'Média elhagyva',
  'Hiányzó médiafájl',
  'conținut media omis',
  'Без файл',
  'без фајлови',
  'Без фајл',
  'медији су изостављени',
  'Medijski zapis izostavljen',
  'datoteke izpuščene',
  'Medij izpuščen',
  'media u hoq',
  'Media hequr',
  'Αρχείο παραλήφθηκε',
  'Εξαίρεση πολυμέσων',
  'Medya dahil edilmedi',
  'Medya atlanmış',
  'media buraxıldı',
  'Media çıxarılmışdır',
  'файлдар қосылмаған',
  'Файл қосылған жоқ',
  'fayl o‘tkazib yuborildi',
  'رسانه حذف شد',
  'پيوست نما/آهنگ حذف شد',
  'تم استبعاد الوسائط',
  'המדיה לא נכללה',
  'מדיה הושמטה',
  'میڈیا چھوڑ دیا گیا',
  'میڈیا ہٹا دیا گیا',
  'मीडिया के बिना',
  'মিডিয়া বাদ দেওয়া হয়েছে',
  'मीडिया वगळण्यात आला',
  'मीडिया वगळले',
  'મિડિયા છોડી મૂકાયું',
  'મીડિયા અવગણવામાં આવ્યા',
  'ਮੀਡੀਆ ਛੱਡਿਆ',
  'ਮੀਡੀਆ ਛਡਿਆ ਗਿਆ',
  'கோப்புகள் விடப்பட்டன',
  'ஊடகங்கள் நீக்கப்பட்டது',
  'మీడియా విస్మరించబడింది',
  'మాధ్యమం విస్మరించబడింది',
  'ಮಾಧ್ಯಮ ಕೈಬಿಡಲಾಗಿದೆ',
  'മീഡിയ ഒഴിവാക്കി',
  'ไฟล์สื่อถูกลบ',
  'สื่อถูกลบ',
  'ບໍ່ລວມມີເດຍ',
  'bỏ qua tệp phương tiện',
  'Bỏ qua Media',
  'Media tidak disertakan',
  'Media dikecualikan',
  'Media disingkirkan',
  'inalis ang media',
  'Walang kalakip na media',
  'media hazijajumuishwa',
  'Media imerukwa',
  'Medier udeladt',
  'Mediefil udeladt',
  'Media utelatt',
  'Uten vedlegg',
  'Media utelämnat',
  'Media har utelämnats',
  'Media jätettiin pois',
  'Media jätetty pois',
  'meedia välja jäetud',
  'Meedia ära jäetud',
  'medija praleista',
  'Praleistas medijos turinys',
  'nav iekļauta multivide',
  'Bez multivides',
  'fitxers multimèdia omesos',
  'Mitjans omesos',
  'メディアなし',
  'メディアは含まれていません',
  '미디어 파일 제외됨',
  '미디어 파일을 생략한 대화내용',
  '忽略多媒體檔',
  '省略多媒体文件',
  '省略影音内容',
  '已省略多媒體檔案',
];
export const omittedPhrases: ReadonlySet<string> = new Set(omitted.map(phraseKey));

/** iPhone: names the kind, without brackets, behind a left-to-right mark. */
const omittedByKind: readonly (readonly [AttachmentRecord['kind'], readonly string[]])[] = [
  [
    'image',
    ['image omitted', 'imagen omitida', 'Bild weggelassen', 'image absente', '圖片已略去', '圖片 已略去', '圖片已忽略', '圖片 已忽略'],
  ],
  [
    'video',
    ['video omitted', 'video omitido', 'Video weggelassen', 'vidéo absente', '影片已略去', '影片 已略去', '影片已忽略', '影片 已忽略'],
  ],
  [
    'voice',
    ['audio omitted', 'audio omitido', 'Audio weggelassen', 'audio omis', '音訊已略去', '音訊 已略去', '音訊已忽略', '音訊 已忽略'],
  ],
  [
    'sticker',
    ['sticker omitted', 'sticker omitido', 'Sticker weggelassen', 'sticker omis', '貼圖已略去', '貼圖 已略去', '貼圖已忽略', '貼圖 已忽略'],
  ],
  ['animation', ['GIF omitted', 'GIF omitido', 'GIF weggelassen', 'GIF retiré']],
  ['file', ['document omitted', 'documento omitido', 'Dokument weggelassen', 'document omis']],
  ['contact', ['Contact card omitted', 'Kontaktkarte weggelassen']],
];
export const omittedKinds: ReadonlyMap<string, AttachmentRecord['kind']> = new Map(
  omittedByKind.flatMap(([kind, phrases]) => phrases.map((phrase) => [phraseKey(phrase), kind] as const)),
);

/** Words in the brackets after (Android) or before (iPhone) the name of an attached file. */
export const attachedWords: ReadonlySet<string> = new Set(
  ['file attached', 'Datei angehängt', 'archivo adjunto', 'fichier joint', 'attached', 'adjunto', '已附加', '附件'].map(phraseKey),
);

/** `own`: only the phone of its sender says so, which tells whose export this is. */
const deleted: readonly (readonly ['any' | 'own', readonly string[]])[] = [
  [
    'any',
    [
      'This message was deleted',
      'Se eliminó este mensaje',
      'Diese Nachricht wurde gelöscht',
      'Mensagem apagada',
      'Esta mensagem foi apagada',
      'Ce message a été supprimé',
      'Questo messaggio è stato eliminato',
      'Dit bericht is verwijderd',
      '这条消息已删除',
      '此訊息已刪除',
    ],
  ],
  [
    'own',
    [
      'You deleted this message',
      'Eliminaste este mensaje',
      'Du hast diese Nachricht gelöscht',
      'Você apagou esta mensagem',
      'Vous avez supprimé ce message',
      'Hai eliminato questo messaggio',
      'Je hebt dit bericht verwijderd',
      '你已刪除此訊息',
    ],
  ],
];
export const deletedPhrases: ReadonlyMap<string, 'any' | 'own'> = new Map(
  deleted.flatMap(([whose, phrases]) => phrases.map((phrase) => [phraseKey(phrase), whose] as const)),
);
/** Followed by the admin's name. */
export const deletedByAdminPrefix = 'This message was deleted by admin ';

/** At the end of the body, in angle brackets. */
export const editedPhrases: ReadonlySet<string> = new Set(
  [
    'This message was edited',
    'Se editó este mensaje',
    'Diese Nachricht wurde bearbeitet',
    'Mensagem editada',
    'Ce message a été modifié',
    'Messaggio modificato',
    'questo messaggio è stato modificato',
    'Dit bericht is bewerkt',
    'Bu mesaj düzenlendi',
  ].map(phraseKey),
);
/** Seen at the end of the body without brackets. */
export const editedBareSuffix = 'Bu mesaj düzenlendi';

/** First words of polls and of their options; without a mark before them only these count. */
export const pollWords: ReadonlySet<string> = new Set(['POLL', 'ENCUESTA']);

/** `video`, and whether it was missed. After a comma: how long, or that nobody answered. */
export const callPhrases: ReadonlyMap<string, { readonly video: boolean; readonly missed: boolean }> = new Map([
  ['voice call', { video: false, missed: false }],
  ['video call', { video: true, missed: false }],
  ['missed voice call', { video: false, missed: true }],
  ['missed video call', { video: true, missed: true }],
  ['missed group voice call', { video: false, missed: true }],
  ['missed group video call', { video: true, missed: true }],
]);
export const noAnswerPhrases: ReadonlySet<string> = new Set(['no answer']);
export const liveLocationPhrases: ReadonlySet<string> = new Set(['live location shared']);

/** Parts of system lines that only groups have. */
export const groupPhrases: readonly string[] = [
  ' created group ',
  ' created this group',
  ' added you',
  ' changed the subject ',
  " changed this group's ",
  ' changed the group ',
  'joined using this group',
  ' removed you',
  "You're now an admin",
  'You were added',
  ' creó el grupo ',
  ' te añadió',
  ' hat die Gruppe ',
  ' a créé le groupe ',
  ' ha creato il gruppo ',
  ' criou o grupo ',
  '创建了群组',
  '建立了群組',
];
