// Table rows of a report for paper: an unsplit row has less than half a page, so that no half page stays empty. A
// longer one continues in a row below, with an empty name.
import type { Verdict } from '../pure/file/record.ts'
import type {
  ReportBlock,
  ReportCell,
  ReportDocument,
  ReportSignature,
  ReportTable,
} from './report-model.ts'
import { withWholeFigures } from './report-marks.ts'

const pageMm = 180
/** Width of a half-width character at 9.5 pt; a Chinese character has two of them. */
const halfSignMm = 1.68
const paddingMm = 3
/** About 80 mm of the 263 mm between the margins. */
const rowLines = 16

const widthOf = (sign: string): number => ((sign.codePointAt(0) ?? 0) > 0x2fff ? 2 : 1)
const isGap = (sign: string): boolean => /[\s,.;:，。；：、）)]/.test(sign)

/** Pieces of at most `most` half-width characters, cut at a gap when one is near the end. */
function piecesOf(text: string, most: number): readonly string[] {
  if (2 * text.length < most) return [text]
  const pieces: string[] = []
  let piece = ''
  let wide = 0
  for (const sign of text) {
    piece += sign
    wide += widthOf(sign)
    if (wide < most && !(isGap(sign) && wide > most * 0.85)) continue
    pieces.push(piece)
    piece = ''
    wide = 0
  }
  return piece === '' ? pieces : [...pieces, piece]
}

/** `widths`: shares of the columns. One row, or as many as its longest cell needs. */
export function rowsOnPaper(
  cells: readonly ReportCell[],
  widths: readonly number[],
): readonly (readonly ReportCell[])[] {
  const total = widths.reduce((a, b) => a + b, 0)
  const most = (column: number): number =>
    Math.floor(((pageMm * (widths[column] ?? total)) / total - paddingMm) / halfSignMm) * rowLines
  const pieces = cells.map(({ text }, column) => piecesOf(text, most(column)))
  const count = Math.max(1, ...pieces.map(({ length }) => length))
  if (count === 1) return [cells]
  return Array.from({ length: count }, (_, row) =>
    cells.map((cell, column) => ({ ...cell, text: pieces[column]?.[row] ?? '' })),
  )
}

/** Width in mm at 9.5 pt, bold: dots and strokes, broad letters, capitals, all others. */
const signMm = (sign: string): number =>
  /[\u00a0 .,:;/|!'()iljfI-]/.test(sign)
    ? 1.2
    : /[mwMW%@→±≤≥]/.test(sign)
      ? 3.35
      : /[A-Z]/.test(sign)
        ? 2.4
        : 2.1
/** A longer text may be broken: it is the name of a file or a host, not a word. */
const wordMax = 22

/** The widest word is among this number of longest ones. */
const longestWords = 6

/** Width of the widest word, mm. */
function longestOf(texts: readonly string[]): number {
  const words = new Set(texts.join('\n').match(/[!-~\u00a0–°±≤≥]+/g) ?? [])
  const wide = [...words].filter(({ length }) => length <= wordMax)
  const longest = wide.toSorted((a, b) => b.length - a.length).slice(0, longestWords)
  return Math.max(
    0,
    ...longest.map((word) => [...word].reduce((sum, sign) => sum + signMm(sign), 0)),
  )
}

/** Column shares in which no word of a head and no figure of a row is broken, taken from the wide columns. */
export function wholeWidths(
  { head, rows }: Pick<ReportTable, 'head' | 'rows'>,
  widths: readonly number[],
): readonly number[] {
  const total = widths.reduce((a, b) => a + b, 0)
  const least = widths.map((_, column) => {
    const cells = [head[column] ?? '', ...rows.map((cells) => cells[column]?.text ?? '')]
    return (100 * (longestOf(cells) + paddingMm)) / pageMm
  })
  const shares = widths.map((width) => (100 * width) / total)
  const short = shares.map((share, i) => Math.max(0, (least[i] ?? 0) - share))
  const spare = shares.map((share, i) => Math.max(0, share - (least[i] ?? 0)))
  const [asked, had] = [short, spare].map((all) => all.reduce((a, b) => a + b, 0))
  if (asked === undefined || had === undefined || asked === 0 || had === 0) return widths
  const part = Math.min(1, asked / had)
  const given = Math.min(1, had / asked)
  return shares.map((share, i) => share + given * (short[i] ?? 0) - part * (spare[i] ?? 0))
}

/** The report as its three writers for paper lay it out: no figure is broken in its column. */
export function forPaper(report: ReportDocument): ReportDocument {
  const whole = withWholeFigures(report)
  const laid = (block: ReportBlock): ReportBlock =>
    block.kind === 'table' ? { ...block, widths: wholeWidths(block, block.widths) } : block
  const sections = whole.sections.map((one) => ({ ...one, blocks: one.blocks.map(laid) }))
  return { ...whole, sections }
}

/** Minimum figure size on paper, points. */
const figureLeast = 6

/** Minimum height of a drawing for its figures, points. */
export const leastHigh = ({
  height,
  figureSize,
}: Pick<Extract<ReportBlock, { kind: 'drawing' }>, 'height' | 'figureSize'>): number =>
  figureSize === undefined ? 0 : (height * figureLeast) / figureSize

/** When a person signed, and what the signature covers. */
export const signedLine = ({ when, note }: Pick<ReportSignature, 'when' | 'note'>): string =>
  [when, note].filter((text) => text !== '').join(' · ')

/** Shares of a table of facts: name and value. */
export const factWidths = [30, 70] as const

/** Style of a verdict in its cell. */
export const looks: Readonly<Partial<Record<Verdict, { bold: true; color?: string }>>> = {
  fail: { bold: true, color: '#a00000' },
  marginal: { bold: true },
  incomplete: { bold: true },
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** As large as the page allows, and never larger than its own size. */
export function fitted({ width, height }: Size, maxWidth: number, maxHeight: number): Size {
  const scale = Math.min(1, maxWidth / width, maxHeight / height)
  return { width: width * scale, height: height * scale }
}
