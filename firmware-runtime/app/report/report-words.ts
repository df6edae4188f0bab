// The words of a report of takings in both languages: its tables, ends, refunds, acts by hand, and why it is open.
// A word that no table knows is shown as it is; nothing is left out for it.
import type { OpenReason, ReportKind } from '../../core/billing/report.ts'
import type { PricedRule } from '../../core/billing/report-part.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import type { ExceptionWord } from '../../core/values/exception-words.ts'
import type { OrderEnd, RefundState } from '../../core/values/ledger-row.ts'
import { manualWords } from '../../core/lane/driver-text.ts'

type Words<K extends string> = Readonly<Record<K, BilingualText>>

export const kindWords: Words<ReportKind> = {
  day: t('日报表', 'Day report'),
  shift: t('交接班报表', 'Shift report'),
  month: t('月报表', 'Month report'),
  tariff: t('费率报表', 'Report by tariff'),
  means: t('收费方式报表', 'Report by means'),
  exceptions: t('异常报表', 'Report of exceptions'),
}

export const openWords: Words<OpenReason> = {
  running: t('未结束:还会有收费', 'Not over: more will be taken'),
  uncounted: t('现金未清点:没有交接班', 'Cash not counted: no shift was closed'),
  notCompared: t('扫码收费未与账单核对', 'Payments by code not compared with their bill'),
  differs: t('有未处理的差异', 'Differences are not ended'),
}

export const endWords: Words<OrderEnd | 'waived'> = {
  etc: t('ETC 缴费离场', 'Left, paid by ETC'),
  other: t('其他方式缴费离场', 'Left, paid by other means'),
  free: t('免费离场', 'Left free'),
  waived: t('人工免收离场', 'Left, a person took nothing'),
  later: t('放行后追缴', 'Let go, collected later'),
  open: t('未结清离场', 'Left without an end'),
}

export const ruleWords: Words<PricedRule> = {
  free: t('免费时段', 'Free time'),
  first: t('首时段', 'First period'),
  next: t('续时段', 'Further periods'),
  visit: t('按次', 'Per visit'),
  cap: t('按封顶收取', 'Charged at a cap'),
  package: t('套餐', 'Package'),
  class: t('车型', 'Vehicle class'),
  member: t('月租车与名单减免', 'Covered by a pass or list'),
  noEntry: t('无入场记录', 'Without an entry'),
  coupon: t('优惠券减免', 'Taken off by coupons'),
  points: t('积分抵扣', 'Taken off by points'),
  arrears: t('补缴欠费', 'Arrears'),
  unpriced: t('不按费率:人工定价或差额', 'Not by a line of the tariff: set by hand, or the rest'),
}

export const refundWords: Words<RefundState> = {
  pending: t('已申请', 'Asked for'),
  approved: t('已批准', 'Approved'),
  abnormal: t('平台处理异常', 'With an exception at the platform'),
  success: t('已退还', 'Given back'),
  rejected: t('被拒绝', 'Refused'),
}

