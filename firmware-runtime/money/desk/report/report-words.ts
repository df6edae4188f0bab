// Texts of a report of takings in both languages: tables, ends, refunds, manual acts, and reasons why it is open. An
// unknown word is shown unchanged, so that nothing is left out.
import type { OpenReason } from '../../pure/billing/report.ts'
import type { PricedRule } from '../../pure/billing/report-part.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import { actWords } from '#runtime/api/act-words.ts'
import { cardReasonWords } from '#base/pure/words/card-reason.ts'
import { exceptionWords } from '#base/pure/words/exception-words.ts'
import type { OrderEnd } from '#base/pure/rows/ledger-row.ts'
import { unpairedWords } from '#base/pure/values/unpaired.ts'
import { shownReasons } from '#base/pure/words/manual-reason.ts'

type Words<K extends string> = Readonly<Record<K, BilingualText>>

export const openWords: Words<OpenReason> = {
  running: t('未结束:还会有收费', 'Not finished: more payments will follow'),
  uncounted: t('现金未清点:没有交接班', 'Cash not counted: no shift was closed'),
  notCompared: t('扫码收费未与账单核对', 'Code payments not compared with the bill'),
  differs: t('有未处理的差异', 'There are open differences'),
}

export const endWords: Words<OrderEnd | 'waived'> = {
  etc: t('ETC 缴费离场', 'Left, paid by ETC'),
  other: t('其他方式缴费离场', 'Left, paid by other means'),
  free: t('免费离场', 'Left free'),
  waived: t('人工免收离场', 'Left, fee waived by a person'),
  later: t('放行后追缴', 'Let go, collected later'),
  open: t('未结清离场', 'Left, not settled'),
}

export const ruleWords: Words<PricedRule> = {
  free: t('免费时段', 'Free time'),
  first: t('首时段', 'First period'),
  next: t('续时段', 'Further periods'),
  visit: t('按次', 'Per visit'),
  cap: t('按封顶收取', 'Charged at a cap'),
  package: t('套餐', 'Package'),
  class: t('车型', 'Vehicle class'),
  classUnknown: t('车型未知', 'Vehicle class not known'),
  member: t('月租车与名单减免', 'Covered by a pass or list'),
  law: t('依法免收', 'Free by law'),
  noEntry: t('无入场记录', 'Without an entry'),
  reservation: t('预约减免', 'Taken off by reservations'),
  coupon: t('优惠券减免', 'Taken off by coupons'),
  points: t('积分抵扣', 'Taken off by points'),
  arrears: t('补缴欠费', 'Arrears'),
  sent: t('由别家计费系统定价', 'Priced by another billing system'),
  unpriced: t('不按费率:人工定价或差额', 'Not from the tariff: set by hand, or a difference'),
}

type Table = Readonly<Record<string, BilingualText>>
const wordIn =
  (table: Table) =>
  (word: string): BilingualText =>
    ownWord(table, word) ?? t(word, word)

/** Text of an exception or an act. */
export const actWord = wordIn({ ...actWords, ...exceptionWords })
/** Text of a reason as in the window; the texts of displays are for drivers. */
export const reasonWord = wordIn({ ...exceptionWords, ...shownReasons, ...cardReasonWords })

export const words = {
  lot: t('停车场', 'Car park'),
  spaces: t('车位', 'Spaces'),
  district: t('区县', 'District'),
  qualification: t('资质或备案号', 'Licence or record number'),
  span: t('期间', 'Span'),
  until: t('至', 'to'),
  madeAt: t('出具时间', 'Made at'),
  row: t('账本行号', 'Row of the ledger'),
  hash: t('账本摘要', 'Hash of that row'),
  state: t('状态', 'State'),
  closed: t('已结清', 'Closed'),
  open: t('未结清', 'Open'),
  notBegun: t('尚未启用', 'Before the lot began'),
  day: t('日期', 'Day'),
  from: t('开始', 'From'),
  to: t('结束', 'To'),
  by: t('值班员', 'Attendant'),
  means: t('收费方式', 'Means'),
  lane: t('车道', 'Lane'),
  count: t('笔数', 'Count'),
  cars: t('车次', 'Cars'),
  amount: t('金额(元)', 'Amount (yuan)'),
  taken: t('收费合计(元)', 'Taken (yuan)'),
  back: t('退还(元)', 'Given back (yuan)'),
  net: t('净收(元)', 'Net (yuan)'),
  total: t('合计', 'Total'),
  entered: t('入场', 'Entered'),
  left: t('离场', 'Left'),
  what: t('项目', 'Item'),
  due: t('应收(元)', 'Due (yuan)'),
  backOfMeans: t('退还:{means}', 'Back: {means}'),
  drawer: t('钱箱(按班次)', 'Drawer, by shift'),
  cashTaken: t('现金收费(元)', 'Cash taken (yuan)'),
  cashBack: t('现金退还(元)', 'Cash given back (yuan)'),
  shouldBe: t('应有(元)', 'Expected in drawer (yuan)'),
  takenOut: t('取出(元)', 'Taken out (yuan)'),
  leftIn: t('留存(元)', 'Left in drawer (yuan)'),
  before: t('备用金(元,不算收入)', 'Float (yuan, not income)'),
  counted: t('清点(元)', 'Counted (yuan)'),
  difference: t('差额(元)', 'Difference (yuan)'),
  tariff: t('费率', 'Tariff'),
  since: t('版本生效', 'Version since'),
  rule: t('计费项', 'Line'),
  none: t('无', 'none'),
  time: t('时间', 'Time'),
  who: t('操作人', 'By'),
  why: t('原因', 'Reason'),
  stay: t('停车记录', 'Stay'),
  detail: t('说明', 'Detail'),
  takings: t('收费', 'Takings'),
  byDay: t('按日', 'By day'),
  byShift: t('按班次', 'By shift'),
  byTariff: t('按费率', 'By tariff'),
  byLane: t('按车道和方式', 'By lane and means'),
  vehicles: t('车辆', 'Cars'),
  unpaired: t('进出不成对(现在的账本)', 'Entries and exits that stand alone, by the ledger now'),
  ...unpairedWords,
  refunds: t('退款(按最近一步的日期)', 'Refunds (on the day of their last step)'),
  backBy: t('退还方式', 'Given back by'),
  backOf: t('原收费方式', 'Of a payment by'),
  ofDifference: t('差异', 'a difference'),
  counts: t('异常次数', 'How many'),
  list: t('异常明细', 'One by one'),
  etcNote: t(
    'ETC 收费与平台账单是否一致,见“今日”',
    'See the Today page for whether ETC takings match the platform bill',
  ),
  cut: t('明细过多,只列出前 {max} 行', 'Too many lines: the first {max} are shown'),
  items: t('未处理差异 {count} 项,共 {amount}', '{count} open differences, {amount} in all'),
} as const
