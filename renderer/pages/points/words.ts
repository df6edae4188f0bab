// Words of the page of points: balances, one statement, spending for a car, balances of another system.
// Refusals come from the runtime with their own words.
import { t } from '#base/pure/words/fault-text.ts'

export const points = {
  count: t('{count} 位积分会员', '{count} members with points'),
  rules: t(
    '付 1 元得 {perYuan} 分,每次停车得 {perVisit} 分,{validDays} 天内有效;1 分抵 {worth},一次停车最多抵 {most}。',
    '{perYuan} points per yuan paid, {perVisit} per stay, valid for {validDays} days; one point is worth {worth}, at most {most} per stay.',
  ),
  noRules: t(
    '现在的费率没有积分规则:不得分,也不能抵扣。',
    'The present tariff has no points rules: points cannot be earned or used.',
  ),
  balance: t('积分', 'Points'),
  inside: t('{plate} 在场', '{plate} inside'),
  use: t('抵扣', 'Redeem'),
  statement: t('明细', 'Statement'),
  statementTitle: t('{no} 的积分明细', 'Points of {no}'),
  at: t('时间', 'Time'),
  stay: t('停车记录', 'Stay'),
  brought: t('从其他系统导入', 'Imported from another system'),
  until: t('有效至', 'Valid until'),
  back: t('退回', 'Give back'),
  empty: t('还没有积分', 'No points yet'),
  close: t('关闭', 'Close'),
  added: t('将导入 {count} 位', 'New: {count}'),
  changed: t('修改 {count} 位', 'Changed: {count}'),
  same: t('不变 {count} 位', 'Unchanged: {count}'),
  write: t('写入积分', 'Write the points'),
}
