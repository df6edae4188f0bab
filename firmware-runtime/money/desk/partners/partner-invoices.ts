// Invoices of a partner about receipts of the lot. A mark or reversal is written only where no row about its stay or number came
// between reading and writing, so that a receipt is invoiced once, and over what it is worth then.
import {
  invoiceNow,
  invoiceState,
  type StayInvoice,
  stayInvoices,
} from '../../pure/billing/stay-invoice.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { isRefundDone } from '#ledger/pure/lot/news-rows.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { invoiceEvent, type InvoiceRow } from '#base/pure/rows/receipt-rows.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { InvoiceToMark, InvoiceView, PartnerInvoices } from '../../ports/partner.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { paidStayOf, type PaidStay } from '../../receipts/paid-stay.ts'
import type { Receipts } from '#lane/money/receipts.ts'

export type InvoicesLot = Pick<LotRuntime, 'append' | 'headSeq' | 'nowMs' | 'rowsAfter'>

/** What an open lot reads receipts and old stays by. */
export interface InvoiceBooks {
  readonly receipts: Pick<Receipts, 'find'>
  readonly service: Pick<LedgerService, 'timeline' | 'invoiceRows' | 'newsRows'>
}

const unknown = (field: string, value: string): LaneFault =>
  new LaneFault('ORDER-04', { field, value })

function viewOf(invoice: StayInvoice, { invoiceableFen }: PaidStay): InvoiceView {
  const { invoiceNo, receiptNo, amountFen, atIso, reversal } = invoice
  const state = invoiceState(invoice, invoiceableFen)
  return { invoiceNo, receiptNo, amountFen, atIso, state, reversal, invoiceableFen }
}

/** Throws ORDER-06 unless both are the same. */
function mustBeSame(invoiceNo: string, before: object, given: object): void {
  if (canonicalJson(before) !== canonicalJson(given))
    throw new LaneFault('ORDER-06', { field: '/invoiceNo', value: invoiceNo })
}

class Invoices implements PartnerInvoices {
  private readonly lot: InvoicesLot
  private readonly config: Pick<LotConfig, 'lotId' | 'name'>
  private readonly partnerId: string
  private readonly booksOf: () => InvoiceBooks | null

  constructor(
    lot: InvoicesLot,
    config: Pick<LotConfig, 'lotId' | 'name'>,
    partnerId: string,
    booksOf: () => InvoiceBooks | null,
  ) {
    this.lot = lot
    this.config = config
    this.partnerId = partnerId
    this.booksOf = booksOf
  }

  /** Throws ORDER-12 while the lot opens. */
  private get books(): InvoiceBooks {
    const books = this.booksOf()
    if (books === null) throw new LaneFault('ORDER-12')
    return books
  }

  async receipt(receiptNo: string, check: string) {
    const stay = await this.stayOf(receiptNo, check)
    const { facts, invoiceableFen, backFen, paidBy, invoices } = stay
    const { lotId, name } = this.config
    const now = invoiceNow(invoices)
    return {
      receiptNo,
      lotId,
      lotName: name,
      enteredAtIso: isoOf(facts.enteredAtMs),
      leftAtIso: isoOf(facts.leftAtMs),
      amountFen: facts.amountFen + backFen,
      refundedFen: backFen,
      means: paidBy,
      invoiceableFen,
      invoice: now && {
        invoiceNo: now.partnerId === this.partnerId ? now.invoiceNo : null,
        amountFen: now.amountFen,
        atIso: now.atIso,
        state: invoiceState(now, invoiceableFen),
      },
    }
  }

  mark(invoiceNo: string, { check, ...given }: InvoiceToMark): Promise<InvoiceView> {
    const { receiptNo, amountFen, atIso } = given
    return this.settled(invoiceNo, async () => {
      const stay = await this.stayOf(receiptNo, check)
      const known = await this.known(invoiceNo)
      if (known !== null) {
        const { invoice } = known
        const before = { receiptNo: invoice.receiptNo, amountFen: invoice.amountFen }
        mustBeSame(invoiceNo, { ...before, atIso: invoice.atIso }, given)
        return known
      }
      const now = invoiceNow(stay.invoices)
      if (now !== null) {
        const value = now.partnerId === this.partnerId ? now.invoiceNo : ''
        throw new LaneFault('ORDER-13', { field: '/receiptNo', value })
      }
      const fen = stay.invoiceableFen
      if (amountFen !== fen || fen === 0) {
        const note = t(`可开票 ${fen} 分`, `${fen} fen may be invoiced`)
        throw new LaneFault('ORDER-09', { field: '/amountFen', value: String(amountFen), note })
      }
      const { partnerId } = this
      const row = { row: 'issued', partnerId, invoiceNo, receiptNo, amountFen, atIso } as const
      return { stayId: stay.facts.stayId, row }
    })
  }

