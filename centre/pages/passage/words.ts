// Words of the page of one stay.
import { t } from '#base/pure/words/fault-text.ts'

export const words = {
  number: t('停车编号', 'Number of the stay'),
  due: t('应收', 'Due'),
  paid: t('实收', 'Taken'),
  back: t('已退', 'Refunded'),
  entered: t('入场', 'In'),
  left: t('离场', 'Out'),
  stayed: t('停留', 'Stayed'),
  inside: t('还在场内', 'still inside'),
  noEntry: t('没有入场记录,在出口补建', 'no entry record: made at the exit'),
  oddClock: t(
    '▲ 停车场的时钟当时偏得太远:日期按收到的日子归类',
    '▲ The clock of the car park was far off: its day is near the day of receipt',
  ),
  story: t('全部经过', 'All that happened'),
  proof: t('{rows} 行,在 {batches} 批里', '{rows} rows in {batches} batches'),
  proven: t('每一批的签名都核对无误', 'the signature of each batch was checked and fits'),
  unproven: t('有批次没有核对成功', 'not every batch could be verified'),
  withheld: t(
    '这段时间里有 {count} 行停车场没有发原文,只有摘要;其中可能有这辆车的',
    'Rows of this time that the car park withheld, digest only: {count}; some may belong to this car',
  ),
  unread: t(
    '停得太久,中间有 {count} 行没有读:只读了入场、收款和离场前后的',
    'The stay was long: {count} rows in between were not read, only those around entry, payments and exit',
  ),
  aside: t(
    '被人搁置、不在上面金额里的行',
    'Rows that a person set aside, and that are in no sum above',
  ),
  noRows: t(
    '没有找到它的记录:批次可能已经归档',
    'Its rows were not found: their batches may have been archived',
  ),
  odd: t('这一行读不懂', 'This row cannot be read'),
  time: t('时间', 'Time'),
  lane: t('车道', 'Lane'),
  what: t('发生了什么', 'What happened'),
  detail: t('详情', 'Details'),
  row: t('账本行', 'Ledger row'),
  signed: t('签名', 'Signature'),
}
