// Cells of a table for spreadsheets, as text. A cell that a spreadsheet would take for a formula gets a mark before it, so
// that a typed plate or name is never executed (CWE-1236).

/** Also behind blanks, which a spreadsheet takes away first; a figure of ours is never text. */
export const harmless = (text: string): string =>
  /^[\s\u0000-\u001f]*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text

const quoted = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** A number is written by us and never quoted as text. */
export const csvLine = (cells: readonly { readonly text: string; readonly isNumber: boolean }[]) =>
  `${cells.map(({ text, isNumber }) => (isNumber ? text : quoted(harmless(text)))).join(',')}\r\n`

/** With a byte order mark: spreadsheets take the text for GBK without one. */
export const csvText = (lines: readonly string[]): string => `\uFEFF${lines.join('')}`
