// The bytes of a text in the encodings in which a plate stands in frames and files, as hex: what is hidden is hidden there too.
import { hexOf } from '../../core/values/bytes.ts'
import { encodeGbk } from '../../devices/rsu/gbk.ts'

const isWide = /[^\u0000-\u007f]/
const utf8 = new TextEncoder()

export const utf8Hex = (text: string): string => hexOf(utf8.encode(text))

/** Empty where GBK has it not. */
export const gbkHex = (text: string): string => {
  const length = [...text].reduce((sum, one) => sum + (isWide.test(one) ? 2 : 1), 0)
  const bytes = encodeGbk(text, length)
  return bytes === null ? '' : hexOf(bytes)
}
