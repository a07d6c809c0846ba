// Words by which columns and kinds of messages are known, in English and Chinese. Data.

import type { MessageKind } from '../../model/record';
import type { ColumnRole } from '../../model/table-mapping';

/**
 * Names of columns by role, best first: letters and Han only, lower case. Seen in exports of chat apps and of tools that read
 * their databases; a name that fits two roles stands with the likelier.
 */
export const roleWords: Readonly<Record<ColumnRole, readonly string[]>> = {
  time: list(
    'datetime timestamp timestampms sentat createdat createtime msgtime messagetime sendtime senttime ' +
      'messagedate datesent sentdate createdtimestamp timestamputc dateutc timeutc utctime strtime localtime ' +
      'readabledate isodate ts date time sent created when 时间 发送时间 消息时间 日期时间 创建时间 时间戳 聊天时间 日期',
  ),
  clock: list('time clock timeofday hour 时间 时刻 具体时间'),
  sender: list(
    'sendername authorname fromname displayname nickname sender author from fromuser username user speaker ' +
      'participant contactname talker senderid authorid fromid name who by nick contact address 发送者 发送人 发件人 发言人 ' +
      '昵称 发送方 说话人 作者 用户 姓名 用户名 备注',
  ),
  text: list(
    'text content message body messagetext messagecontent messagebody msg strcontent msgcontent contenttext ' +
      'plaintext contents caption 内容 消息内容 消息 文本 正文 聊天内容 文字',
  ),
  conversation: list(
    'conversation conversationname conversationtitle chat chatname chattitle channel channelname room roomname ' +
      'group groupname thread threadname dialog conversationid chatid channelid roomid threadid groupid ' +
      'sessionname session to recipient topic 会话 会话名称 聊天 群聊 群名 群 聊天室 对话 频道 聊天对象 群组',
  ),
  kind: list('kind messagetype msgtype type typename contenttype messagekind category 类型 消息类型 种类'),
  attachment: list(
    'attachment attachments file filename filepath media mediapath mediafile attachmentpath attachmentname ' +
      'path src image photo localpath mediaurl 附件 文件 文件名 图片 媒体 文件路径 路径',
  ),
  id: list('messageid msgid id guid uuid msgsvrid serverid localid mid 消息id 编号 序号'),
  own: list(
    'isfromme issender isself isme fromme isoutgoing outgoing direction issend ismine sentbyme 是否发送 是否本人 ' + '方向 收发 是我发的',
  ),
};

/** Values of the column `own` that mean "me"; all others mean somebody else. */
export const ownWords: ReadonlySet<string> = new Set(
  list('true 1 yes y out outgoing sent send outbox me self mine 是 我 发送 已发送 发出 本人 发 发件'),
);

/** Its values that mean somebody else. */
export const otherWords: ReadonlySet<string> = new Set(
  list('false 0 no n in incoming received receive inbox other them 否 对方 接收 已接收 收到 他人 收 收件'),
);

/** Kinds by what columns call them: letters and Han only, lower case. Numbers mean something else in every app. */
export const kindWords: ReadonlyMap<string, MessageKind> = new Map<string, MessageKind>([
  ...fill('text', 'text txt message chat msg default normal plain plaintext texttype mtext 文本 文字 文本消息 普通消息 消息'),
  ...fill('image', 'image photo picture img pic gif mimage 图片 照片 图片消息 图像'),
  ...fill('voice', 'voice audio ptt voicemessage voicenote maudio 语音 音频 语音消息'),
  ...fill('video', 'video movie clip mvideo 视频 视频消息 小视频'),
  ...fill('file', 'file document doc attachment mfile 文件 文档 附件'),
  ...fill('sticker', 'sticker emoji emoticon 表情 动画表情 表情包 贴纸'),
  ...fill('location', 'location map geo position 位置 地理位置 定位'),
  ...fill('contact', 'contact card vcard namecard 名片 联系人'),
  ...fill('link', 'link url share web article 链接 分享 网页 卡片式链接'),
  ...fill('call', 'call voip videocall voicecall phonecall 通话 电话 语音通话 视频通话'),
  ...fill('poll', 'poll vote 投票'),
  ...fill('transfer', 'transfer payment redpacket money 转账 红包 转账消息'),
  ...fill('forwarded', 'forwarded forward merged 合并转发 聊天记录 转发'),
  ...fill('system', 'system notice notification service event info systemmessage 系统 系统消息 系统通知 提示'),
]);

/** The letters, Han and digits of a name or value that words are looked up by: `Message_Type` and `messageType` are one. */
export function wordOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function list(words: string): readonly string[] {
  return words.split(' ');
}

function fill(kind: MessageKind, words: string): [string, MessageKind][] {
  return list(words).map((word) => [word, kind]);
}
