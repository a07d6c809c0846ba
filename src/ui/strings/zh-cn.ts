// 简体中文。语气：简洁、平实，用“你”；“聊天记录”“导入”“校验”等词始终同一个意思。

import type { StringTable } from './en';
import { zhErrors } from './zh-cn/errors';
import { zhFirst } from './zh-cn/first';
import { zhInterface } from './zh-cn/interface';

export const zhCN: StringTable = { ...zhInterface, ...zhFirst, ...zhErrors };
