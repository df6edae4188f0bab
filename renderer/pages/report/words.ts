// Words of the page of reports; the words inside a report come from the runtime.
// What is saved is what is shown.
import { t } from '#base/pure/words/fault-text.ts'
import { reportKindWords } from '#base/pure/values/report-kinds.ts'

export const report = {
  kind: t('报表', 'Report'),
  of: reportKindWords,
  from: t('从', 'From'),
  to: t('到(含)', 'To (inclusive)'),
  progress: t('已读 {done} / {of} 天', '{done} of {of} days read'),
  stop: t('停止', 'Stop'),
  stopped: t('已停止,没有报表', 'Stopped, no report was made'),
  empty: t('还没有报表', 'No report yet'),
  emptyWhy: t(
    '选报表和日期,报表显示在这里,可以保存。',
    'Choose a report and dates: it is shown here and can be saved.',
  ),
  save: {
    pdf: t('保存 PDF', 'Save as PDF'),
    xlsx: t('保存 Excel', 'Save as Excel'),
    csv: t('保存 CSV', 'Save as CSV'),
  },
  saved: t('已保存 {name}', 'Saved {name}'),
  plans: {
    title: t('自动生成的报表', 'Automatic reports'),
    when: t('时间', 'When'),
    day: t('每天 {at}', 'each day at {at}'),
    month: t('每月 1 日 {at}', 'the 1st of each month at {at}'),
    to: t('文件夹', 'Folder'),
    last: t('最近一次', 'Last one'),
    never: t('还没有生成过', 'none yet'),
    edition: t('第 {n} 版', 'edition {n}'),
    open: t('数字可能还会变', 'figures may still change'),
  },
}
