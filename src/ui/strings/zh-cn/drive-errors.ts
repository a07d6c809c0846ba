import type { enDriveErrors } from '../en/drive-errors';
import type { Text } from '../text';

export const zhDriveErrors: Readonly<Record<keyof typeof enDriveErrors, Text>> = {
  'error.no-repository': '这里没有备份。没有任何改动。请检查地址和文件夹，或者在这里新建备份。',
  'error.repository-exists': '这里已经有一份备份，没有动它。请用它的口令打开，或者换一个空文件夹。',
  'error.repository-damaged': '备份位置上的备份有一部分损坏。这台设备上的内容不受影响。请检查备份，看看哪些完好、哪些可以修复。',
  'error.newer-repository': '这份备份的格式比这个应用新。没有任何改动。请更新樟木箱后再试。',
  'error.repository-read-only': '别的程序在这份备份里写入了樟木箱不认识的内容，所以只读不写。没有任何改动。请给樟木箱单独一个文件夹。',
  'error.repository-locked': '另一台设备或别的程序正在使用这份备份。没有任何改动。请等它完成；崩溃留下的锁，半小时后失效。',
  'error.lock-lost': '与备份位置失联太久，这次备份中断了。以前的备份不受影响，已上传的部分不用重传。请重新开始。',
  'error.snapshot-missing': '这个快照已经不在了，可能被另一台设备或别的程序删除。其余不受影响。请另选一个。',
  'error.listing-suspect': '备份位置没有列出全部文件，所以什么都没有删除。上面的内容不受影响。请运行连接检查，看看能列出多少。',
  'error.snapshots-vanished':
    '这台设备见过的快照不见了。这里的内容不受影响，在查明之前也不会删除备份里的任何内容。如果不是你删的，请查一查还有谁能访问。',
  'error.vault-shrank': '这台设备上的内容比上次备份少了很多。没有上传任何内容。如果是有意的，请确认；如果不是，请先恢复。',
  'error.secret-costs-too-much': '打开这把密钥所需的内存超出了浏览器的能力。没有任何改动。请换一个口令，或用恢复词。',
  'error.secret-malformed': '恢复词或密钥文件不完整，或者有写错的地方。没有任何改动。请逐词核对，或重新选择密钥文件。',
  'error.drive-unreachable':
    '备份位置没有回应。以前的备份不受影响。请检查网络和地址；服务器还必须允许本页访问，连接检查能看出是不是这个原因。',
  'error.drive-busy': '备份位置要求等一等。已上传的部分不会丢，也不用重传。请过一会儿再继续。',
  'error.drive-failed': '备份位置自己出了错。以前的备份不受影响。请稍后再试；如果仍然如此，可以查看服务器日志。',
  'error.drive-damaged': '收到的内容不完整，或者是别的网页，没有采用。以前的备份不受影响。请再试一次；需要登录的网络也会这样。',
  'error.drive-unauthorised': '备份位置不接受这组账号和密码。没有任何改动，以前的备份不受影响。请重新输入。',
  'error.drive-signed-out': '备份位置的登录已失效。之前的备份没有受影响。请在这个备份位置的页面重新登录。',
  'error.sign-in-refused': '你没有允许。什么都没有改变。如果不是本意，请重新登录。',
  'error.sign-in-failed': '登录没有成功。什么都没有改变。请再试；如果一直这样，说明客户端 ID 或返回地址与登记的不一致。',
  'error.drive-read-only': '备份位置不允许写入。以前的备份不受影响。请给这个账号写入权限，或换一个文件夹。',
  'error.drive-full': '备份位置满了。以前的备份不受影响。请腾出空间，或者少保留几个快照。',
  'error.drive-too-large': '备份位置不接受这么大的文件。以前的备份不受影响。请调高服务器的上限，或换一个备份位置。',
  'error.drive-missing': '备份位置上少了一个文件。其余不受影响。请检查备份，看看能修复什么。',
  'error.drive-exists': '备份位置上已经有同名的文件，没有覆盖它。请再试一次。',
  'error.drive-redirected': '备份位置转向了另一个地址。你的密码没有发过去。如果信任那个地址，请自己填写。',
  'error.drive-permission': '浏览器不再允许访问这个文件夹。里面的内容不受影响。请重新授权。',
};
