import type { enPassphrase } from '../en/passphrase';
import type { Text } from '../text';

export const zhPassphrase: Readonly<Record<keyof typeof enPassphrase, Text>> = {
  'passphrase.next': '新口令',
  'passphrase.again': '再输一次新口令',
  'passphrase.advice': '至少 {count} 个字符。',
  'passphrase.short': '太短，至少 {count} 个字符。',
  'passphrase.weak': '容易猜到，再加几个词。',
  'passphrase.fair': '还行，再加一个词就很好。',
  'passphrase.strong': '很好。',
  'passphrase.differ': '两次输入不一样。',
  'passphrase.show': '显示我输入的内容',
};
