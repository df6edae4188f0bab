// Words of the page that says what a lane ran on at a time, and what is otherwise now.
// Settings come from the runtime with their own words.
import { t } from '#base/pure/words/fault-text.ts'

export const belief = {
  open: t('当时按什么规则', 'Rules then'),
  lane: t('车道', 'Lane'),
  at: t('时间', 'Time'),
  then: t('当时的设置是谁定的', 'Who decided the settings then'),
  by: t('{by} 在 {at} 写入:{reason}', 'Written by {by}, {at}: {reason}'),
  byFile: t(
    '有人在 {at} 之前直接改了文件 {files},车道从这时起按它运行',
    'Someone edited {files} directly before {at}; the lanes ran on it from then on',
  ),
  otherwise: t('现在不一样的', 'Different now'),
  same: t('和现在一样', 'The same as now'),
  what: t('设置', 'Setting'),
  was: t('当时', 'Then'),
  is: t('现在', 'Now'),
  who: t('谁改的', 'Who changed it'),
  unkept: t(
    '文件在启动以后被改过,车道还没有按它启动',
    'The file was edited after start-up; the lanes have not been started with it',
  ),
  settings: t('当时的全部设置', 'All settings at that time'),
  none: t('那时还没有留下设置', 'No settings had been kept yet'),
  noneWhy: t(
    '从第一次写入或第一次启动起,每次改动都留一份。请选更晚的时间。',
    'Every change is kept from the first write or first start on. Choose a later time.',
  ),
  versions: t('留下的 {count} 份设置', '{count} versions kept'),
}
