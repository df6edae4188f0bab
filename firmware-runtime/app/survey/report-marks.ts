// A report in Chinese has Chinese marks in every text, as the window has: ，；：（）.
// Photos stay as they are, and what the standard prints is quoted to the letter.
import { surveyItems } from '../../survey/items/index.ts'
import { chineseMarks } from '../../core/values/chinese-marks.ts'
import type { ReportDocument } from './report-model.ts'

const printed = new Set(surveyItems.map((item) => item.printed))

function marked(value: unknown): unknown {
  if (typeof value === 'string') return printed.has(value) ? value : chineseMarks(value)
  if (Array.isArray(value)) return value.map(marked)
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, marked(part)]))
}

export const withChineseMarks = (report: ReportDocument): ReportDocument =>
  report.language === 'zh' ? (marked(report) as ReportDocument) : report
