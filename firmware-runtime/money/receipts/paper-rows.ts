// Rows of the ledger about paper receipts: requests, results, and how an unprinted one ended. A paper counts when it
// may exist: the next one is then marked as a copy.

/** `type` of the event rows that hold one. */
export const paperEvent = 'receiptPrint'

/** Name of a file in place of a printer. */
export const filePrinter = 'pdf'

export interface PaperRow {
  /**
   * `again`: the printer is ready again, and no byte had been sent. `saving`: a file that a person is saving, which ends as
   * `given` or `notSaved`.
   */
  readonly state:
    | 'asked'
    | 'again'
    | 'printed'
    | 'notPrinted'
    | 'saving'
    | 'given'
    | 'notSaved'
    | 'ended'
  /** `pdf` for a file; empty when a person ended it. */
  readonly printer: string
  /** Why it did not print, or how a person ended it. */
  readonly why: string | null
  /** Of an unprinted one: its bytes were sent. Absent in rows of older versions: unknown. */
  readonly isSent?: boolean
}

export const paperRowOf = (detail: string): PaperRow => JSON.parse(detail) as PaperRow

const isOpen = ({ state }: PaperRow): boolean => state === 'asked' || state === 'again'

/** Whether a paper or a file may exist, by the rows of one receipt in order. */
export function isOnPaper(rows: readonly PaperRow[]): boolean {
  const isFile = ({ printer }: PaperRow): boolean => printer === filePrinter
  return isPrinted(rows.filter((row) => !isFile(row))) || isSaved(rows.filter(isFile))
}

/** A file whose saving has no end yet may be there: Studio ended in between. */
const isSaved = (rows: readonly PaperRow[]): boolean =>
  rows.some(
    ({ state }, at) =>
      state === 'given' || (state === 'saving' && rows[at + 1]?.state !== 'notSaved'),
  )

const isPrinted = (rows: readonly PaperRow[]): boolean =>
  rows.some((row, at) => {
    if (row.state === 'notPrinted') return row.isSent !== false
    if (!isOpen(row)) return row.state !== 'ended' || row.why === 'seen'
    // Requested without a result: the machine went down during printing.
    const next = rows[at + 1]
    return next === undefined || isOpen(next) || next.state === 'ended'
  })
