// Counts the cost of survey reports with few and many points for report-work.test.ts, in a separate thread
// (test/kit/in-thread.ts). Layout and packing code is loaded after the counting has begun.
import type { PointMm } from '#survey/pure/field/grid.ts'
import { tell } from '../../../kit/in-thread.ts'
import { countWork } from '../../../kit/steps.ts'
import { paperCounts } from './paper-counts.ts'

const work = countWork()
const { reportDocument } = await import('#survey/report/report-sections.ts')
const { reportXlsx } = await import('#survey/report/report-xlsx.ts')
const { readingSheets } = await import('#survey/report/report-readings.ts')
const { documentBytes } = await import('#base/desk/document/document-pdf.ts')
const { gridPoints } = await import('#survey/pure/field/grid.ts')
const { recordsOf, startMs } = await import('../pure/records.ts')
const { openingOf, readAt } = await import('../pure/whole-field.ts')

/** A survey of `across` by `along` points, each with one reading. */
function surveyOf(across: number, along: number) {
  const [widthMm, lengthMm] = [(across - 1) * 250, (along - 1) * 250]
  const grid = { id: 'g', stepMm: 250, heightMm: 1_000, ring: null, widthMm, lengthMm }
  const levelOf = ({ xMm, yMm }: PointMm): number => -30 - (xMm % 1_750) / 100 - (yMm % 2_250) / 150
  return recordsOf([
    openingOf('t', { site: 's', grid }),
    ...gridPoints(grid).map((point) => readAt(point, levelOf(point))),
  ])
}

async function surveyWith(across: number, along: number) {
  const records = surveyOf(across, along)
  const of = { file: 'x', surveyId: 'x', stored: [], records, lost: [], broken: [] }
  const document = reportDocument(
    { ...of, photoOf: () => null },
    { language: 'zh', printedAtMs: startMs },
  )
  return {
    points: across * along,
    pdf: paperCounts(await work.until(() => documentBytes(document, 'pdf'))),
    docx: paperCounts(await work.until(() => documentBytes(document, 'docx'))),
    xlsx: paperCounts(await work.until(() => reportXlsx(document, readingSheets(records, 'zh')))),
  }
}

const counts = { few: await surveyWith(13, 18), many: await surveyWith(26, 36) }
export type ReportWork = typeof counts
tell(counts)