/** Names of acts as the audit has them. */
const acts: Words<string> = {
  'lane.open': t('人工开闸', 'Barrier opened by hand'),
  'lane.open.failed': t('人工开闸,道闸没有抬起', 'Opening by hand, the barrier did not rise'),
  'lane.settle': t('人工收费', 'Settled by hand'),
  'lane.release': t('大额放行', 'Large amount released'),
  'lane.payCode': t('扫付款码', 'Payment code read'),
  'lane.correctPlate': t('纠正车牌', 'Plate corrected'),
  'lane.arm': t('启用道闸', 'Barrier put to use'),
  'stays.close': t('结束停车记录', 'Stay ended'),
  'charges.settle': t('核实扣费结果', 'Charge judged'),
  'refunds.given': t('人工退还', 'Given back by hand'),
  'pay.refund': t('退款', 'Payment given back'),
  'place.charge': t('车位收费', 'Charged at a space'),
  'coupons.issue': t('发优惠券', 'Coupons issued'),
  'coupons.import': t('导入优惠券', 'Coupons imported'),
  'coupons.use': t('使用优惠券', 'Coupon used'),
  'coupons.validate': t('商户减免', 'Given by a merchant'),
  'coupons.giveBack': t('退回优惠券', 'Coupon free again'),
  'coupons.void': t('作废优惠券', 'Coupon void'),
  'merchants.limit': t('商户限额', 'Limit of a merchant'),
  'points.use': t('积分抵扣', 'Points used'),
  'points.import': t('导入积分', 'Points brought'),
  'arrears.waive': t('免除欠费', 'Arrears waived'),
  'inside.import': t('导入场内车辆', 'Cars inside imported'),
  'inside.recount': t('清点场内车辆', 'Cars inside counted anew'),
  'members.issue': t('办理月租车', 'Pass issued'),
  'members.reverse': t('撤销月租车', 'Pass reversed'),
  'members.import': t('导入名单', 'List imported'),
  'day.reconcile': t('核对账单', 'Bill compared'),
  'day.count': t('交接班清点', 'Drawer counted'),
  'day.own': t('指定负责人', 'Owner of a difference'),
  'day.end': t('处理差异', 'Difference ended'),
  'day.writeOff': t('核销差异', 'Difference written off'),
  'boom.openedAlone': t('道闸自行抬起', 'Barrier opened by itself'),
  'clock.confirm': t('确认时钟', 'Clock confirmed'),
  noEntry: t('出口没有入场记录', 'No entry record at the exit'),
}

const exceptions: Words<ExceptionWord> = {
  obuNotRead: t('未读到 OBU', 'OBU not read'),
  obuUnreadable: t('OBU 读取失败', 'OBU could not be read'),
  cardUnreadable: t('无卡或卡读取失败', 'No card, or it could not be read'),
  plateMismatch: t('车牌与 OBU 不符', 'Plate and OBU differ'),
  blacklisted: t('卡在黑名单中', 'Card on the status list'),
  expired: t('OBU 或卡不在有效期内', 'OBU or card not valid now'),
  insufficient: t('卡余额不足', 'Balance too low'),
  debitFailed: t('扣费失败', 'Debit failed'),
  noTac: t('无 TAC', 'No TAC'),
  psamFault: t('PSAM 未授权或未签到', 'PSAM not authorised or not signed in'),
  severalTags: t('多个 OBU 或多张卡', 'Several OBUs or cards'),
  noAnswerTwice: t('平台无应答', 'The platform did not answer'),
  refused: t('扣费被拒绝', 'Charge refused'),
  largeAmount: t('大额', 'Large amount'),
  repeatSuspected: t('疑似重复交易', 'Perhaps charged twice'),
  listTooOld: t('状态名单过期', 'Status list too old'),
  other: t('其他异常', 'Other'),
}

const inWords: Readonly<Record<string, BilingualText>> = { ...manualWords, ...acts, ...exceptions }

export const actWord = (word: string): BilingualText => inWords[word] ?? t(word, word)

export const words = {
  lot: t('停车场', 'Car park'),
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
  shouldBe: t('应有(元)', 'Should be in it (yuan)'),
  takenOut: t('取出(元)', 'Taken out (yuan)'),
  leftIn: t('留存(元)', 'Left in it (yuan)'),
  before: t('接班钱箱(元)', 'In the drawer before (yuan)'),
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
  refunds: t('退款(按最近一步的日期)', 'Refunds (on the day of their last step)'),
  backBy: t('退还方式', 'Given back by'),
  backOf: t('原收费方式', 'Of a payment by'),
  ofDifference: t('差异', 'a difference'),
  counts: t('异常次数', 'How many'),
  list: t('异常明细', 'One by one'),
  etcNote: t(
    'ETC 收费与平台账单是否一致,见“今日”',
    'Whether ETC takings fit the bill of the platform is said by the page of the day',
  ),
  cut: t('明细过多,只列出前 {max} 行', 'Too many lines: the first {max} are shown'),
  footer: t('第 {page} 页 / 共 {pages} 页', 'Page {page} of {pages}'),
  items: t('未处理差异 {count} 项,共 {amount}', '{count} differences not ended, {amount} in all'),
} as const
