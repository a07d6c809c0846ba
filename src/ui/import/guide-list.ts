// Which ways to an archive are described, in the order of the list. Their words: strings/*/guides.

export const guides = [
  'whatsapp-chat-android',
  'whatsapp-chat-iphone',
  'whatsapp-android',
  'iphone',
  'wechat',
  'qq',
  'telegram',
  'signal',
  'line',
  'kakaotalk',
  'meta',
  'sms',
  'discord',
  'slack',
  'google',
  'x',
  'snapchat',
  'viber',
  'threema',
  'matrix',
  'skype',
  'other',
] as const;

export type GuideId = (typeof guides)[number];
