// Rows and cells of a table of text, however a spreadsheet saved it: parted by commas, semicolons or tabs, lines ended by
// CR, LF or both, with a line `sep=` before it and empty columns behind it. Every table that is brought in is read by these.

export interface TextRow {
  /** Of the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

const separators = [',', ';', '\t'] as const

/** What a spreadsheet says in a line of its own, else what the first line that is parted has most of. */
function separatorOf(text: string): string {
  const said = /^sep=([,;\t])(?=[\r\n]|$)/i.exec(text)?.[1]
  if (said !== undefined) return said
  for (const line of text.split(/[\r\n]+/)) {
    const bare = line.replaceAll(/"[^"]*"/g, '')
    const count = (one: string): number => bare.split(one).length
    const most = separators.reduce((a, b) => (count(b) > count(a) ? b : a))
    if (count(most) > 1) return most
  }
  return ','
}

/** Empty columns behind the headings are none; a cell that says something stays, to be refused. */
function withinHead(rows: readonly TextRow[]): TextRow[] {
  const filled = ({ cells }: TextRow): number => cells.findLastIndex((cell) => cell.trim() !== '')
  const [head] = rows
  const width = head === undefined ? 0 : filled(head) + 1
  return rows.map((row) => ({
    ...row,
    cells: row.cells.slice(0, Math.max(width, filled(row) + 1)),
  }))
}

/** A quote that is never closed, by its line; letters behind one that is, with those. */
type OddQuote = (line: number, behind: string | null) => void

interface RowsForm {
  /** Where it is said and not found. */
  readonly separator?: string | undefined
  readonly odd?: OddQuote
}

/** RFC 4180 with any line end and separator; a quoted cell may go over lines. */
export function rowsOf(given: string, form: RowsForm = {}): TextRow[] {
  const text = given.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n')
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

/** Without the guard against formulas, and of `="00123"`, by which a spreadsheet keeps a text, the text. */
export const readCell = (text: string): string => {
  const plain = text.trim()
  if (/^'[\s]*[=+\-@]/.test(plain)) return plain.slice(1)
  return /^="(.*)"$/s.exec(plain)?.[1]?.replaceAll('""', '"') ?? plain
}
