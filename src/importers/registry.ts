// All importers. Detection asks each of them; the order only decides which is listed first.

import { camphorSnapshot } from './camphor/camphor-snapshot';
import { chatLabJson } from './chatlab/chatlab-json';
import { chatLabJsonl } from './chatlab/chatlab-jsonl';
import { contactsCsv } from './contacts/contacts-csv';
import { threemaBackup } from './threema/threema-backup';
import { contactsIphone } from './contacts/contacts-iphone';
import { vcard } from './contacts/vcard';
import { discordHtml } from './discord/discord-html';
import { discordJson } from './discord/discord-json';
import { imessageExporterHtml } from './imessage/exporter-html';
import { imessageExporterText } from './imessage/exporter-text';
import { feishuJson } from './feishu/feishu-json';
import { googleVoiceHtml } from './google-voice/google-voice-html';
import { discordCsv } from './discord/discord-csv';
import { discordPackage } from './discord/discord-package';
import { googleChat } from './google/google-chat';
import { hangouts } from './google/hangouts';
import { discordText } from './discord/discord-text';
import type { Importer } from './importer';
import { slackExport } from './slack/slack-export';
import { snapchatJson } from './snapchat/snapchat-json';
import { teamsJson } from './teams/teams-json';
import { xArchive } from './x/x-archive';
import { kakaoTalkCsv } from './kakaotalk/kakaotalk-csv';
import { kakaoTalkText } from './kakaotalk/kakaotalk-text';
import { imessageDatabase } from './imessage-database/imessage-database';
import { lineDatabase } from './line/line-database';
import { lineText } from './line/importer';
import { matrixHtml } from './matrix/matrix-html';
import { matrixJson } from './matrix/matrix-json';
import { messengerE2ee } from './messenger/messenger-e2ee';
import { messengerHtml } from './messenger/messenger-html';
import { messengerJson } from './messenger/messenger-json';
import { qqDatabase } from './qq/database/qq-database';
import { qceHtml } from './qq/exporter/html';
import { qceJson } from './qq/exporter/json';
import { qceJsonl } from './qq/exporter/jsonl';
import { qceText } from './qq/exporter/text';
import { qqMht } from './qq/manager/mht';
import { qqText } from './qq/manager/text';
import { signalBackup } from './signal-backup/signal-backup';
import { signalDesktop } from './signal-desktop/signal-desktop';
import { signalJsonl } from './signal-export/signal-jsonl';
import { signalLocalBackup } from './signal-export/signal-local-backup';
import { signalExportText } from './signal-export/signal-export-text';
import { smsXml } from './sms/sms-xml';
import { skypeJson } from './skype/skype-json';
import { telegramHtml } from './telegram/html/telegram-html';
import { telegramJson } from './telegram/telegram-json';
import { wechatCsv } from './wechat/wechat-csv';
import { viberCsv } from './viber/viber-csv';
import { viberDatabase } from './viber/viber-database';
import { weChatDatabase } from './wechat-database/wechat-database';
import { wechatExporterHtml } from './wechat/exporter-html';
import { wechatHtml } from './wechat/wechat-html';
import { wechatJson } from './wechat/wechat-json';
import { wechatText } from './wechat/wechat-text';
import { whatsappMsgstore } from './whatsapp-android/whatsapp-msgstore';
import { whatsappChatStorage } from './whatsapp-ios/whatsapp-chat-storage';
import { wecomJson } from './wecom/wecom-json';
import { whatsappText } from './whatsapp/importer';

export const importers: readonly Importer[] = [
  camphorSnapshot,
  vcard,
  contactsCsv,
  contactsIphone,
  whatsappText,
  whatsappMsgstore,
  whatsappChatStorage,
  telegramJson,
  telegramHtml,
  chatLabJson,
  chatLabJsonl,
  discordJson,
  discordCsv,
  discordHtml,
  discordText,
  discordPackage,
  qqText,
  qqMht,
  qceText,
  qqDatabase,
  wecomJson,
  feishuJson,
  wechatJson,
  messengerJson,
  messengerHtml,
  messengerE2ee,
  slackExport,
  xArchive,
  snapchatJson,
  teamsJson,
  qceJson,
  qceJsonl,
  qceHtml,
  googleVoiceHtml,
  lineText,
  lineDatabase,
  kakaoTalkText,
  kakaoTalkCsv,
  wechatText,
  wechatCsv,
  wechatHtml,
  wechatExporterHtml,
  weChatDatabase,
  viberDatabase,
  viberCsv,
  smsXml,
  imessageDatabase,
  imessageExporterText,
  imessageExporterHtml,
  signalExportText,
  signalJsonl,
  signalLocalBackup,
  signalDesktop,
  signalBackup,
  skypeJson,
  threemaBackup,
  matrixJson,
  matrixHtml,
  googleChat,
  hangouts,
];
