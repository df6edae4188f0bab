// Text of receipt printers: GB18030, in columns where a Chinese character takes two. Control characters are removed:
// one of them could begin a command.
import iconv from 'iconv-lite'

/** Characters in the ROM of every such printer have two bytes in GB18030. */
const isWide = (char: string): boolean => iconv.encode(char, 'gb18030').length > 1

const clean = (text: string): string =>
  [...text.normalize('NFC')].map((c) => (c < ' ' || c === '\u007f' ? ' ' : c)).join('')

export const bytesOfText = (text: string): Uint8Array =>
  Uint8Array.from(iconv.encode(clean(text), 'gb18030'))

export const columnsOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (isWide(char) ? 2 : 1), 0)

/** Breaks the text into lines that fit; a character is never split. */
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

/** Name and value at the two ends of a line, or on two lines when one is too short. */
export function paired(name: string, value: string, columns: number): string[] {
  const gap = columns - columnsOf(name) - columnsOf(value)
  if (gap >= 1) return [name + ' '.repeat(gap) + value]
  const right = (line: string): string => ' '.repeat(Math.max(0, columns - columnsOf(line))) + line
  return [...folded(name, columns), ...folded(value, columns).map(right)]
}
