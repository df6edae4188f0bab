// Words of receipts: the paper itself is made by the runtime.
// A receipt that nobody knows to be printed is never called printed.
import { t } from '#base/pure/words/fault-text.ts'

export const receipt = {
  open: t('收据', 'Receipt'),
  title: t('停车收费收据', 'Receipt of the stay'),
  code: t('收据的二维码', 'QR code of the receipt'),
  copy: t(
    '已经打印或存过一次,再印会标为副本。',
    'Already printed or saved once; the next print is marked as a copy.',
  ),
  invoiced: t('已开票 {no}', 'Invoiced {no}'),
  print: t('打印', 'Print'),
  printer: t('打印机', 'Printer'),
  pdf: t('存成 PDF', 'Save as PDF'),
  close: t('关闭', 'Close'),
  printed: t('已在打印机 {printer} 上印出', 'Printed on {printer}'),
  saved: t('已保存:{file}', 'Saved: {file}'),
  nearEnd: t('打印纸快用完了', 'Paper is nearly used up'),
  drawerShut: t(
    '收现金时钱箱不会自己打开,用钥匙开',
    'The drawer does not open by itself for cash: use its key',
  ),
  noPrinter: t('本车场没有配置收据打印机', 'This car park has no receipt printer'),
  openCount: t('没有印出的收据 {count} 张', 'Receipts not printed: {count}'),
  since: t('要收据的时间', 'Requested'),
  why: t('没有印出的原因', 'Why it did not print'),
  sent: t('已发往打印机,可能印出一部分', 'sent to the printer, may be partly printed'),
  unsent: t(
    '没有发出,恢复后十分钟内自动补印一次',
    'not sent; printed once automatically if the printer recovers within ten minutes',
  ),
  give: t('补打或另给…', 'Print or give it…'),
  endTitle: t('登记这张收据的结果', 'Result of this receipt'),
  endDo: t('登记结果', 'Record the result'),
  how: {
    seen: t('看过打印机,已经印出', 'Printer checked: the receipt was printed'),
    code: t('司机已扫收据二维码', "The driver scanned the receipt's QR code"),
    notWanted: t('司机不要收据', 'The driver does not want it'),
  },
  check: t('验一张收据', 'Check a receipt'),
  checkWhy: t(
    '扫收据上的二维码,或粘贴二维码里的文字。不联网也能验。',
    'Scan the code on the receipt, or paste its text. No network is needed.',
  ),
  checkText: t('二维码的文字', 'Text of the code'),
  checkDo: t('验', 'Check'),
  holds: t('是本场开出的收据', 'This car park issued it'),
  holdsLost: t(
    '签名是本场的;那天的总表随旧电脑丢了,对不上号',
    "The signature is this car park's, but that day's summary was lost with an old computer, so it cannot be matched",
  ),
  bad: {
    unreadable: t('不是收据的二维码,或没有扫全', 'Not a receipt QR code, or not fully scanned'),
    noKey: t('没有密钥,验不了', 'No key to check it with'),
    otherKey: t('不是本场的收据', 'Not a receipt of this car park'),
    forged: t(
      '签名不对,是假的或被改过',
      'The signature is wrong: the receipt is forged or was changed',
    ),
    dayForged: t(
      '那天的总签名对不上:账本可能被改过,请找人来查',
      'The signed summary of that day does not match: the ledger may have been changed. Have it checked',
    ),
    notInDay: t(
      '签名是本场的,但那天的账里没有这张',
      "The signature is this car park's, but that day's records have no such receipt",
    ),
  },
  waits: t(
    '{count} 张收据没有印出,最早 {time}',
    '{count} receipts were not printed, oldest {time}',
  ),
  go: t('去处理', 'Go there'),
  waiting: t('{count} 张收据要了没有印出:', '{count} requested receipts were not printed:'),
}
