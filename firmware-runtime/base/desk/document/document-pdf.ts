// A document as PDF with the program's fonts; the layout code is loaded on demand.
// The pages are those of a survey report.
import type { ReportDocument } from '#survey/report/report-model.ts'
import { layOutHere } from './paper-process.ts'

/** Makes a document to print (pdf) or to edit (docx). */
export const documentBytes = (
  document: ReportDocument,
  format: 'pdf' | 'docx',
): Promise<Uint8Array> => layOutHere({ kind: format, document })

export const documentPdf = (document: ReportDocument): Promise<Uint8Array> =>
  documentBytes(document, 'pdf')
