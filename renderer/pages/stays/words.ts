// Words of the list of stays to check.
// Closing a stay moves no money, and the words say so; settling a charge books what was found.
import { t } from '#base/pure/words/fault-text.ts'

export const stays = {
  toCheck: t('待核对 {count} 条', '{count} to check'),
  toCheckNone: t('待核对', 'To check'),
  why: t(
    '超过 {days} 天未结束的有 {count} 条;场内共计 {inside} 辆。多半是车牌误读,车早已离场。',
    '{count} stays have been open for more than {days} days; {inside} cars count as inside. Most are misread plates of cars that left long ago.',
  ),
  empty: t('没有待核对的记录', 'No stays to check'),
  emptyWhy: t(
    '车牌误读会让入场记录一直不结束;这样的记录和可能对应的出场会列在这里。',
    'A misread plate keeps its entry open for ever. Such entries, and exits that may belong to them, are listed here.',
  ),
  pairs: t('可能是同一辆车', 'Possibly the same car'),
  pairsWhy: t(
    '出场时没有入场记录,而车牌与一条未结束的入场只差一个字。请核对照片后合并。',
    'An exit has no entry, and its plate differs by one character from an open entry. Compare both photos, then merge them.',
  ),
  refunds: t('需人工退还的款项', 'Refunds to be made by hand'),
  refundsWhy: t(
    '平台没有这笔扣费、拒绝退费或退费已搁置,或者天线从卡内多扣:钱要由人退还。退还后在此登记,金额和姓名记入账本。',
    'The platform has no such charge or refused the refund, the refund was set aside, or an antenna debited too much: a person must give the money back. Record it here afterwards; amount and name go into the ledger.',
  ),
  refundWhy: {
    never: t('平台没有这笔扣费', 'Platform has no charge'),
    rejected: t('平台拒绝退费', 'Platform refused'),
    overcharged: t('天线从卡内多扣', 'The antenna debited too much'),
    held: t('已搁置,不再向平台申请', 'Set aside, no longer requested from the platform'),
  },
  refundTodo: t(
    '先向平台核实没有退过,再退还给车主',
    'First make sure that the platform has not refunded it; then pay it back',
  ),
  giveBack: t('已退还…', 'Refunded…'),
  giveBackTitle: t('登记已退还的款项', 'Record money given back'),
  giveBackWhy: t(
    '请在钱已退到车主手中之后登记。登记后不可更改,也不会再向平台申请退费。',
    'Record it once the driver has the money. It cannot be changed afterwards, and no refund is requested from the platform any more.',
  ),
  giveBackBy: t('怎样退还的', 'How it was given back'),
  backBy: {
    cash: t('现金,从钱箱拿出(计入本班现金)', 'Cash from the drawer (deducted from this shift)'),
    transfer: t('转账', 'Transfer'),
    issuer: t('由发行方退回卡账户', 'By the issuer, to the card account'),
  },
  giveBackDo: t('登记已退还 {amount}', 'Record {amount} given back'),
  notUploaded: t(
    '已扣费而平台没有记录:{count} 笔,共 {amount}',
    'Charged, but no record at the platform: {count}, {amount} in all',
  ),
  notUploadedWhy: t(
    '卡内的钱已扣,而这笔记录没有上传成功,清分时收不到。金额计入未入账金额,直到上传成功或在此登记处理结果。',
    'The card was debited but the record was not uploaded, so clearing will not pay it. The amount counts as not yet booked until an upload succeeds or the result is recorded here.',
  ),
  notUploadedFor: {
    noTac: t(
      '没有交易认证码 (TAC),不能上传',
      'No transaction code (TAC), so it cannot be uploaded',
    ),
    contradicted: t(
      '先按扣费失败入账,天线之后又报告扣费成功',
      'Booked as failed; the antenna later reported that the debit succeeded',
    ),
    notEncoded: t(
      '记录的内容不能写成上传报文',
      'The record cannot be turned into an upload message',
    ),
    rejected: t('平台拒收', 'The platform rejected it'),
    held: t('平台没有收下,已停止重试', 'The platform did not accept it; no more retries'),
    poison: t('这条记录上传时总是出错,已搁置', 'Its upload always fails; it was set aside'),
    none: t('原因没有记录', 'The reason was not recorded'),
  },
  notUploadedTodo: {
    contradicted: t(
      '凭卡号、扣费时间和 TAC 向清分方核实:已扣的申报或退还车主,未扣的核销,再登记',
      'Check with the clearing centre by card number, time and TAC: if debited, claim it or refund the driver; if not, write it off. Then record the result',
    ),
    noTac: t(
      '凭卡号、扣费时间和金额向清分方申报,再登记',
      'Claim it from the clearing centre by card number, time and amount, then record the result',
    ),
    notEncoded: t(
      '把这一行的截图交给技术支持,按答复申报或核销',
      'Send support a screenshot of this row; claim it or write it off as they advise',
    ),
    rejected: t(
      '按平台给出的原因向平台查询,更正或申报后再登记',
      'Ask the platform about the reason it gave; record the result once it is corrected or claimed',
    ),
    held: t(
      '向平台查询这笔记录,确认后再登记',
      'Ask the platform about this record, then record the result',
    ),
    poison: t(
      '把这一行的截图交给技术支持;也可向清分方申报',
      'Send support a screenshot of this row; you can also claim it from the clearing centre',
    ),
    none: t(
      '凭卡号、扣费时间和金额向清分方查询',
      'Ask the clearing centre by card number, time and amount',
    ),
  },
  book: t('登记结果…', 'Record result…'),
  bookTitle: t('登记一笔没有上传的记录的处理结果', 'Result of a record that was not uploaded'),
  bookDo: t('登记 {amount} 已另行入账或核销', 'Record {amount} as booked elsewhere or written off'),
  bookWhy: t(
    '请在清分方确认入账或您决定核销之后登记。登记后不可更改,这笔金额不再计入未入账金额,也不再上传。',
    'Record it once the clearing centre has booked it or you have decided to write it off. It cannot be changed afterwards; the amount no longer counts as not yet booked and is not uploaded any more.',
  ),
  charges: t('结果不明的卡内扣费', 'Card debits with an unknown result'),
  chargesWhy: t(
    '已向卡片发出扣费,没有得到结果,车已离开。系统不会猜,也不会再扣:请按清分对账单或卡内记录填写结果。金额计入未入账金额。',
    'A debit was sent to the card, no result came and the car has left. The system does not guess and does not charge again: record what the clearing statement or the card shows. The amount counts as not yet booked.',
  ),
  asked: t(
    '{count} 笔扣费共 {amount} 平台还没有答复,车已离开。系统按同一个单号继续查询,不会再扣;金额计入未入账金额。',
    'Charges that the platform has not answered, and whose car has left: {count}, together {amount}. They are queried under the same number until it answers and never charged again; the amount counts as not yet booked.',
  ),
  settle: t('填写结果…', 'Record result…'),
  settleTitle: t('核实一笔扣费', 'Settle a charge'),
  settleAny: t('记入账本', 'Save to ledger'),
  settleWhy: t(
    '结果记入账本,不可更改。已扣费:订单按 ETC 付讫,因没有 TAC 不能上传,另记一条异常。未扣费:订单仍未付,可追缴。',
    'The result goes into the ledger and cannot be changed. Paid: the order is paid by ETC; without a TAC it cannot be uploaded, so an exception is recorded. Not paid: the order stays unpaid and can be collected later.',
  ),
  settleDo: {
    paid: t('记为已扣费 {amount}', 'Book {amount} as charged'),
    notPaid: t('记为未扣费 {amount}', 'Book {amount} as not charged'),
  },
  found: {
    legend: t('查明的结果', 'What was found'),
    paid: t('已扣费', 'Charged'),
    notPaid: t('未扣费', 'Not charged'),
    need: t('请选择查明的结果', 'Choose what was found'),
  },
  old: t('超过 {days} 天未结束', 'Open for more than {days} days'),
  col: {
    entered: t('入场时间', 'Entered'),
    plate: t('入场车牌', 'Plate at entry'),
    left: t('出场', 'Left'),
    exitPlate: t('出场车牌', 'Plate at exit'),
    lane: t('入场车道', 'Entry lane'),
    paid: t('已付', 'Paid'),
    asked: t('扣费时间', 'Debit at'),
    since: t('应退时间', 'Due since'),
    why: t('原因', 'Why'),
    whyAndTodo: t('原因与办法', 'Why, and what to do'),
    atLane: t('车道', 'Lane'),
    card: t('卡号', 'Card'),
    amount: t('金额', 'Amount'),
  },
  join: t('合并…', 'Merge…'),
  close: t('结束…', 'Close…'),
  closeTitle: t('结束停车记录', 'Close a stay'),
  joinTitle: t('合并为同一辆车', 'Merge two records of one car'),
  closeDo: t('结束 {plate} 的记录', 'Close the stay of {plate}'),
  joinDo: t('把 {plate} 并入 {exit}', 'Merge {plate} into {exit}'),
  closeWhy: t(
    '请先核对照片,确认车辆不在场内。记录就此结束,场内车数减一;不产生订单,不收也不退任何钱。姓名和原因记入账本。',
    'Check the photo first and make sure that the car is not inside. The stay is closed and the count of cars inside falls by one; no order is made and no money is taken or refunded. Name and reason go into the ledger.',
  ),
}
