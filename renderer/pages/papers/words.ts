// Words of the page of the papers: questions, attachments, reviews, drills.
// Papers, questions and what the lot knows come from the runtime with their own words.
import { t } from '#base/pure/words/fault-text.ts'
import { paperStateWords, paperWords } from '#base/pure/values/paper-states.ts'

export const papers = {
  simulated: t(
    '模拟的停车场:文件不能用于验收',
    'Simulated car park: these papers cannot be used for acceptance',
  ),
  count: t('{all} 份,评审通过 {accepted} 份。', '{all} papers, {accepted} accepted.'),
  writer: t('填写人', 'Filled in by'),
  clause: t('条', 'Row'),
  paper: t('文件', 'Paper'),
  state: t('状态', 'State'),
  open: t('打开', 'Open'),
  openFields: t('还有 {n} 项没有填写', '{n} not filled in yet'),
  ...paperWords,
  attach: t('附件', 'Attachment'),
  accept: t('评审通过', 'Accept'),
  giveBack: t('退回修改', 'Return'),
  wasAccepted: t('评审通过:', 'Accepted:'),
  wasReturned: t('退回修改:', 'Returned:'),
  reviewWhy: t(
    '评审针对现在的文字和附件;以后再改,须重新评审。写的人不能评审自己写的。',
    'The review covers the present text and attachments; later changes need a new review. Authors cannot review their own papers.',
  ),
  report: t('生成一份文件({format})', 'Make one document ({format})'),
  made: t(
    '已保存为 {file}。没有填写的都写明了。',
    'Saved as {file}. It lists everything not filled in.',
  ),
  drill: t('记一次演练', 'Record a drill'),
  held: t('举行的日期', 'Held on'),
  is: paperStateWords,
}
