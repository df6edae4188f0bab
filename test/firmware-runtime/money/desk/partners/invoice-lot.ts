// A lot of paid stays on a real ledger for tests of invoices: payments and refunds as rows, receipts with a real key, and the
// port of each partner over them. Time stands still except where a test moves it.
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { Receipts, type GivenReceipt } from '#lane/money/receipts.ts'
import { partnerFeed } from '#money/desk/partners/partner-feed.ts'
import { partnerInvoices } from '#money/desk/partners/partner-invoices.ts'
import { newsRows, type NewsAsked } from '#ledger/pure/lot/news-rows.ts'
import { receiptNoText } from '#base/pure/rows/receipt-rows.ts'
import type { PaymentMeans } from '#base/pure/values/payment-means.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { PartnerEvent, PartnerInvoices } from '#money/ports/partner.ts'
import { receiptKeyOf, sha256 } from '#money/desk/receipt/receipt-key.ts'
import { readsOf } from '../../../../kit/read-ledger.ts'
import { newFolder, optionsFor, startMs } from '../../../ledger/sqlite/ledger-kit.ts'
import { cameIn } from '../../../lane/pure/lot/row-kit.ts'

export type Paid = readonly [means: PaymentMeans, fen: number]

export class InvoiceLot {
  nowMs = startMs + 3_600_000
  readonly dir = newFolder()
  ledger = openLedger(optionsFor(this.dir)).ledger
  /** Called between reading and writing of an act. */
  meanwhile: (() => void) | null = null
  private count = 0
  receipts = this.openReceipts()

  private openReceipts(): Receipts {
    return new Receipts({
      lotId: 'LOT-1',
      service: this.service,
      sha256,
      random: { bytes: (length) => new Uint8Array(length).fill(++this.count) },
      key: () => receiptKeyOf(this.dir),
      nowMs: () => this.nowMs,
      append: (rows) => void this.ledger.append(rows),
    })
  }

  get service() {
    const read = readsOf(optionsFor(this.dir))
    return {
      timeline: (stayId: string) => read((reader) => reader.timeline(stayId)),
      newsRows: (asked: NewsAsked) => read(({ rows }) => newsRows(rows(asked.after), asked)),
      query: (...asked: Parameters<ReturnType<typeof this.readerOf>['query']>) =>
        read((reader) => reader.query(...asked)),
      invoiceRows: async (invoiceNo: string) => {
        const rows = await read((reader) => reader.invoiceRows(invoiceNo))
        this.meanwhile?.()
        this.meanwhile = null
        return rows
      },
    }
  }

  /** For its type alone. */
  declare readerOf: () => Pick<Parameters<Parameters<ReturnType<typeof readsOf>>[0]>[0], 'query'>

  get lot() {
    const { ledger } = this
    return {
      headSeq: ledger.head.seq,
      rowsAfter: (seq: number) => ledger.rows(seq),
      append: (rows: readonly RowDraft[]) => ledger.append(rows),
      nowMs: () => this.nowMs,
      onRows: new Set<() => void>(),
    }
  }

  restart(): void {
    this.ledger.close()
    this.ledger = openLedger(optionsFor(this.dir)).ledger
    this.receipts = this.openReceipts()
  }

  /** A stay that paid; `letter` T is the order of a test car. */
  stay(paid: readonly Paid[], letter: 'O' | 'T' = 'O'): string {
    const n = ++this.count
    const stayId = `s${n}`
    this.ledger.append([cameIn(stayId, this.nowMs - 3_600_000, { plate: `测A${10_000 + n}` })])
    paid.forEach((one) => this.pay(stayId, one, letter))
    return stayId
  }

  pay(stayId: string, [means, amountFen]: Paid, letter: 'O' | 'T' = 'O'): void {
    const orderId = `n1-${letter}${stayId.slice(1)}`
    const body = { paymentId: `${stayId}-${means}`, means, by: 'Guo', reason: null }
    this.ledger.append([
      { kind: 'payment', atMs: this.nowMs, laneId: 'exit', stayId, orderId, amountFen, body },
    ])
  }

  /** A refund by people that was carried out. */
  refund(stayId: string, [means, amountFen]: Paid): void {
    const atMs = this.nowMs
    const refundId = `R${++this.count}`
    if (means === 'qr') {
      const [refundNo, attemptNo] = [refundId, 'K1']
      const people = { why: 'person', requestedBy: 'Guo', approvedBy: 'Li' } as const
      const asked = { row: 'refund', refundNo, attemptNo, amountFen, ...people } as const
      this.ledger.append([
        { kind: 'pay', atMs, stayId, body: asked },
        { kind: 'pay', atMs, stayId, body: { row: 'refundDone', refundNo, attemptNo } },
      ])
      return
    }
    const of = means === 'etc' ? { outTradeNo: 'x' } : { paymentId: `${stayId}-${means}` }
    const people = { reason: 'r', operator: 'Guo', approvedBy: 'Li', byPeople: true } as const
    this.ledger.append([
      { kind: 'refund', atMs, stayId, amountFen, body: { refundId, ...of, ...people } },
      { kind: 'refundState', atMs, stayId, body: { refundId, state: 'success' } },
    ])
  }

  async receiptOf(stayId: string) {
    const given = await this.receipts.give(stayId)
    return { ...keysOf(given), given }
  }

  port(partnerId = 'TAX'): PartnerInvoices {
    const { lot, receipts, service } = this
    const live = {
      ...lot,
      get headSeq() {
        return ledgerOf().head.seq
      },
    }
    const ledgerOf = () => this.ledger
    const config = { lotId: 'LOT-1', name: { zh: '测试停车场', en: 'Test lot' } }
    return partnerInvoices(live, config, partnerId, () => ({ receipts, service }))
  }

  async events(partnerId = 'TAX'): Promise<readonly PartnerEvent[]> {
    const ports = { orders: null, invoices: this.port(partnerId), spaces: null }
    const feed = partnerFeed(this.lot, ports, ['invoices'], () => this.service)
    return (await feed?.events(0, 100))?.events ?? []
  }
}

const keysOf = ({ day, receiptNo, check }: GivenReceipt) => ({
  receiptNo: receiptNoText(day, receiptNo),
  check,
})
