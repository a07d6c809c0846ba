// What a pack proves and what it does not, in plain words for whoever is handed it, in both languages.

import type { EvidenceExport } from '../../model/export';

export interface StatementFacts {
  /** RFC 3339 in UTC. */
  readonly createdAt: string;
  readonly appVersion: string;
  readonly chosen: number;
  readonly written: number;
  readonly request: Pick<EvidenceExport, 'contextMessages' | 'zone'>;
  /** Files of original archives that are in the pack. */
  readonly originals: number;
}

export function writeStatement(facts: StatementFacts): string {
  return `${english(facts)}\n\n${'='.repeat(72)}\n\n${chinese(facts)}`;
}

const english = ({ createdAt, appVersion, chosen, written, request, originals }: StatementFacts): string => `EVIDENCE PACK OF CAMPHOR

Made ${createdAt} by the clock of the device, time zone ${request.zone}, with Camphor ${appVersion}.
Holds ${chosen} chosen messages, marked as chosen, and with them up to ${request.contextMessages} messages before and after each:
${written} messages in all. Their texts, times, names and media are as Camphor keeps them; no name
was replaced and nothing was blacked out.

WHAT IT PROVES

- These files are unchanged since the pack was made, if the SHA-256 of manifest.json is the one that
  was noted elsewhere at that time (written down, sent to somebody, given to a notary). manifest.json
  holds the SHA-256 of every other file. If nobody noted it then, the pack proves nothing of the kind.
- Media are byte for byte what the imported archive held: each is named by its SHA-256.
- ${
  originals > 0
    ? `The original archive files in originals/ are byte for byte what was imported (imports.json). Whoever
  imports them again can compare.`
    : `The original archive is not in this pack. imports.json names it, by its full SHA-256 where Camphor
  knows that; a file with the same SHA-256 is that archive.`
}

WHAT IT DOES NOT PROVE

- That the messages are genuine at the source. The archive was written by an app on somebody's
  device, and could have been altered before it was imported.
- Who typed a message. A name or number says which account it came from as the archive has it.
- That nothing was left out: messages can be deleted before an archive is made, and the maker of the
  pack chose what is in it.
- When it was made: that is the clock of the device, which nobody checked.

So: keep the phone with the chats on it, keep the original archive, and note the SHA-256 of
manifest.json today, with somebody who can say so later. This is no legal advice.

HOW TO CHECK IT

- Open verify.html in any browser, also without a network, and choose the ZIP or the unzipped folder.
- Or, in the unzipped folder, on Linux: sha256sum -c SHA256SUMS; on a Mac: shasum -a 256 -c SHA256SUMS.
  Then compare the SHA-256 of manifest.json with the one that was noted.
- messages.html shows the messages; messages.jsonl is the same for programs, described in format.md.
`;

const chinese = ({ createdAt, appVersion, chosen, written, request, originals }: StatementFacts): string => `樟木箱证据包

制作时间 ${createdAt}（以设备时钟为准），时区 ${request.zone}，樟木箱 ${appVersion}。
含选中的消息 ${chosen} 条（有“选中”标记），以及每条前后各至多 ${request.contextMessages} 条消息，共 ${written} 条。
文字、时间、名字和媒体都是樟木箱所保存的原样，没有替换名字，也没有涂黑。

能证明什么

- 如果 manifest.json 的 SHA-256 与制作当时在别处记下的一致（写在纸上、发给别人、交给公证处），
  这些文件自制作以来没有改动。manifest.json 记有其他每个文件的 SHA-256。当时没有记下，就证明不了这一点。
- 媒体与导入的存档逐字节相同，每个文件以自己的 SHA-256 命名。
- ${
  originals > 0
    ? 'originals/ 里的原始存档与导入的逐字节相同（见 imports.json），再次导入即可比对。'
    : '这个包里没有原始存档。imports.json 写有它的名称，樟木箱知道时也有完整的 SHA-256；SHA-256 相同的文件就是那份存档。'
}

不能证明什么

- 消息在源头是真实的。存档由某台设备上的应用写出，导入之前可能已被改动。
- 某条消息由谁输入。名字或号码只说明存档里写的是哪个帐号。
- 没有遗漏。制作存档之前可以删除消息，放进包里的内容也由制作者选择。
- 制作的时间。那是设备的时钟，没有人核对过。

因此：请保留存有聊天的手机，保留原始存档，并在今天就把 manifest.json 的 SHA-256 交给日后能作证的人。
以上不是法律意见。

怎样校验

- 用任何浏览器打开 verify.html（不需要网络），选择 ZIP 或解压后的文件夹。
- 或在解压后的文件夹里运行：Linux 用 sha256sum -c SHA256SUMS，Mac 用 shasum -a 256 -c SHA256SUMS，
  再把 manifest.json 的 SHA-256 与当时记下的比对。
- messages.html 供阅读，messages.jsonl 供程序使用，字段说明在 format.md。
`;
