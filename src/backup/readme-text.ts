// README.txt of each snapshot: what a stranger finds first. Its bytes are part of the tree id: a change makes new snapshots.

const english = `This is a backup of chat messages, made by Camphor. It can be read without Camphor.

conversations/   a folder for each chat. conversation.json says its names and lists its months;
                 each month is a file such as 2024-03.jsonl with one message a line, oldest first.
people.jsonl     who is who: "from" in a message is the "id" of a line here.
media/           pictures, voice messages and files, by day. The name is the SHA-256 that a message gives.
overlays.jsonl   bookmarks, notes and other things that the owner added.
receipts/        what each import read, and what it could not understand.
manifest.json    format version and counts.

All text is UTF-8, all times are UTC. Every field is described in docs/format.md of Camphor.
`;

const chinese = `这是由 Camphor 制作的聊天记录备份。没有 Camphor 也可以阅读。

conversations/   每个会话一个文件夹。conversation.json 写明会话名称并列出各个月份;
                 每个月一个文件,例如 2024-03.jsonl,一行一条消息,最早的在前。
people.jsonl     人物表:消息中的 "from" 对应这里某一行的 "id"。
media/           图片、语音和文件,按日期存放。文件名就是消息中给出的 SHA-256。
overlays.jsonl   书签、备注以及主人添加的其他内容。
receipts/        每次导入读取了什么,以及哪些内容未能识别。
manifest.json    格式版本与数量。

所有文字均为 UTF-8 编码,所有时间均为 UTC。各字段的说明见 Camphor 的 docs/format.md。
`;

export const readmeText = `${english}\n${chinese}`;
