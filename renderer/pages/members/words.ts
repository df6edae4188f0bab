// Words of the page of members: period passes, white list, emergency vehicles, visitors, and the file of them.
// Refusals come from the runtime with their own words.
import { t } from '#base/pure/words/fault-text.ts'

export const members = {
  count: t('共 {count} 项,{inside} 辆在场', '{count} entries, {inside} cars inside'),
  no: t('编号', 'Number'),
  kind: t('类别', 'Kind'),
  kindOf: {
    period: t('月租车', 'Period pass'),
    white: t('白名单', 'White list'),
    emergency: t('应急车辆', 'Emergency vehicle'),
    visitor: t('访客', 'Visitor'),
    points: t('积分会员', 'Points'),
  },
  name: t('车主或单位', 'Holder'),
  plates: t('车牌', 'Plates'),
  platesWhy: t(
    '多个车牌用空格分开;应急车辆可写 * 加最后一个字,例如 *警',
    'Separate plates with spaces; for emergency vehicles you can enter * and the last character of the plate',
  ),
  spaces: t('车位数', 'Spaces'),
  spacesWhy: t(
    '同一时间最多几辆不收费;空着为不限。后进场的车在有空位之前按临停计费',
    'How many cars park free at the same time; empty for no limit. Further cars pay as casual parking until a space is free',
  ),
  noLimit: t('不限', 'no limit'),
  areas: t('区域', 'Areas'),
  allAreas: t('全场', 'whole car park'),
  from: t('起始日', 'First day'),
  until: t('截止日', 'Last day'),
  sold: t('收款(元)', 'Paid (yuan)'),
  soldNone: t('不收款', 'no payment'),
  means: t('收款方式', 'Paid by'),
  soldWhy: t(
    '月租费计入今日收费和钱箱,不属于任何一次停车',
    "Pass fees count in today's takings and the drawer; they belong to no stay",
  ),
  untilWhy: t(
    '当天有效到 24 时;白名单和应急车辆可以空着',
    'Valid until 24:00 that day; may be empty for white list and emergency vehicles',
  ),
  noEnd: t('长期', 'open end'),
  stateOf: {
    valid: t('有效', 'valid'),
    notYet: t('未开始', 'not started'),
    expired: t('已到期', 'expired'),
  },
  daysLeft: t('还有 {count} 天', '{count} days left'),
  inside: t('在场', 'Inside'),
  isInside: t('{plate} 在场', '{plate} inside'),
  pays: t(
    '{plate} 在场,车位已占用,按临停计费',
    '{plate} inside, spaces taken: charged as casual parking',
  ),
  add: t('加一项', 'Add an entry'),
  renew: t('续期或修改', 'Renew or change'),
  renewTitle: t('续期或修改 {no}', 'Renew or change {no}'),
  save: t('保存', 'Save'),
  reverse: t('收回', 'Take back'),
  salePaid: t(
    '{no} 已收回:共收 {paid},收回时还可退 {left}。退款在下面办理。',
    '{no} was taken back: {paid} paid in total, {left} could still be refunded then. Make the refund below.',
  ),
  export: t('导出表格', 'Export a table'),
  exported: t('已导出 {count} 项', '{count} entries exported'),
  added: t('新增 {count} 项', 'New: {count}'),
  changed: t('修改 {count} 项', 'Changed: {count}'),
  ended: t(
    '不在表格里,保留;可收回 {count} 项',
    'Not in the table, kept; can be taken back: {count}',
  ),
  same: t('不变 {count} 项', 'Unchanged: {count}'),
  write: t('写入名单', 'Write the list'),
  writeComplete: t(
    '这份名单是完整的:写入,并收回其余 {count} 项',
    'This list is complete: write it and take back the other {count}',
  ),
}
