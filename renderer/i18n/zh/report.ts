// Chinese words of the page of reports; the words inside a report come from the runtime.
// What is saved is what is shown.

export const report = {
  report: {
    title: '报表',
    kind: '报表',
    of: {
      day: '日报表',
      shift: '交接班报表',
      month: '月报表',
      tariff: '费率报表',
      means: '收费方式报表',
      exceptions: '异常报表',
    },
    from: '从',
    to: '到(含)',
    progress: '已读 {done} / {of} 天',
    stop: '停止',
    stopped: '已停止,没有报表',
    empty: '还没有报表',
    emptyWhy: '选报表和日期,报表显示在这里,可以保存。',
    save: { pdf: '保存 PDF', xlsx: '保存 Excel', csv: '保存 CSV' },
    saved: '已保存 {name}',
    plans: {
      title: '自动生成的报表',
      when: '时间',
      day: '每天 {at}',
      month: '每月 1 日 {at}',
      to: '文件夹',
      last: '最近一次',
      never: '还没有生成过',
      edition: '第 {n} 版',
      open: '数字可能还会变',
    },
  },
}
