// Words of the page at the end of a set-up: whether who set the lot up may drive home.
// Its lines come from the runtime with their own words (lane/pure/lot/leave-lines.ts).
import { t } from '#base/pure/words/fault-text.ts'

export const leave = {
  yes: t('可以:{all} 项都做到了', 'Yes: all {all} items are done'),
  no: t('还不行:{all} 项里还有 {open} 项', 'Not yet: {open} of {all} items are open'),
  from: t(
    '按记录和测量判定,没有要打勾的;{at} 判定',
    'Judged from records and measurements, with no boxes to tick; judged {at}',
  ),
  simulated: t(
    '设备或平台是模拟的:这一页说的不是真停车场',
    'Devices or platform are simulated: this page is not about a real car park',
  ),
  again: t('重新判定', 'Judge again'),
  judging: t(
    '正在读账本、勘测和测量…已 {n} 秒',
    'Reading ledger, surveys and measurements, {n} s so far',
  ),
  line: t('项目', 'Line'),
  state: t('状态', 'State'),
  measured: t('测得', 'Measured'),
  next: t('下一步', 'What to do next'),
  go: t('去做', 'Go there'),
  is: {
    done: t('完成', 'done'),
    open: t('未完', 'unfinished'),
    failed: t('不通过', 'failed'),
    none: t('没有这一项', 'none here'),
  },
}
