// Bytes of cameras to text. Plates travel as UTF-8 or as GBK by family (lane-devices.md section 0).
// GB 18030 is read where GBK is meant: the same bytes, and the few characters GBK lacks.
import iconv from 'iconv-lite'

export const utf8Text = (bytes: Uint8Array): string => iconv.decode(bytes, 'utf8')

export const gbkText = (bytes: Uint8Array): string => iconv.decode(bytes, 'gb18030')

const lost = '\ufffd'
/** Ideographs and what stands beside them take three bytes of UTF-8, which no pair of GBK letters is by chance. */
const isWide = (char: string): boolean => char >= '\u0800' && char !== lost
/** Dots of plates, which take two bytes. */
const narrow = '\u00b7\u2022'

/** What the text says of itself: its part's header, or its XML declaration. */
function labelOf(bytes: Uint8Array, charset: string): string {
  if (charset !== '') return charset
  const head = String.fromCharCode(...bytes.subarray(0, 128))
  return /<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]{1,20})["']/.exec(head)?.[1] ?? ''
}

/**
 * Text of a camera's message, whichever way it came. Cameras name a charset that is not theirs, or none: what the bytes
 * can only be counts before `charset` (empty: not said).
 */
export function cameraText(bytes: Uint8Array, charset = ''): string {
  const utf8 = utf8Text(bytes).replace(/^\ufeff/, '')
  const beyond = [...new Set(utf8.replaceAll(/[\0-\x7f]/g, ''))]
  if (beyond.length === 0) return utf8
  const isUtf8 = !beyond.includes(lost)
  if (isUtf8 && beyond.some(isWide)) return utf8
  const label = labelOf(bytes, charset)
  const isGb = /^gb(?:k|2312|18030)$/i.test(label)
  if (isUtf8 && !isGb && (label !== '' || beyond.every((char) => narrow.includes(char))))
    return utf8
  const gbk = gbkText(bytes)
  return isGb || !gbk.includes(lost) ? gbk : utf8
}
