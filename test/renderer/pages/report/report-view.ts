// The report of a day in the runtime's answer: open, with every means of payment and a sum.
// The figures agree; the tests read them on the page again.
import type { ReportRunView, ReportSheet } from '#money/calls/report-views.ts'

export const reportSheet: ReportSheet = {
  kind: 'day',
  language: 'zh',
  title: '示例停车场日报表',
  fromDay: '2026-03-14',
  toDay: '2026-03-14',
  madeAtIso: '2026-03-14T21:00:00.000+08:00',
  head: { seq: 1842, hash: 'ab'.repeat(32) },
  facts: [
    ['停车场', '示例停车场'],
    ['账本摘要', 'ab'.repeat(32)],
  ],
  isOpen: true,
  notices: ['未结束:还会有收费'],
  tables: [
    {
      name: '收费',
      columns: [
        { head: '收费方式', shape: 'text' },
        { head: '笔数', shape: 'count' },
        { head: '金额(元)', shape: 'fen' },
      ],
      rows: [
        ['ETC', 88, 105_600],
        ['现金', 8, 9_600],
      ],
      total: ['合计', 96, 115_200],
    },
    {
      name: '按日',
      columns: [
        { head: '日期', shape: 'day' },
        { head: '状态', shape: 'text' },
        { head: '时间', shape: 'time' },
      ],
      rows: [
        [
          Date.parse('2026-03-14T00:00:00+08:00'),
          '未结清',
          Date.parse('2026-03-14T23:30:00+08:00'),
        ],
      ],
      total: null,
    },
  ],
}

export const reportRun: ReportRunView = {
  reportId: 'r1',
  state: 'done',
  done: 1,
  of: 1,
  sheet: reportSheet,
  error: null,
}
