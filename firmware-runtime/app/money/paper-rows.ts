// What the ledger says of papers of receipts: asked for, what became of each, and how one that did not print ended.
// A paper counts where it may exist: whoever asks for the next one gets a copy then.

/** Rows of the kind `event` that hold one. */
export const paperEvent = 'receiptPrint'

export interface PaperRow {
  /** `again`: the printer is ready again, and nothing of it had left. `given`: as a file. */
  readonly state: 'asked' | 'again' | 'printed' | 'notPrinted' | 'given' | 'ended'
  /** `pdf` for a file; empty where a person ended it. */
  readonly printer: string
  /** Why it did not print, or how a person ended it. */
  readonly why: string | null
  /** Of one that did not print: its bytes had left. Absent in rows of before: nobody knows. */
  readonly isSent?: boolean
}

export const paperRowOf = (detail: string): PaperRow => JSON.parse(detail) as PaperRow

const isOpen = ({ state }: PaperRow): boolean => state === 'asked' || state === 'again'

/** Whether a paper of it may be there, by the rows of one receipt in their order. */
export function isOnPaper(rows: readonly PaperRow[]): boolean {
  return rows.some((row, at) => {
    if (row.state === 'notPrinted') return row.isSent !== false
    if (!isOpen(row)) return row.state !== 'ended' || row.why === 'seen'
    // Asked for and no answer: the machine went down while it printed.
    const next = rows[at + 1]
    return next === undefined || isOpen(next) || next.state === 'ended'
  })
}
