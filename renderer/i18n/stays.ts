// Words of the list of stays to check.
// Closing a stay moves no money, and the words say so; settling a charge books what was found.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const stays = {
  stays: {
    title: t('待核对的停车记录', 'Stays to check'),
    toCheck: t('待核对 {count} 条', '{count} to check'),
    toCheckNone: t('待核对', 'To check'),
    why: t(
      '超过 {days} 天未结束的有 {count} 条;场内共计 {inside} 辆。多半是车牌误读,车早已离场。',
      '{count} are open for more than {days} days; {inside} cars count as inside. Most were misread and left long ago.',
    ),
    empty: t('没有待核对的记录', 'No stays to check'),
    emptyWhy: t(
      '车牌误读会让入场记录一直不结束;这样的记录和可能对应的出场会列在这里。',
      'A misread plate leaves its entry open for ever; such entries, and exits that may belong to them, are listed here.',
    ),
    pairs: t('可能是同一辆车', 'Possibly the same car'),
    pairsWhy: t(
      '出场时没有入场记录,而车牌与一条未结束的入场只差一个字。请核对照片后合并。',
      'An exit without entry whose plate is one character off an open entry. Look at both photos, then join them.',
    ),
    refunds: t('需人工退还的款项', 'Refunds to be made by hand'),
    refundsWhy: t(
      '平台没有这笔扣费、拒绝退费或退费已搁置,或者天线从卡内多扣:钱要由人退还。退还后在此登记,金额和姓名记入账本。',
      'The platform never had this charge or refused the refund, the refund was set aside, or an antenna took more than was due: people give it back. Enter it here afterwards; sum and name go into the ledger.',
    ),
    refundWhy: {
      never: t('平台没有这笔扣费', 'Not at the platform'),
      rejected: t('平台拒绝退费', 'Platform refused'),
      overcharged: t('天线从卡内多扣', 'The antenna took too much from the card'),
      held: t('已搁置,不再向平台申请', 'Set aside, no platform is asked any more'),
    },
    refundTodo: t(
      '先向平台核实没有退过,再退还给车主',
      'Ask the platform first whether it gave it back already',
    ),
    giveBack: t('已退还…', 'Given back…'),
    giveBackTitle: t('登记已退还的款项', 'Enter money given back'),
    giveBackWhy: t(
      '请在钱已退到车主手中之后登记。登记后不可更改,也不会再向平台申请退费。',
      'Enter it when the driver has the money. It stands for good, and the platform is not asked any more.',
    ),
    giveBackBy: t('怎样退还的', 'How it went back'),
    backBy: {
      cash: t('现金,从钱箱拿出(计入本班现金)', 'Cash, out of the drawer (comes off its shift)'),
      transfer: t('转账', 'Transfer'),
      issuer: t('由发行方退回卡账户', 'By the issuer, to the account of the card'),
    },
    giveBackDo: t('登记已退还 {amount}', 'Enter {amount} as given back'),
    notUploaded: t(
      '已扣费而平台没有记录:{count} 笔,共 {amount}',
      'Paid, and the platform has no record: {count}, {amount} in all',
    ),
    notUploadedWhy: t(
      '卡内的钱已扣,而这笔记录没有上传成功,清分时收不到。金额计入未入账金额,直到上传成功或在此登记处理结果。',
      'The card has paid, and its record was not uploaded, so clearing will not bring the money. The sum counts as exposure until an upload succeeds or a person enters here what became of it.',
    ),
    notUploadedFor: {
      noTac: t(
        '没有交易认证码 (TAC),不能上传',
        'No transaction code (TAC), so it cannot be uploaded',
      ),
      contradicted: t(
        '先按扣费失败入账,天线之后又报告扣费成功',
        'Booked as refused; the antenna said afterwards that the card had paid',
      ),
      notEncoded: t('记录的内容不能写成上传报文', 'The record cannot be written as an upload'),
      rejected: t('平台拒收', 'The platform refused it'),
      held: t('平台没有收下,已停止重试', 'The platform did not accept it; no more tries'),
      poison: t('这条记录上传时总是出错,已搁置', 'Its upload always fails; it was set aside'),
      none: t('原因没有记录', 'The reason was not recorded'),
    },
    notUploadedTodo: {
      contradicted: t(
        '凭卡号、扣费时间和 TAC 向清分方核实:已扣的申报或退还车主,未扣的核销,再登记',
        'Ask the clearing side by card number, time and TAC: claim it or give it back if the card paid, write it off if not, then enter that here',
      ),
      noTac: t(
        '凭卡号、扣费时间和金额向清分方申报,再登记',
        'Claim it from the clearing side by card number, time and sum, then enter that here',
      ),
      notEncoded: t(
        '把这一行的截图交给技术支持,按答复申报或核销',
        'Give support a picture of this row; claim it or write it off as they answer',
      ),
      rejected: t(
        '按平台给出的原因向平台查询,更正或申报后再登记',
        'Ask the platform about the reason it gave; enter the result when it is corrected or claimed',
      ),
      held: t(
        '向平台查询这笔记录,确认后再登记',
        'Ask the platform about this record, then enter the result',
      ),
      poison: t(
        '把这一行的截图交给技术支持;也可向清分方申报',
        'Give support a picture of this row; it can be claimed from the clearing side as well',
      ),
      none: t(
        '凭卡号、扣费时间和金额向清分方查询',
        'Ask the clearing side by card number, time and sum',
      ),
    },
    book: t('登记结果…', 'Enter the result…'),
    bookTitle: t(
      '登记一笔没有上传的记录的处理结果',
      'What became of a record that was not uploaded',
    ),
    bookDo: t(
      '登记 {amount} 已另行入账或核销',
      'Enter {amount} as booked otherwise or written off',
    ),
    bookWhy: t(
      '请在清分方确认入账或您决定核销之后登记。登记后不可更改,这笔金额不再计入未入账金额,也不再上传。',
      'Enter it when the clearing side has booked it, or when you write it off. It stands for good; the sum no longer counts as exposure and is not uploaded any more.',
    ),
    charges: t('结果不明的卡内扣费', 'Card debits with an unknown result'),
    chargesWhy: t(
      '已向卡片发出扣费,没有得到结果,车已离开。系统不会猜,也不会再扣:请按清分对账单或卡内记录填写结果。金额计入未入账金额。',
      'The card was told to pay, no result came and the car is gone. Nothing is charged again: enter what the clearing statement or the card says. The sum counts as exposure.',
    ),
    settle: t('填写结果…', 'Enter the result…'),
    settleTitle: t('核实一笔扣费', 'Settle a charge'),
    settleAny: t('记入账本', 'Book the result'),
    settleWhy: t(
      '结果记入账本,不可更改。已扣费:订单按 ETC 付讫,因没有 TAC 不能上传,另记一条异常。未扣费:订单仍未付,可追缴。',
      'The result goes into the ledger for good. Paid: the order is paid by ETC; without a TAC it cannot be uploaded and is noted as an exception. Not paid: the order stays due.',
    ),
    settleDo: {
      paid: t('记为已扣费 {amount}', 'Book {amount} as paid'),
      notPaid: t('记为未扣费 {amount}', 'Book {amount} as not paid'),
    },
    found: {
      legend: t('查明的结果', 'What was found'),
      paid: t('已扣费', 'Paid'),
      notPaid: t('未扣费', 'Not paid'),
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
    join: t('合并…', 'Join…'),
    close: t('结束…', 'Close…'),
    closeTitle: t('结束停车记录', 'Close a stay'),
    joinTitle: t('合并为同一辆车', 'Join two records of one car'),
    closeDo: t('结束 {plate} 的记录', 'Close the stay of {plate}'),
    joinDo: t('把 {plate} 并入 {exit}', 'Join {plate} with {exit}'),
    closeWhy: t(
      '请先核对照片,确认车辆不在场内。记录就此结束,场内车数减一;不产生订单,不收也不退任何钱。姓名和原因记入账本。',
      'Look at the photo first and make sure that the car is not inside. The stay ends and the count inside goes down by one; no order is made, no money is taken or given back. Name and reason go into the ledger.',
    ),
  },
}
