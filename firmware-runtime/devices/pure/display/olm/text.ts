// GBK text of display boards: characters that GBK lacks become "?", control characters become blanks. "`" is replaced
// as well, because a board takes it as the beginning of a time that it fills in.
import iconv from 'iconv-lite'

interface BoardText {
  readonly bytes: Uint8Array
  /** The text as the board shows it, after replacements. */
  readonly text: string
}

/** Cuts only between characters. */
function cut(bytes: Uint8Array, max: number): Uint8Array {
  let at = 0
  while (at < bytes.length) {
    const wide = (bytes[at] ?? 0) >= 0x80 ? 2 : 1
    if (at + wide > max) break
    at += wide
  }
  return bytes.subarray(0, at)
}

export function boardText(text: string, bytesMax = 255): BoardText {
  const clean = [...text.normalize('NFC')]
    .map((c) => (c < ' ' || c === '\u007f' ? ' ' : c === '`' ? "'" : c))
    .join('')
  const bytes = cut(iconv.encode(clean, 'gbk'), bytesMax)
  return { bytes: Uint8Array.from(bytes), text: iconv.decode(bytes, 'gbk') }
}

export const textOfBoard = (bytes: Uint8Array): string => iconv.decode(bytes, 'gbk')
