// Takings of days, lots and means, and the rows that they are made of.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { Streamed } from '../../streamed-rows.ts'
import type { Freshness } from '../../lots-asked.ts'
import type { SumNotes } from '../../sum-notes.ts'

export type MoneyWhat = 'payment' | 'refund'

interface MoneySum {
  readonly n: number
  readonly fen: number
}

/** A sum of a day or a lot: `key` is `2026-11-29`, or the lot. */
export interface MoneyCell extends MoneySum {
  readonly key: string
  readonly what: MoneyWhat
  readonly means: string
}

/** `lotId`: `*` for all lots of the person. `span`: `2026-11-29`, or a month, `2026-11`. */
interface MoneyAsk {
  readonly lotId: string
  readonly span: string
}

/** Null: both, and any means. */
interface RowsAsk extends MoneyAsk {
  readonly what: MoneyWhat | null
  readonly means: string | null
}

/** The row behind which the next page begins. */
export interface MoneyPlace {
  readonly day: string
  readonly atMs: number
  readonly lotId: string
  readonly nodeId: string
  readonly seq: number
}

/** A row of a ledger that moved money. */
export interface MoneyRow extends MoneyPlace {
  readonly what: MoneyWhat
  readonly means: string
  readonly fen: number
  /** Null: it belongs to no stay, such as a pass that was sold. */
  readonly stayId: string | null
  readonly orderId: string | null
  readonly plate: string | null
  readonly colour: string | null
}

/** A row of a file: also one that a person set aside, without an amount. */
export type ExportedMoney = Omit<MoneyRow, 'what'> & { readonly what: MoneyWhat | 'aside' }

interface MoneyTable extends Freshness {
  readonly lots: readonly { readonly lotId: string; readonly name: BilingualText }[]
  readonly cells: readonly MoneyCell[]
  readonly notes: SumNotes
}

/** Payments and refunds apart, as the table has them and as the rows give them. */
export interface MoneyProof {
  readonly table: Readonly<Record<MoneyWhat, MoneySum>>
  readonly rows: Readonly<Record<MoneyWhat, MoneySum>>
}

export interface MoneyCalls {
  'money.table': { args: MoneyAsk & { readonly by: 'day' | 'lot' }; answer: MoneyTable }
  /** The sums of the table against those of all rows, on any page. */
  'money.proof': { args: RowsAsk; answer: MoneyProof }
  /** Newest first, 100 a page. */
  'money.rows': {
    args: RowsAsk & { readonly after: MoneyPlace | null }
    answer: { readonly rows: readonly MoneyRow[]; readonly next: MoneyPlace | null }
  }
  /** All of the same rows with masked plates, and those that were set aside, for a file. */
  'money.export': { args: RowsAsk; answer: Streamed<ExportedMoney> }
}
