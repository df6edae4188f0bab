// Words of the page of the papers: questions, attachments, reviews, drills.
// Papers, questions and what the lot knows come from the runtime with their own words.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import { paperStateWords, paperWords } from '../../firmware-runtime/core/values/paper-states.ts'

export const papers = {
  papers: {
    title: t('验收文件', 'Papers of the acceptance'),
    simulated: t(
      '模拟的停车场:文件不能用于验收',
      'A simulated car park: these papers are for no acceptance',
    ),
    count: t('{all} 份,评审通过 {accepted} 份。', '{all} papers, {accepted} accepted.'),
    writer: t('填写人', 'Filled in by'),
    clause: t('条', 'Row'),
    paper: t('文件', 'Paper'),
    state: t('状态', 'State'),
    open: t('打开', 'Open'),
    openFields: t('还有 {n} 项没有人填写', '{n} not filled in by anybody'),
    ...paperWords,
    attach: t('附件', 'Attachment'),
    accept: t('评审通过', 'Accept it'),
    giveBack: t('退回修改', 'Give it back'),
    wasAccepted: t('评审通过:', 'Accepted:'),
    wasReturned: t('退回修改:', 'Given back:'),
    reviewWhy: t(
      '评审针对现在的文字和附件;以后再改,须重新评审。写的人不能评审自己写的。',
      'The review is of the words and attachments as they are now; a later change needs another. Who wrote it does not review it.',
    ),
    report: t('生成一份文件({format})', 'Make one document ({format})'),
    made: t(
      '已保存为 {file}。没有人填写的都写明了。',
      'Saved as {file}. It says what nobody filled in.',
    ),
    drill: t('记一次演练', 'Enter a drill'),
    held: t('举行的日期', 'Held on'),
    is: paperStateWords,
  },
}
