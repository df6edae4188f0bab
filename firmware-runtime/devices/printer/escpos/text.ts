// Text of receipt printers: GB18030, laid out in columns where a Chinese character takes two.
// Control characters never leave: one of them could begin a command.
import iconv from 'iconv-lite'

/** What every printer of this kind has in its ROM is in the first two bytes of GB18030. */
const isWide = (char: string): boolean => iconv.encode(char, 'gb18030').length > 1

const clean = (text: string): string =>
  [...text.normalize('NFC')].map((c) => (c < ' ' || c === '\u007f' ? ' ' : c)).join('')

export const bytesOfText = (text: string): Uint8Array =>
  Uint8Array.from(iconv.encode(clean(text), 'gb18030'))

export const columnsOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (isWide(char) ? 2 : 1), 0)

/** The text in lines that fit; a character is never cut in two. */
export function folded(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const char of clean(text)) {
    const width = isWide(char) ? 2 : 1
    if (used + width > columns) {
      lines.push(line)
      line = ''
      used = 0
    }
    line += char
    used += width
  }
  return [...lines, line]
}

/** Name and value at the two ends of a line, or in two lines where one is too short. */
export function paired(name: string, value: string, columns: number): string[] {
  const gap = columns - columnsOf(name) - columnsOf(value)
  if (gap >= 1) return [name + ' '.repeat(gap) + value]
  const right = (line: string): string => ' '.repeat(Math.max(0, columns - columnsOf(line))) + line
  return [...folded(name, columns), ...folded(value, columns).map(right)]
}
