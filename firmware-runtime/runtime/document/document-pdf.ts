// A document as PDF with the fonts of this machine's program; what lays it out is loaded when it is asked for.
// The same pages as the report of a survey.
import type { ReportDocument } from '../../app/survey/report-model.ts'
import { layOutHere } from './paper-process.ts'

/** For people who print it, or edit it. */
export const documentBytes = (
  document: ReportDocument,
  format: 'pdf' | 'docx',
): Promise<Uint8Array> => layOutHere({ kind: format, document })

export const documentPdf = (document: ReportDocument): Promise<Uint8Array> =>
  documentBytes(document, 'pdf')
