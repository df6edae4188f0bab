// A document as PDF with the fonts of this machine's program; what lays it out is loaded when it is asked for.
// The same pages as the report of a survey.
import type { ReportDocument } from '../../app/survey/report-model.ts'
import { reportParts } from './report-parts.ts'

export async function documentPdf(document: ReportDocument): Promise<Uint8Array> {
  const { reportPdf } = await import('../../app/survey/report-pdf.ts')
  return reportPdf(document, reportParts())
}
