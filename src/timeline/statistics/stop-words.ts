// Words that every chat is full of and that say nothing about it, in English and Chinese.

const english =
  "the and you that for are was with have this but not what can all will just your from they out get about she his her him has had our how when who did one would there been were its them then than too some more very now here only also could should because into over back even after where which why yes yeah okay don doesn didn isn wasn won can’t don’t it’s i’m that’s you’re i’ll can't don't it's i'm that's you're i'll i’ve i've let’s let's got going want know think like see come good time really still need make take well much any their these those being does";

const chinese =
  '我们 你们 他们 她们 它们 这个 那个 这些 那些 这样 那样 这么 那么 这里 那里 这边 那边 什么 怎么 怎样 为什么 哪里 哪个 多少 几个 一个 一下 一些 一点 一样 有点 没有 不是 就是 还是 但是 可是 不过 因为 所以 如果 然后 还有 而且 或者 以及 虽然 只是 可以 可能 应该 需要 知道 觉得 现在 今天 明天 昨天 时候 已经 自己 大家 不要 不能 不会 不用 不知道 不行 真的 好的 是的 对的 好吧 好像 感觉 起来 出来 过来 过去 上来 下来 回来 进来 我的 你的 他的 她的 是不是 有没有 的话 时间 东西 事情 问题 一直 一起 的时候';

const words = new Set([...english.split(' '), ...chinese.split(' ')]);

export const isStopWord = (word: string): boolean => words.has(word);
