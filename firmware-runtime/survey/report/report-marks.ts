// A Chinese report has Chinese punctuation in every text, like the window: ，；：（）. Photos stay unchanged, and the
// standard's text is quoted literally.
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import type { ReportDocument } from './report-model.ts'

/** Converts every text; bytes and drawings stay unchanged. */
function texts(value: unknown, of: (text: string) => string): unknown {
  if (typeof value === 'string') return value.startsWith('<svg') ? value : of(value)
  if (Array.isArray(value)) return value.map((part) => texts(part, of))
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, texts(part, of)]))
}

/** `isQuoted`: whether a text is the standard's own, which stays as it is. */
export const withChineseMarks = (
  report: ReportDocument,
  isQuoted: (text: string) => boolean = () => false,
): ReportDocument =>
  report.language === 'zh'
    ? (texts(report, (text) => (isQuoted(text) ? text : chineseMarks(text))) as ReportDocument)
    : report

const units = 'dBm|dBi|dB|ms|s|min|mm|m|%|kbps|kbit|Kbps|MB|MHz|km'
const gaps = [
  // A figure with its unit, thousands, error sign, or the figure with which it is compared.
  new RegExp(`(?<=\\d) (?=(?:${units})(?![A-Za-z])|[分次枚处点秒组])`, 'g'),
  /(?<=\d) (?=\d{3}(?!\d))/g,
  /(?<=[\dA-Za-z%]) (?=[/±] ?-?\d)/g,
  /(?<=[ \u00a0][/±]) (?=-?\d)/g,
  /(?<=\d) (?=to -?\d)|(?<=\d[ \u00a0]to|\bU) (?=-?\d)/g,
  /(?<=[≤≥<>]) (?=-?\d)/g,
  /(?<=\d{4}-\d{2}-\d{2}) (?=\d{2}:)/g,
] as const

/** No line ends between a figure and its unit, or a day and its hour. */
export const withWholeFigures = (report: ReportDocument): ReportDocument =>
  texts(report, (text) =>
    / [\dA-Za-z%/±-]/.test(text) && /\d|[≤≥<>] /.test(text)
      ? gaps.reduce((whole, gap) => whole.replaceAll(gap, '\u00a0'), text)
      : text,
  ) as ReportDocument