  reverse(invoiceNo: string, reversal: { reason: string; atIso: string }): Promise<InvoiceView> {
    return this.settled(invoiceNo, async () => {
      const known = await this.mine(invoiceNo)
      const { invoice, stay } = known
      if (invoice.reversal !== null) {
        mustBeSame(invoiceNo, invoice.reversal, reversal)
        return known
      }
      const { partnerId } = this
      const row = { row: 'reversed', partnerId, invoiceNo, ...reversal } as const
      return { stayId: stay.facts.stayId, row }
    })
  }

  async invoice(invoiceNo: string): Promise<InvoiceView> {
    const { invoice, stay } = await this.mine(invoiceNo)
    return viewOf(invoice, stay)
  }

  async ofRow(row: LedgerRow): Promise<InvoiceView | null> {
    if (row.kind === 'event' && row.body.invoice !== undefined)
      return row.body.invoice.partnerId === this.partnerId
        ? this.invoice(row.body.invoice.invoiceNo)
        : null
    if (!isRefundDone(row) || row.stayId === undefined) return null
    const rows = await this.books.service.timeline(row.stayId)
    const invoice = stayInvoices(rows).findLast(({ seq }) => seq < row.seq)
    if (invoice?.partnerId !== this.partnerId) return null
    const view = viewOf(invoice, paidStayOf(row.stayId, rows))
    return view.state === 'valid' ? null : view
  }

  /** Throws ORDER-04. */
  private async stayOf(receiptNo: string, check: string): Promise<PaidStay> {
    const { receipts, service } = this.books
    const stayId = await receipts.find(receiptNo, check)
    if (stayId === null) throw unknown('/receiptNo', receiptNo)
    return paidStayOf(stayId, await service.timeline(stayId))
  }

  private async known(invoiceNo: string) {
    const { service } = this.books
    const isIts = (one: { partnerId: string; invoiceNo: string }): boolean =>
      one.partnerId === this.partnerId && one.invoiceNo === invoiceNo
    const rows = await service.invoiceRows(invoiceNo)
    const marked = rows.find(
      ({ kind, body }) => kind === 'event' && body.invoice !== undefined && isIts(body.invoice),
    )
    const { stayId } = marked ?? {}
    if (stayId === undefined) return null
    const stay = paidStayOf(stayId, await service.timeline(stayId))
    const invoice = stay.invoices.find(isIts)
    return invoice === undefined ? null : { invoice, stay }
  }

  /** Throws ORDER-04. */
  private async mine(invoiceNo: string) {
    const known = await this.known(invoiceNo)
    if (known === null) throw unknown('/invoiceNo', invoiceNo)
    return known
  }

  /** Decides by what it reads, and again when a row about its stay or number was written meanwhile. */
  private async settled(
    invoiceNo: string,
    decide: () => Promise<
      | { readonly invoice: StayInvoice; readonly stay: PaidStay }
      | { readonly stayId: string; readonly row: InvoiceRow }
    >,
  ): Promise<InvoiceView> {
    for (;;) {
      const seq = this.lot.headSeq
      const decided = await decide()
      if ('invoice' in decided) return viewOf(decided.invoice, decided.stay)
      const { stayId, row } = decided
      const since = [...this.lot.rowsAfter(seq)]
      if (since.some((one) => one.stayId === stayId || isAbout(one, invoiceNo))) continue
      const body = { type: invoiceEvent, detail: canonicalJson(row), invoice: row } as const
      this.lot.append([{ kind: 'event', atMs: this.lot.nowMs(), stayId, body }])
      return this.invoice(invoiceNo)
    }
  }
}

const isAbout = ({ kind, body }: LedgerRow, invoiceNo: string): boolean =>
  kind === 'event' && body.invoice?.invoiceNo === invoiceNo

export const partnerInvoices = (
  ...given: ConstructorParameters<typeof Invoices>
): PartnerInvoices => new Invoices(...given)
