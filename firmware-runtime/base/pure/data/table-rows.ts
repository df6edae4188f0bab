// Parses text tables as spreadsheets save them: separated by comma, semicolon or tab, lines ended by CR, LF or both, with an
// optional line `sep=` at the start and empty columns at the end. All imported tables are read by this file.
import { withoutRemarks } from '../words/table-remarks.ts'

export interface TextRow {
  /** Line number in the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export const tableSeparators = [',', ';', '\t'] as const

/** The separator of a `sep=` line, else the most frequent one in the first line that has any. */
function separatorOf(text: string): string {
  const said = /^sep=([,;\t])(?=[\r\n]|$)/i.exec(text)?.[1]
  if (said !== undefined) return said
  for (const line of text.split(/[\r\n]+/)) {
    const bare = line.replaceAll(/"[^"]*"/g, '')
    const count = (one: string): number => bare.split(one).length
    const most = tableSeparators.reduce((a, b) => (count(b) > count(a) ? b : a))
    if (count(most) > 1) return most
  }
  return ','
}

/** Drops empty columns after the headings; a cell with content stays, so that the reader can refuse it. */
function withinHead(rows: readonly TextRow[]): TextRow[] {
  const filled = ({ cells }: TextRow): number => cells.findLastIndex((cell) => cell.trim() !== '')
  const [head] = rows
  const width = head === undefined ? 0 : filled(head) + 1
  return rows.map((row) => ({
    ...row,
    cells: row.cells.slice(0, Math.max(width, filled(row) + 1)),
  }))
}

/** Reports a quote: by its line when never closed, or with the characters that follow a closed one. */
type OddQuote = (line: number, behind: string | null) => void

interface RowsForm {
  /** Separator, where the caller fixes it. */
  readonly separator?: string | undefined
  readonly odd?: OddQuote
}

/** RFC 4180 with any line end and separator; a quoted cell may span lines. */
export function rowsOf(given: string, form: RowsForm = {}): TextRow[] {
  const text = withoutRemarks(given.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n'))
  const separator = form.separator ?? separatorOf(text)
  const isSaid = /^sep=.(?:\n|$)/i.test(text)
  const rows: TextRow[] = []
  let line = 1
  let startLine = 1
  let quoteLine = 1
  let cell = ''
  let cells: string[] = []
  let isQuoted = false
  const end = (): void => {
    cells.push(cell)
    const isSaying = isSaid && startLine === 1
    if (!isSaying && cells.some((one) => one.trim() !== '')) rows.push({ line: startLine, cells })
    cell = ''
    cells = []
  }
  for (let i = 0; i < text.length; i++) {
    const at = text[i] ?? ''
    if (at === '\n') line++
    if (isQuoted && at === '"' && text[i + 1] === '"') cell += text[++i] ?? ''
    else if (at === '"' && (isQuoted || cell.trim() === '')) {
      isQuoted = !isQuoted
      const next = text[i + 1] ?? '\n'
      if (isQuoted) [cell, quoteLine] = ['', line]
      else if (next !== separator && !/\s/.test(next))
        form.odd?.(line, text.slice(i + 1, text.indexOf('\n', i)))
    } else if (isQuoted) cell += at
    else if (at === separator) {
      cells.push(cell)
      cell = ''
    } else if (at === '\n') {
      end()
      startLine = line
    } else cell += at
  }
  if (isQuoted) form.odd?.(quoteLine, null)
  end()
  return withinHead(rows)
}

/** Removes the guard against formulas, and the `="…"` by which a spreadsheet keeps `00123` as text. */
export const readCell = (text: string): string => {
  const plain = text.trim()
  if (/^'[\s]*[=+\-@]/.test(plain)) return plain.slice(1)
  return /^="(.*)"$/s.exec(plain)?.[1]?.replaceAll('""', '"') ?? plain
}
