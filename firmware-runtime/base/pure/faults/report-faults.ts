// Faults of reports and of receipts: no receipt for this stay, an invalid key, a printer that did not print.
// Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  REPORT: t(
    '没有出具报告,勘测文件没有改动;车道不受影响',
    'No report was made and the survey file is unchanged; the lanes are not affected',
  ),
  RECEIPT: t(
    '收据没有打印,车道照常放行',
    'The receipt was not printed; the lanes let cars out as usual',
  ),
}

export const reportFaults = faultRows(means, {
  'REPORT-01': {
    what: t('报告模板不可用', 'The report template cannot be used'),
    todo: t(
      '按所示行改正模板,或删去它以使用内置模板',
      'Correct the line shown in the template, or delete the template to use the built-in one',
    ),
  },
  'REPORT-02': {
    what: t(
      '报告所需的字体或部件不在安装目录中',
      'A font or a component that the report needs is not in the installation folder',
    ),
    todo: t(
      '重新安装软件,或先用 HTML 格式',
      'Install the program again, or use the HTML format for now',
    ),
  },
  'REPORT-03': {
    what: t('报告没有打印成功', 'The report could not be printed'),
    todo: t('再试一次;仍不行时保存 HTML', 'Try again; if it fails again, save the HTML'),
  },
  'REPORT-04': {
    what: t('定时报表没有写成', 'A scheduled report was not written'),
    means: t(
      '车道照常运行;每刻钟再试,错过的日期会补出',
      'The lanes keep running; it is tried again every quarter of an hour, and missed days are made up',
    ),
    todo: t(
      '检查那个文件夹在不在、能不能写、满没满',
      'Check that the folder exists, is writable and is not full',
    ),
  },
  'REPORT-05': {
    what: t('文件已取消,没有生成', 'The document was cancelled and was not made'),
    means: t(
      '数据没有改动,车道不受影响;以前保存的文件还在',
      'No data was changed and the lanes are not affected; files saved earlier are still there',
    ),
    todo: t('需要时再生成一次', 'Make it again if you need it'),
  },
  'RECEIPT-01': {
    what: t('没有可开的收据', 'There is no receipt to issue'),
    means: t('什么都没有开出', 'Nothing was issued'),
    todo: t(
      '检查停车记录编号和日期;没有收过钱的停车不开收据',
      'Check the number of the stay and the date; there is no receipt for a stay without a payment',
    ),
  },
  'RECEIPT-02': {
    what: t('收据公钥文件读不懂', 'The public key file for receipts cannot be read'),
    means: t('没有核对收据', 'The receipt was not checked'),
    todo: t(
      '使用车场公布的收据公钥文件,或 keys 文件夹里的 receipt-public.pem',
      'Use the public key file that the lot publishes, or receipt-public.pem in the keys folder',
    ),
  },
  'RECEIPT-03': {
    what: t('没有这台打印机', 'There is no such printer'),
    means: t('收据没有打印,可以存成文件', 'The receipt was not printed; you can save it as a file'),
    todo: t(
      '在停车场文件里写上打印机,或指明其中一台',
      'Enter a printer in the lot file, or name one of those listed there',
    ),
  },
  'RECEIPT-04': {
    what: t('打印机缺纸', 'The printer is out of paper'),
    todo: t(
      '装纸;十分钟内要的会补印一次,更早的请再打印',
      'Put in paper: receipts requested in the last ten minutes are then printed once; print older ones again',
    ),
  },
  'RECEIPT-05': {
    what: t('打印机上盖开着', 'The cover of the printer is open'),
    todo: t(
      '合上上盖;十分钟内要的会补印一次,更早的请再打印',
      'Close the cover: receipts requested in the last ten minutes are then printed once; print older ones again',
    ),
  },
  'RECEIPT-06': {
    what: t('打印机报故障或脱机', 'The printer reports an error or is offline'),
    todo: t(
      '看打印机指示灯,排除卡纸后重新开机',
      'Look at the printer lamps, clear any paper jam and switch it on again',
    ),
  },
  'RECEIPT-07': {
    what: t('打印机没有应答', 'The printer does not answer'),
    todo: t(
      '检查打印机电源、网线和地址,别的程序占用时先关掉',
      'Check the power, the cable and the address of the printer; close any other program that uses it',
    ),
  },
  'RECEIPT-08': {
    what: t(
      '收据已发往打印机,但不知是否印出',
      'The receipt was sent to the printer, but it is not known whether it was printed',
    ),
    means: t(
      '不会自动重印,车道照常放行',
      'It is not printed again by itself; the lanes let cars out as usual',
    ),
    todo: t(
      '看一眼打印机;没有印全就再打印一次,会标为副本',
      'Look at the printer; if the receipt is incomplete, print it again: it will be marked as a copy',
    ),
  },
  'RECEIPT-10': {
    what: t('打印机状态读不到', 'The printer status cannot be read'),
    means: t(
      '可以打印,但不知道是否印出;每张都要人看过才算数',
      'It can print, but it is not known whether a receipt came out: a person must look at each one',
    ),
    todo: t(
      '换用网口打印机或能应答状态的打印机;现用的看过后登记结果',
      'Use a network printer, or one that reports its status; with this one, look at each receipt and record the result',
    ),
  },
  'RECEIPT-11': {
    what: t('收据或争议文件不成立', 'The receipt or the dispute file is not valid'),
    means: t('不能作为凭据;车道照常运行', 'It cannot be used as proof; the lanes keep running'),
    todo: t(
      '看所示的原因,用停车场公布的公钥再核对原件',
      'See the reason shown, and check the original again with the public key that the lot publishes',
    ),
  },
  'RECEIPT-09': {
    what: t('这张收据没有在等待打印', 'This receipt is not waiting to be printed'),
    means: t('什么都没有改', 'Nothing was changed'),
    todo: t(
      '刷新后再看,可能已经印出或由别人处理了',
      'Refresh and look again: it may have been printed, or somebody else has dealt with it',
    ),
  },
})
