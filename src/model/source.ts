// The apps that archives come from. A new source is added here; the compiler lists the tables it must fill in.

export const sourceApps = [
  'whatsapp',
  'telegram',
  'wechat',
  'qq',
  'signal',
  'imessage',
  'sms',
  'line',
  'kakaotalk',
  'messenger',
  'instagram',
  'discord',
  'slack',
  'teams',
  'skype',
  'matrix',
  'google-chat',
  'google-voice',
  'viber',
  'threema',
  'snapchat',
  'x',
  'wecom',
  'feishu',
  'chatlab',
  'contacts',
  'camphor',
  'other',
] as const;
export type SourceApp = (typeof sourceApps)[number];

/** The file name of the invented archive that comes with the app. */
export const demoArchiveName = 'Camphor demo.zip';
