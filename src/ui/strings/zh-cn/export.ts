import type { enExport } from '../en/export';
import type { Text } from '../text';

export const zhExport: Readonly<Record<keyof typeof enExport, Text>> = {
  'export.title': '单个加密文件',
  'export.words':
    '把整个存档（全部消息和媒体）放进一个加密文件，存放在任何地方都可以。本应用能读回它；没有本应用，任何电脑上的免费程序 age 也能打开。',
  'export.lock': '上锁方式',
  'export.lock.passphrase': '口令',
  'export.lock.recipient': 'age 密钥',
  'export.recipient': '收件人公钥（age1…）',
  'export.recipientHint': 'age 密钥的公开部分。只有持有另一半的人能打开文件。',
  'export.noReset': '没有人能重设口令，我们也不能。忘了口令，文件就打不开了。',
  'export.about': '文件大约有 {size}。',
  'export.aboutInside': '文件大约有 {size}。会先在浏览器内部生成（可用空间 {free}），然后下载。',
  'export.tight': '空间可能不够。写入之前会先量好。',
  'export.choose': '选择保存位置',
  'export.make': '生成文件',
  'export.stage.scanning': '正在计算大小…',
  'export.stage.sealing': '正在写入并加密…',
  'export.stage.verifying': '正在读回核对…',
  'export.progress': '{done}，共 {size}',
  'export.done': '已写入，并完整读回核对。',
  'export.file': '文件',
  'export.leftOut': '有 {count} 个图片或其他文件不在其中：它们的内容不在这台设备上。',
  'export.opens': '要取回时，把它拖进本应用即可。没有本应用时，在任何装有 age 的电脑上运行：',
  'export.command.passphrase': 'age -d {file} > {zip}',
  'export.command.recipient': 'age -d -i key.txt {file} > {zip}',
  'export.inside': '浏览器内部还有一份加密的副本，直到确认下载完成。',
  'export.saveAgain': '再次下载',
  'export.saved': '已下载，删除副本',
  'export.noRoom':
    '文件需要 {size}，浏览器只有 {free} 空间。没有写入任何内容。请腾出空间，或改用能直接存到文件夹的浏览器，例如电脑上的 Chrome 或 Edge。',
  'export.noRoomFor':
    '文件需要 {size}，浏览器没有这么多空间。没有写入任何内容。请腾出空间，或改用能直接存到文件夹的浏览器，例如电脑上的 Chrome 或 Edge。',
  'export.notWhole': '读回的内容与写入的不一致，这个文件不可靠。这里的存档没有受损。请换一个位置或磁盘再试。',
  'export.again': '返回',
};
