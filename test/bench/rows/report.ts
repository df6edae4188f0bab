// The report of a survey at 18 x 13 and 60 x 60 points: from its records to the page of HTML and to PDF.
// Peers: reading the records as JSON, and a PDF of one line with the same two fonts.
import pdfmake from 'pdfmake'
import { reportHtml } from '#survey/report/report-html.ts'
import { reportPdf } from '#survey/report/report-pdf.ts'
import { reportFont } from '#survey/report/report-plots.ts'
import { reportDocument } from '#survey/report/report-sections.ts'
import { reportParts } from '#base/desk/document/report-parts.ts'
import { gridPoints, type GridTemplate } from '#survey/pure/field/grid.ts'
import type { SurveyBody, SurveyRecord } from '#survey/pure/file/record.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import { openingOf, readAt } from '../../firmware-runtime/survey/pure/whole-field.ts'
import { resultOf, rounds, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'

const roundCount = roundsOf(3)
const sizes = [
  [13, 18],
  [60, 60],
] as const
const startMs = instantOf(2026, 3, 2, 0)
const fonts = reportParts()

function recordsOf([across, along]: readonly [number, number]): readonly SurveyRecord[] {
  const grid: GridTemplate = {
    id: 'bench',
    stepMm: 250,
    heightMm: 1_000,
    ring: null,
    widthMm: (across - 1) * 250,
    lengthMm: (along - 1) * 250,
  }
  const bodies: SurveyBody[] = [
    openingOf('bench', { grid }),
    ...gridPoints(grid).map(({ xMm, yMm }) =>
      readAt({ xMm, yMm }, -30 - (xMm % 1_750) / 100 - (yMm % 2_250) / 150),
    ),
  ]
  return bodies.map((body, seq) => ({ id: `r${seq}`, seq, atMs: startMs, by: 'bench', body }))
}

const reportOf = (records: readonly SurveyRecord[]) =>
  reportDocument(
    {
      file: 'bench',
      surveyId: 'bench',
      stored: [],
      records,
      lost: [],
      broken: [],
      photoOf: () => null,
    },
    { language: 'zh', printedAtMs: startMs },
  )

async function bareLine(): Promise<number> {
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => true)
  pdfmake.setFonts({ [reportFont]: { normal: fonts.regular, bold: fonts.bold } })
  const text = ['停车场现场测试报告', { text: '测试结果', bold: true }]
  const made = pdfmake.createPdf({ content: [{ text }], defaultStyle: { font: reportFont } })
  return (await made.getBuffer()).length
}

async function msOf(work: () => Promise<number> | number): Promise<number> {
  const startNs = process.hrtime.bigint()
  must((await work()) > 0, 'every pass was carried out')
  return Number(process.hrtime.bigint() - startNs) / 1e6
}

async function run(): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = []
  for (const size of sizes) {
    const records = recordsOf(size)
    const text = JSON.stringify(records)
    const name = `${size[1]}x${size[0]}`
    const html = await rounds(
      roundCount,
      () => msOf(() => reportHtml(reportOf(records)).length),
      () => msOf(() => (JSON.parse(text) as unknown[]).length),
    )
    const common = { unit: 'ms', better: 'lower' } as const
    const page = { metric: `report ${name} as HTML`, peerName: 'JSON.parse of the records' }
    results.push(resultOf({ ...page, ...common }, html))
    const pdf = await rounds(
      roundCount,
      () => msOf(async () => (await reportPdf(reportOf(records), fonts)).length),
      () => msOf(bareLine),
    )
    const file = { metric: `report ${name} as PDF`, peerName: 'a PDF of one line, same fonts' }
    results.push(resultOf({ ...file, ...common }, pdf))
  }
  return results
}

export const reportRow: BenchRow = { run }
