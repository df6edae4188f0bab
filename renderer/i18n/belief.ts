// Words of the page that says what a lane ran on at a time, and what is otherwise now.
// Settings come from the runtime with their own words.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const belief = {
  belief: {
    title: t('当时的设置', 'Settings then'),
    open: t('当时按什么规则', 'By which rules'),
    lane: t('车道', 'Lane'),
    at: t('时间', 'Time'),
    then: t('当时的设置是谁定的', 'Who made it so'),
    by: t('{by} 在 {at} 写入:{reason}', 'Written by {by}, {at}: {reason}'),
    byFile: t(
      '有人在 {at} 之前直接改了文件 {files},车道从这时起按它运行',
      'Somebody edited {files} before {at}; the lanes ran on it from then on',
    ),
    otherwise: t('现在不一样的', 'Otherwise now'),
    same: t('和现在一样', 'The same as now'),
    what: t('设置', 'Setting'),
    was: t('当时', 'Then'),
    is: t('现在', 'Now'),
    who: t('谁改的', 'Who changed it'),
    unkept: t(
      '文件在启动以后被改过,车道还没有按它启动',
      'The file was edited since the start; no lane has run on it',
    ),
    settings: t('当时的全部设置', 'All settings of then'),
    none: t('那时还没有留下设置', 'No settings were kept by then'),
    noneWhy: t(
      '从第一次写入或第一次启动起,每次改动都留一份。请选更晚的时间。',
      'From the first writing or the first start on, each change is kept. Choose a later time.',
    ),
    versions: t('留下的 {count} 份设置', '{count} versions were kept'),
  },
}
