// Counts the cost of takings reports with few and many rows for report-work.test.ts, in a separate thread
// (test/kit/in-thread.ts). Layout and packing code is loaded after the counting has begun.
import type { ReportSheet } from '#money/calls/report-views.ts'
import { tell } from '../../../../kit/in-thread.ts'
import { countWork } from '../../../../kit/steps.ts'
import { paperCounts } from '../../../survey/runs/paper-counts.ts'

const work = countWork()
const { reportFile } = await import('#money/desk/report/report-file.ts')
const { documentPdf } = await import('#base/desk/document/document-pdf.ts')
const { startMs } = await import('../../../survey/pure/records.ts')

const shapes = ['day', 'text', 'text', 'count', 'fen', 'time'] as const

/** A report of takings with one table of `rows` rows. */
async function takingsWith(rows: number) {
  const columns = shapes.map((shape, n) => ({ head: `栏 ${n}`, shape }))
  const line = (n: number) => [startMs, `测A${10_000 + n}`, '现金', n, 100 * n, startMs + n]
  const sheet: ReportSheet = {
    kind: 'day',
    language: 'zh',
    title: '示例停车场日报表',
    fromDay: '2026-03-02',
    toDay: '2026-03-02',
    madeAtIso: '2026-03-03T00:10:00+08:00',
    head: { seq: 1, hash: 'ab'.repeat(32) },
    facts: [
      ['停车场', '示例'],
      ['日期', '2026-03-02'],
    ],
    isOpen: false,
    notices: [],
    tables: [
      { name: '收费', columns, rows: Array.from({ length: rows }, (_, n) => line(n)), total: null },
    ],
  }
  return {
    rows,
    pdf: paperCounts(await work.until(() => reportFile(sheet, 'pdf', documentPdf))),
    xlsx: paperCounts(await work.until(() => reportFile(sheet, 'xlsx', documentPdf))),
  }
}

// The first report loads the layout code, so it is not counted.
await takingsWith(1)
const counts = { few: await takingsWith(40), many: await takingsWith(400) }
export type TakingsWork = typeof counts
tell(counts)
