// Kinds of ledger rows in words, and with them the events, for the window and for the evidence of an acceptance.
import { eventWords } from './event-words.ts'
import { t, type BilingualText } from './fault-text.ts'
import type { RowKind } from '../rows/ledger-row.ts'

const kindWords = {
  boot: t('启动', 'Start'),
  stayOpened: t('入场,建立停车记录', 'Entered, stay opened'),
  spaceLeft: t('驶离车位', 'Left the space'),
  plateRead: t('抬杆后读到车牌', 'Plate read after the boom was told to open'),
  zeroRecord: t('在车位读到 OBU', 'OBU read at the space'),
  stayClosed: t('离场,停车结束', 'Left, stay closed'),
  orderMade: t('生成订单', 'Order made'),
  sentOrder: t('计费系统的订单', 'Order of the billing system'),
  review: t('扣费核对', 'Review of the charge'),
  intent: t('扣费前已记账', 'Intent to charge'),
  armed: t('准备扣费', 'Ready to debit'),
  outcome: t('扣费结果已记账', 'Outcome of the charge'),
  payment: t('收款', 'Payment'),
  pay: t('扫码支付', 'Payment by code'),
  book: t('对账与交班', 'Books and shifts'),
  member: t('会员', 'Member'),
  coupon: t('优惠券', 'Coupon'),
  reservation: t('预约', 'Reservation'),
  points: t('积分', 'Points of a member'),
  arrears: t('欠费', 'Arrears'),
  refund: t('退费', 'Refund'),
  refundState: t('退费状态', 'State of a refund'),
  adjustment: t('调整', 'Adjustment'),
  pass: t('准许通行', 'Cleared to pass'),
  barrier: t('道闸', 'Barrier'),
  outbox: t('待上传', 'To be uploaded'),
  outboxState: t('上传状态', 'State of the upload'),
  exception: t('异常上报', 'Exception reported'),
  audit: t('人工操作', 'Manual action'),
  signIn: t('PSAM 签到', 'PSAM sign-in'),
  event: t('事件', 'Event'),
  checkpoint: t('交班检查点', 'Shift checkpoint'),
} satisfies Readonly<Record<RowKind, BilingualText>>

export const rowWords = { ...kindWords, ...eventWords }
