import type { enGathering } from '../en/gathering';
import type { Text } from '../text';

export const zhGathering: Readonly<Record<keyof typeof enGathering, Text>> = {
  'question.country': '没有国家代码的号码属于',
  'fact.country': '号码属于{value}',
  'contacts.words': '通讯录里没有消息，它给号码配上名字：已有的聊天记录和以后导入的都会用上。名字旁边仍能看到原来的号码。',
  'contacts.count': '{count} 个带名字的号码和邮箱',
  'contacts.preview': '最前面的几个：',
  'contacts.notTaken': '照片、生日和备注不会收进来。需要的话，请保留原文件。',
  'contacts.result': '{count} 个号码和邮箱有了名字',
  'contacts.named': '配上的名字',
  'contacts.chooseCountry': '选择国家或地区',
};
