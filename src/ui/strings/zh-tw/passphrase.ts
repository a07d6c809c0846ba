import type { enPassphrase } from '../en/passphrase';
import type { Text } from '../text';

export const twPassphrase: Readonly<Record<keyof typeof enPassphrase, Text>> = {
  'passphrase.next': '新密碼片語',
  'passphrase.again': '再輸一次新密碼片語',
  'passphrase.advice': '至少 {count} 個字元。',
  'passphrase.short': '太短，至少 {count} 個字元。',
  'passphrase.weak': '容易猜到，再加幾個詞。',
  'passphrase.fair': '還行，再加一個詞就很好。',
  'passphrase.strong': '很好。',
  'passphrase.differ': '兩次輸入不一樣。',
  'passphrase.show': '顯示我輸入的內容',
};
