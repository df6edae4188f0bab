// What a partner of the published interface uses of a lot, by right: orders, members, invoices, and the news of each
// (docs/billing-interface.md). Over HTTP the same shapes are JSON.
import type { FreeSpaces } from '#base/pure/values/free-spaces.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import type { PartnerRight } from '#base/pure/lot/published-members.ts'
import type { InvoiceState } from '../pure/billing/stay-invoice.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { OrderEvent, OrderView, Orders, RefundView } from './orders.ts'
import type { Cancel } from '#base/ports/clocks.ts'

/** A period pass, white list entry or the like, as both sides keep it. */
export interface SharedMember {
  readonly memberNo: string
  /** Digest of the content; null: nobody has this number, or it has ended. */
  readonly rev: string | null
  readonly content: Omit<Member, 'no'> | null
}

export interface MemberToIssue {
  /** `rev` of the content that it replaces; null: the number is new. */
  readonly rev: string | null
  readonly operator: string
  readonly content: Omit<Member, 'no'>
}

/** Members of the lot. Each act is durable before it returns. Throws ORDER-06, ORDER-09. */
export interface PartnerMembers {
  /** By number, those behind `after`; `eventsAfter`: events behind this number are newer than the list. */
  list(
    after: string,
    limit: number,
  ): {
    readonly members: readonly SharedMember[]
    readonly next: string | null
    readonly eventsAfter: number
  }
  member(memberNo: string): SharedMember
  issue(memberNo: string, member: MemberToIssue): SharedMember
  /** It covers nothing from now on. */
  end(memberNo: string, operator: string, reason: string): SharedMember
}

/** A paid stay as an invoice service needs it. Money is fen. */
export interface ReceiptToInvoice {
  readonly receiptNo: string
  readonly lotId: string
  readonly lotName: BilingualText
  readonly enteredAtIso: string
  /** When the car left; inside still, when it paid. */
  readonly leftAtIso: string
  /** Paid for the stay by all means. */
  readonly amountFen: number
  readonly refundedFen: number
  readonly means: readonly string[]
  /** What an invoice of the lot is about now: without refunds, and without what others invoice. */
  readonly invoiceableFen: number
  /** The invoice that counts; null: none. `invoiceNo` null: of another partner. */
  readonly invoice: {
    readonly invoiceNo: string | null
    readonly amountFen: number
    readonly atIso: string
    readonly state: InvoiceState
  } | null
}

export interface InvoiceToMark {
  readonly receiptNo: string
  readonly check: string
  readonly amountFen: number
  readonly atIso: string
}

interface InvoiceReversal {
  readonly reason: string
  readonly atIso: string
}

export interface InvoiceView extends Omit<InvoiceToMark, 'check'> {
  readonly invoiceNo: string
  readonly state: InvoiceState
  readonly reversal: InvoiceReversal | null
  /** Of its stay now. */
  readonly invoiceableFen: number
}

/** Invoices that a tax service issues about receipts of the lot. Durable before it resolves. Throws ORDER-04, -06, -09, -13. */
export interface PartnerInvoices {
  /** `check`: the check value on the receipt. */
  receipt(receiptNo: string, check: string): Promise<ReceiptToInvoice>
  mark(invoiceNo: string, invoice: InvoiceToMark): Promise<InvoiceView>
  reverse(invoiceNo: string, reversal: InvoiceReversal): Promise<InvoiceView>
  invoice(invoiceNo: string): Promise<InvoiceView>
  /** The invoice that a row is about: its mark, its reversal, or a refund after it; null: none of this partner. */
  ofRow(row: LedgerRow): Promise<InvoiceView | null>
}

/** Free spaces of the lot at a time. */
export interface SharedSpaces extends FreeSpaces {
  readonly atIso: string
  /** False: cars may have come or gone uncounted. */
  readonly isSure: boolean
  /** Events behind this number are newer. */
  readonly eventsAfter: number
}

export interface PartnerSpaces {
  now(): SharedSpaces
}

/** Something that happened, as the row says that has the number `no`, and what it is about; null: about another thing. */
export interface PartnerEvent {
  readonly no: number
  readonly atIso: string
  readonly event: OrderEvent['event'] | 'member' | 'invoice' | 'spaces'
  readonly order: OrderView | null
  readonly refund: RefundView | null
  readonly member?: SharedMember | null | undefined
  readonly invoice?: InvoiceView | null | undefined
  readonly spaces?: SharedSpaces | null | undefined
}

export interface PartnerNews {
  readonly events: readonly PartnerEvent[]
  readonly next: number
}

export interface PartnerFeed {
  /**
   * At most `limit` events behind `after`, and the place to go on from: behind the end, `next` is the last row. Reads a
   * bounded number of rows, so that it may find nothing and still get on.
   */
  events(after: number, limit: number): PartnerNews | Promise<PartnerNews>
  /** Calls back after each change, until cancelled. */
  onEvent(call: () => void): Cancel
}

/** Null: the lot has nothing of that for this partner. */
export interface PartnerPorts extends Readonly<Record<PartnerRight, unknown>> {
  readonly orders: Orders | null
  readonly members: PartnerMembers | null
  readonly invoices: PartnerInvoices | null
  readonly spaces: PartnerSpaces | null
}
