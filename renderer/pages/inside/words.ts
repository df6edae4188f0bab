// Words of the page of the cars inside.
// Refusals come from the runtime with their own words.
import { t } from '#base/pure/words/fault-text.ts'

export const inside = {
  count: t('{count} 辆', '{count} cars'),
  isThere: t('{plate} 在场', '{plate} is inside'),
  photo: t('照片', 'Photo'),
  recount: t('清点', 'Recount'),
  recountWhy: t(
    '走一遍停车场,把不在的车去掉勾选。它们的停车记录会一起结束,不收费,留下姓名和原因。',
    'Walk through the car park and untick cars that are not there. Their stays are closed together without charge; name and reason are kept.',
  ),
  recountStop: t('不清点', 'No recount'),
  recountDo: t('{count} 辆不在场,结束记录', '{count} not there: close stays'),
  recountTitle: t('清点:{count} 辆不在场', 'Recount: {count} not there'),
  bar: {
    carInLane: t('正在车道上', 'In a lane'),
    chargeUnsettled: t('扣费还没有结果', 'Its charge has no result yet'),
  },
  added: t('将加入 {count} 辆', '{count} to be added'),
  same: t('已在场 {count} 辆,不变', '{count} already inside, unchanged'),
  missing: t(
    '场内另有 {count} 辆不在表格里,不变;不在场的请用清点',
    '{count} others inside are not in the table and do not change; use a recount for cars that have left',
  ),
  long: t(
    '{count} 辆入场早于 30 天前，请核对日期：{cars}',
    '{count} entered more than 30 days ago; check the dates: {cars}',
  ),
  write: t('写入 {count} 辆', 'Write {count}'),
}
