// Chinese words of the page that says what a lane ran on at a time, and what is otherwise now.
// Settings come from the runtime with their own words.

export const belief = {
  belief: {
    title: '当时的设置',
    open: '当时按什么规则',
    lane: '车道',
    at: '时间',
    then: '当时的设置是谁定的',
    by: '{by} 在 {at} 写入:{reason}',
    byFile: '有人在 {at} 之前直接改了文件 {files},车道从这时起按它运行',
    otherwise: '现在不一样的',
    same: '和现在一样',
    what: '设置',
    was: '当时',
    is: '现在',
    who: '谁改的',
    unkept: '文件在启动以后被改过,车道还没有按它启动',
    settings: '当时的全部设置',
    none: '那时还没有留下设置',
    noneWhy: '从第一次写入或第一次启动起,每次改动都留一份。请选更晚的时间。',
    versions: '留下的 {count} 份设置',
  },
}
