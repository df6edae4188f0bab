// Chinese words of the page of the papers: questions, attachments, reviews, drills.
// Papers, questions and what the lot knows come from the runtime with their own words.

export const papers = {
  papers: {
    title: '验收文件',
    simulated: '模拟的停车场:文件不能用于验收',
    count: '{all} 份,评审通过 {accepted} 份。',
    writer: '填写人',
    clause: '条',
    paper: '文件',
    state: '状态',
    open: '打开',
    openFields: '还有 {n} 项没有人填写',
    ofLot: '(系统)',
    unknown: '系统不知道',
    nobody: '没有人填写',
    attach: '附件',
    accept: '评审通过',
    giveBack: '退回修改',
    wasAccepted: '评审通过:',
    wasReturned: '退回修改:',
    reviewWhy: '评审针对现在的文字和附件;以后再改,须重新评审。写的人不能评审自己写的。',
    report: '生成一份文件({format})',
    made: '已保存为 {file}。没有人填写的都写明了。',
    drill: '记一次演练',
    held: '举行的日期',
    is: {
      open: '未填完',
      filled: '待评审',
      accepted: '评审通过',
      returned: '退回修改',
      changed: '评审后改过',
    },
  },
}
