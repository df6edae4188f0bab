// Words of receipts: the paper itself is made by the runtime.
// A receipt that nobody knows to be printed is never called printed.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const receipt = {
  receipt: {
    open: t('收据', 'Receipt'),
    title: t('停车收费收据', 'Receipt of the stay'),
    code: t('收据的二维码', 'QR code of the receipt'),
    copy: t(
      '已经打印或存过一次,再印会标为副本。',
      'It was printed or saved once: the next one is marked as a copy.',
    ),
    print: t('打印', 'Print'),
    printer: t('打印机', 'Printer'),
    pdf: t('存成 PDF', 'Save as PDF'),
    close: t('关闭', 'Close'),
    printed: t('已在打印机 {printer} 上印出', 'Printed on {printer}'),
    saved: t('已存到下载文件夹:{file}', 'Saved in the downloads folder: {file}'),
    nearEnd: t('打印纸快用完了', 'The paper is nearly out'),
    drawerShut: t(
      '收现金时钱箱不会自己打开,用钥匙开',
      'The drawer will not open for cash: use its key',
    ),
    noPrinter: t('本车场没有配置收据打印机', 'This lot has no receipt printer'),
    openCount: t('没有印出的收据 {count} 张', 'Receipts that did not print: {count}'),
    since: t('要收据的时间', 'Asked for'),
    why: t('没有印出的原因', 'Why it did not print'),
    sent: t('已发往打印机,可能印出一部分', 'it had left for the printer, a part may be out'),
    unsent: t(
      '没有发出,恢复后十分钟内自动补印一次',
      'nothing had left: printed once if the printer is back within ten minutes',
    ),
    give: t('补打或另给…', 'Print or give it…'),
    endTitle: t('登记这张收据的结果', 'How this receipt ended'),
    endDo: t('登记结果', 'Record it'),
    how: {
      seen: t('看过打印机,已经印出', 'It was looked at: the paper is there'),
      code: t('司机已扫收据二维码', 'The driver scanned the code of the receipt'),
      notWanted: t('司机不要收据', 'The driver does not want it'),
    },
    check: t('验一张收据', 'Check a receipt'),
    checkWhy: t(
      '扫收据上的二维码,或粘贴二维码里的文字。不联网也能验。',
      'Scan the code on the receipt, or paste its text. No network is needed.',
    ),
    checkText: t('二维码的文字', 'Text of the code'),
    checkDo: t('验', 'Check'),
    holds: t('是本场开出的收据', 'This lot gave it out'),
    holdsLost: t(
      '签名是本场的;那天的总表随旧电脑丢了,对不上号',
      'The signature is of this lot; its day was lost with an earlier machine, so its place cannot be seen',
    ),
    bad: {
      unreadable: t(
        '不是收据的二维码,或没有扫全',
        'This is no code of a receipt, or not all of it',
      ),
      noKey: t('没有密钥,验不了', 'There is no key to check it by'),
      otherKey: t('不是本场的收据', 'It is no receipt of this lot'),
      forged: t(
        '签名不对,是假的或被改过',
        'The signature does not fit: it is forged or was changed',
      ),
      dayForged: t(
        '那天的总签名对不上:账本可能被改过,请找人来查',
        'The head of its day does not fit: the ledger may have been changed, have somebody look',
      ),
      notInDay: t(
        '签名是本场的,但那天的账里没有这张',
        'The signature is of this lot, but the books of that day have no such receipt',
      ),
    },
    waits: t(
      '{count} 张收据没有印出,最早 {time}',
      '{count} receipts did not print, the first at {time}',
    ),
    go: t('去处理', 'Go there'),
    waiting: t('{count} 张收据要了没有印出:', '{count} receipts were asked for and did not print:'),
  },
}
