// Converts camera bytes to text. Plates come as UTF-8 or as GBK, depending on the make (lane-devices.md section 0). GBK
// is read as its superset GB 18030.
import iconv from 'iconv-lite'

export const utf8Text = (bytes: Uint8Array): string => iconv.decode(bytes, 'utf8')

export const gbkText = (bytes: Uint8Array): string => iconv.decode(bytes, 'gb18030')

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

/**
 * Text of a camera's message, however it was received. Cameras state a wrong charset, or none: when the bytes are valid
 * in only one encoding, that counts before `charset` (empty: not stated).
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
