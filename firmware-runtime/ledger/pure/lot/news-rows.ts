// Rows of the ledger that may tell a partner of the published interface something, by its rights. Pure.
import type { PartnerRight } from '#base/pure/lot/published-members.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { changesSpaces } from './space-rows.ts'

/** A right whose news are read from the rows. */
export type RowRight = Exclude<PartnerRight, 'orders'>

/** A reading of rows: those behind `after` up to `lastNo`. */
export interface NewsAsked {
  readonly after: number
  readonly lastNo: number
  readonly rights: readonly RowRight[]
}

/** `readNo`: number of the last row that was read; `after` where there was none. */
export interface NewsRows {
  readonly rows: readonly LedgerRow[]
  readonly readNo: number
}

/** Rows of one answer at most: it is a message from one thread to another. */
const rowsMax = 200
/** Rows that one reading passes over at most: the reader has other work. */
const readMax = 5_000

export const isRefundDone = (row: LedgerRow): boolean =>
  (row.kind === 'refundState' && row.body.state === 'success') ||
  (row.kind === 'pay' && row.body.row === 'refundDone')

const tells: Readonly<Record<RowRight, (row: LedgerRow) => boolean>> = {
  invoices: (row) => isRefundDone(row) || (row.kind === 'event' && row.body.invoice !== undefined),
  members: ({ kind }) => kind === 'member',
  spaces: changesSpaces,
}

/** `behind`: the rows behind `after`, in order; they are read only as far as needed. */
export function newsRows(
  behind: Iterable<LedgerRow>,
  { after, lastNo, rights }: NewsAsked,
): NewsRows {
  const rows: LedgerRow[] = []
  let readNo = after
  for (const row of behind) {
    if (row.seq > Math.min(lastNo, after + readMax)) break
    readNo = row.seq
    if (rights.some((right) => tells[right](row))) rows.push(row)
    if (rows.length === rowsMax) break
  }
  return { rows, readNo }
}
