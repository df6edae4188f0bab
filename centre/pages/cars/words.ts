// Words of the page that finds cars.
import { t } from '#base/pure/words/fault-text.ts'

export const words = {
  word: t('车牌、停车编号或订单编号', 'Plate, number of a stay or of an order'),
  find: t('查找', 'Find'),
  hint: t(
    '整个车牌、开头几位或末尾几位,至少三位',
    'A whole plate, its beginning or its last characters, at least three',
  ),
  by: {
    plate: t('按整个车牌 {text}', 'by the plate {text}'),
    start: t('车牌以 {text} 开头', 'plates that begin with {text}'),
    tail: t('车牌以 {text} 结尾', 'plates that end with {text}'),
    stay: t('按停车编号 {text}', 'by the number of the stay, {text}'),
    order: t('按付过款的订单编号 {text}', 'by the number of a paid order, {text}'),
    short: t('请至少写三位', 'Enter at least three characters'),
  },
  shown: t('{count} 次停车,新的在前', 'Stays, newest first: {count}'),
  shownMore: t('先列出 {count} 次停车,新的在前', 'The newest stays: {count}'),
  startTitle: t('找一辆车,看它的全部经过', 'Find a car, and see all that happened to it'),
  startWhy: t(
    '结果来自各停车场已送到的记录;每一步都能看到第几行、哪一批、谁签的名。',
    'Results come from the rows that the car parks have sent; each step names its row, its batch and who signed it.',
  ),
  empty: t('没有找到', 'Nothing found'),
  emptyWhy: t(
    '车牌可能读错了一位:只写末尾几位再查。刚发生的停车,可能还没有送到。',
    'The plate may have been misread: try its last characters alone. A stay of a moment ago may not have been received yet.',
  ),
  plate: t('车牌', 'Plate'),
  lot: t('停车场', 'Car park'),
  entered: t('入场', 'In'),
  left: t('离场', 'Out'),
  stayed: t('停留', 'Stayed'),
  ended: t('结果', 'Result'),
  order: t('应收', 'Due'),
  paid: t('实收', 'Taken'),
  back: t('已退', 'Refunded'),
  number: t('停车编号', 'Number of the stay'),
  noEntry: t('没有入场记录', 'no entry record'),
  yuan: {
    order: t('应收(元)', 'Due (yuan)'),
    paid: t('实收(元)', 'Taken (yuan)'),
    back: t('已退(元)', 'Refunded (yuan)'),
  },
}
