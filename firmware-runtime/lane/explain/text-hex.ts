// The bytes of a text, as hex, in the encodings of plates in frames and files, so that a masked text is masked there as
// well.
import { hexOf } from '#base/pure/data/bytes.ts'
import { encodeGbk } from '#devices/pure/rsu/gbk.ts'

const isWide = /[^\u0000-\u007f]/
const utf8 = new TextEncoder()

export const utf8Hex = (text: string): string => hexOf(utf8.encode(text))

/** Empty when GBK lacks a character. */
export const gbkHex = (text: string): string => {
  const length = [...text].reduce((sum, one) => sum + (isWide.test(one) ? 2 : 1), 0)
  const bytes = encodeGbk(text, length)
  return bytes === null ? '' : hexOf(bytes)
}
