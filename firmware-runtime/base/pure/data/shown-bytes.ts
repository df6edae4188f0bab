// The beginning of what a device sent, for a person: its lines where all of it can be printed, else
// hexadecimal.
import { hexOf } from './bytes.ts'

/** Enough for the head of any frame, and for a line of words. */
export const shownBytesMax = 32

export function shownBytes(bytes: Uint8Array): string {
  const part = bytes.subarray(0, shownBytesMax)
  const more = bytes.length > shownBytesMax ? ' …' : ''
  const text = String.fromCharCode(...part)
  const lines = text.split(/[\r\n]+/).filter((line) => line !== '')
  if (lines.length > 0 && /^[\x20-\x7e\r\n]+$/.test(text)) return `"${lines.join(' | ')}"${more}`
  return `${hexOf(part).replaceAll(/(..)(?=.)/g, '$1 ')}${more}`
}
