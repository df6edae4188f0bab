// Converts camera bytes to text. Plates come as UTF-8 or as GBK, depending on the make (lane-devices.md section 0). GBK
// is read as its superset GB 18030.
import iconv from 'iconv-lite'
import { normalisePlate } from '#base/pure/plates/plate.ts'

export const utf8Text = (bytes: Uint8Array): string => iconv.decode(bytes, 'utf8')

const gbkText = (bytes: Uint8Array): string => iconv.decode(bytes, 'gb18030')

/** UTF-16 by its byte order mark, or by the first mark of XML or JSON; null: another encoding. */
export function utf16Of([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const isMark = (byte: number | undefined): boolean => byte === 0x3c || byte === 0x7b
  if ((first === 0xff && second === 0xfe) || (isMark(first) && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && isMark(second))) return 'utf-16be'
  return null
}

const lost = '\ufffd'
/** Ideographs take three bytes in UTF-8, and no pair of GBK characters forms such a sequence by chance. */
const isWide = (char: string): boolean => char >= '\u0800' && char !== lost
/** Dots of plates, which take two bytes. */
const narrow = '\u00b7\u2022'

/** The charset stated by the header of the part, or by the XML declaration. */
function labelOf(bytes: Uint8Array, charset: string): string {
  if (charset !== '') return charset
  const head = String.fromCharCode(...bytes.subarray(0, 128))
  return /<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]{1,20})["']/.exec(head)?.[1] ?? ''
}

/** Between these no text of a field continues, in any of the encodings: `<`, `>`, `"`, `=`, and line ends. */
const fieldEnds = new Set([0x3c, 0x3e, 0x22, 0x3d, 0x0d, 0x0a])

/** One field with letters beyond ASCII. A plate has no letter of two UTF-8 bytes, so its own bytes decide. */
function fieldText(bytes: Uint8Array, label: string): string {
  const utf8 = utf8Text(bytes)
  const beyond = [...new Set(utf8.replaceAll(/[\0-\x7f]/g, ''))]
  const isUtf8 = !beyond.includes(lost)
  if (isUtf8 && beyond.some(isWide)) return utf8
  const isGb = /^gb(?:k|2312|18030)$/i.test(label)
  if (isUtf8 && !isGb && beyond.every((char) => narrow.includes(char))) return utf8
  const gbk = gbkText(bytes)
  if (isUtf8 && !isGb && label !== '' && normalisePlate(gbk) === null) return utf8
  return isGb || !gbk.includes(lost) ? gbk : utf8
}

/**
 * Text of a camera's message, however it was received. Cameras state a wrong charset, or none, and mix several: where the
 * bytes of a field are valid in only one encoding, that counts before `charset` (empty: not stated).
 */
export function cameraText(bytes: Uint8Array, charset = ''): string {
  const utf16 = utf16Of(bytes)
  const text = utf16 === null ? mixedText(bytes, charset) : iconv.decode(bytes, utf16)
  // Firmware sends the end of its buffer with the text, and blank lines before a declaration, which has to come first.
  return text
    .replace(/^\ufeff/, '')
    .replace(/^\s+(?=<\?xml)/, '')
    .replace(/\0+$/, '')
}

function mixedText(bytes: Uint8Array, charset: string): string {
  if (bytes.every((byte) => byte < 0x80)) return utf8Text(bytes)
  const label = labelOf(bytes, charset)
  const texts: string[] = []
  for (let from = 0; from < bytes.length;) {
    let end = from
    while (end < bytes.length && !fieldEnds.has(bytes[end] ?? 0)) end++
    const field = bytes.subarray(from, end)
    const isAscii = field.every((byte) => byte < 0x80)
    texts.push(isAscii ? utf8Text(field) : fieldText(field, label))
    texts.push(utf8Text(bytes.subarray(end, end + 1)))
    from = end + 1
  }
  return texts.join('')
}
