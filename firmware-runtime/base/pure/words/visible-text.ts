// Text from outside, for a terminal or a log line: characters that move the cursor, turn the direction of
// writing or are not seen at all are written out, so that a line shows what it holds (P15).
import { t } from './fault-text.ts'

/** C0, DEL, C1, marks and overrides of direction, invisible joiners, line separators, BOM. */
const unseen = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

const escaped = (char: string): string =>
  `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

export const visible = (text: string): string => text.replace(unseen, escaped)

export const unseenWords = t('有控制字符或不可见字符', 'control or invisible characters')

/**
 * Where a value of a call has a text with characters that are not seen; null: nowhere. A person reading a row or a platform's
 * page would take such a text for another one. The member named `whole` is a file, key or code as it came.
 */
export function unseenIn(
  value: unknown,
  whole?: string,
  path: readonly string[] = [],
): readonly string[] | null {
  if (typeof value === 'string') return visible(value) === value ? null : path
  if (typeof value !== 'object' || value === null) return null
  for (const [key, one] of Object.entries(value)) {
    if (key === whole) continue
    const found = unseenIn(one, whole, [...path, key])
    if (found !== null) return found
  }
  return null
}
