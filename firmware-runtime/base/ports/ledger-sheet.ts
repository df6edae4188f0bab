// Ledger rows as a table for other programs: members, headings and words.
// The window sends its own words, so that a file uses the words of the page.
export const sheetShapes = ['text', 'time', 'money', 'plate', 'word', 'facts'] as const
type SheetShape = (typeof sheetShapes)[number]
export const sheetFormats = ['csv', 'xlsx'] as const
export type SheetFormat = (typeof sheetFormats)[number]

export interface SheetColumn {
  readonly member: string
  readonly head: string
  /** `facts`: a JSON object, each member under its word; money is a number of yuan. */
  readonly shape: SheetShape
  /** Words by value, and by member for `facts`. */
  readonly words?: Readonly<Record<string, string>> | undefined
}

export interface SheetPlan {
  readonly format: SheetFormat
  readonly name: string
  readonly columns: readonly SheetColumn[]
}

export interface LedgerSheet {
  readonly bytes: Uint8Array
  readonly rows: number
  /** More rows would have answered than a sheet takes. */
  readonly cut: boolean
}
