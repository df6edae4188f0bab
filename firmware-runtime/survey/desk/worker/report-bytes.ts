// The report of a survey file in one format, as bytes: for the command, the demo and Studio's calls.
// Layout and packing code is loaded on demand, so that lanes do not load it.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { readSurveyPhoto } from '../../sqlite/survey-file.ts'
import type { ReportDocument, ReportLanguage } from '../../report/report-model.ts'
import { checkedTemplate, templateBytesMax, templateName } from '../../report/report-template.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { readText } from '#base/process/read-file.ts'
import { readSurvey, surveyDigests } from '../../files/open-survey.ts'
import { layOutHere, type LayOut } from '#base/desk/document/paper-process.ts'

export const reportFormats = ['html', 'pdf', 'docx', 'xlsx'] as const
export type ReportFormat = (typeof reportFormats)[number]

const office = 'application/vnd.openxmlformats-officedocument'
export const reportMimes: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html',
  pdf: 'application/pdf',
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
}

const utf8 = new TextEncoder()

async function documentOf(file: string, language: ReportLanguage): Promise<ReportDocument> {
  const { content, records, issuer } = readSurvey(file)
  const { surveyId, records: stored, lost, broken } = content
  const { ofBytes } = surveyDigests()
  /** A picture with missing or changed bytes is left out; the report says so. */
  const photoOf = (digest: string) => {
    try {
      return readSurveyPhoto(file, digest, ofBytes)
    } catch (error) {
      if (error instanceof LaneFault && error.code === 'SURVEY-09') return null
      throw error
    }
  }
  const { reportDocument } = await import('../../report/report-sections.ts')
  return reportDocument(
    { file, surveyId, stored, records, issuer, lost, broken, photoOf },
    { language, printedAtMs: systemWallClock().nowMs() },
  )
}

export const hasOwnTemplate = (file: string): boolean =>
  existsSync(join(dirname(file), templateName))

/** The user's template in the folder of the survey; undefined when there is no such file. */
function ownTemplate(file: string): string | undefined {
  const own = join(dirname(file), templateName)
  if (!existsSync(own)) return undefined
  return checkedTemplate(readText(own, templateBytesMax), own)
}

export async function reportBytes(
  file: string,
  format: ReportFormat,
  language: ReportLanguage,
  layOut: LayOut = layOutHere,
): Promise<Uint8Array> {
  const report = await documentOf(file, language)
  switch (format) {
    case 'html': {
      const { reportHtml } = await import('../../report/report-html.ts')
      return utf8.encode(reportHtml(report, ownTemplate(file)))
    }
    case 'pdf':
    case 'docx':
      return layOut({ kind: format, document: report })
    case 'xlsx': {
      const { readingSheets } = await import('../../report/report-readings.ts')
      const { reportXlsx } = await import('../../report/report-xlsx.ts')
      return reportXlsx(report, readingSheets(readSurvey(file).records, language))
    }
  }
}
