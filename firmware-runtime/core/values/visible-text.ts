// Text from outside, for a terminal or a log line: characters that move the cursor, turn the direction of
// writing or are not seen at all are written out, so that a line shows what it holds (P15).

/** C0, DEL, C1, marks and overrides of direction, invisible joiners, line separators, BOM. */
const unseen = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

const escaped = (char: string): string =>
  `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

export const visible = (text: string): string => text.replace(unseen, escaped)
