// What a lot tells others, opened: its published interface and its guidance boards.
import type { CodedFault } from '#base/calls/rows.ts'
import type { InvoiceBooks } from '#money/desk/partners/partner-invoices.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'

export interface OpenedPartners {
  /** Null: the lot has none, or it did not open. */
  readonly url: string | null
  /** Receipts and old stays, once they can be read. */
  readBy(books: InvoiceBooks): void
  /** What keeps billing systems from it now or within a month, by the real clock. */
  notices(): readonly CodedFault[]
  close(): Promise<void>
}

export const noPartners: OpenedPartners = {
  url: null,
  readBy: () => undefined,
  notices: () => [],
  close: () => Promise.resolve(),
}

export interface PartnersOptions {
  readonly config: LotConfig
  readonly business: WallClock
  readonly mono: MonoClock
}
