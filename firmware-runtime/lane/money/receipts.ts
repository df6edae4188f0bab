// Receipts of paid stays: each is a leaf of its day, in the ledger before it is issued, and proven by a head signed
// when it is issued. A second copy has the same leaf.
import { t } from '#base/pure/words/fault-text.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import type { ReceiptView } from '#money/calls/receipt.ts'
import { invoiceNow, invoiceState, type InvoiceState } from '#money/pure/billing/stay-invoice.ts'
import type { RowAnswer } from '#base/calls/rows.ts'
import type { receiptCalls } from '#money/calls/receipt.ts'
import { judgeReceipt, type JudgedReceipt } from '#money/receipts/receipt-judge.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import {
  lostReceiptsEvent,
  receiptDayOf as dayOf,
  receiptNoText,
} from '#base/pure/rows/receipt-rows.ts'
import {
  headText,
  qrTextOf,
  type ProofParts,
  type ReceiptHead,
} from '#money/receipts/receipt-proof.ts'
import {
  keptOf,
  paidStayOf,
  receiptEvent,
  type Kept,
  type PaidStay,
} from '#money/receipts/paid-stay.ts'
import {
  checkOf,
  fileLeafOf,
  isCheckOf,
  isLost,
  leafOf,
  lostLeaf,
  receiptOf,
  saltBytes,
  type Receipt,
} from '#money/receipts/receipt-leaf.ts'
import { GrowingTree, type Sha256 } from '#money/receipts/receipt-tree.ts'
import type { Random } from '#base/ports/clocks.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'

type DayAnswer = RowAnswer<(typeof receiptCalls)['receipt.day']>

export interface ReceiptKey {
  readonly keyId: Uint8Array
  readonly publicKeyPem: string
  /** SM2 with SM3: r and s, 64 bytes. */
  sign(message: Uint8Array): Uint8Array
  verify(message: Uint8Array, signature: Uint8Array): boolean
}

interface ReceiptParts {
  readonly lotId: string
  readonly service: Pick<LedgerService, 'timeline' | 'query'>
  readonly sha256: Sha256
  readonly random: Pick<Random, 'bytes'>
  /** Made at its first use. */
  key(): ReceiptKey
  nowMs(): InstantMs
  /** Durable when it returns. */
  append(rows: readonly RowDraft[]): void
}

export interface GivenReceipt extends Pick<
  ReceiptView,
  'receiptNo' | 'day' | 'isCopy' | 'isOnPaper' | 'refundedFen' | 'invoiceNo'
> {
  readonly receipt: Receipt
  /** Known to who has the receipt alone. */
  readonly check: string
  /** The vehicle class by which it was priced, when its class was unknown. */
  readonly classUnknown: PaidStay['classUnknown']
  readonly qrText: string
  /** State of the invoice `invoiceNo`; null: none. */
  readonly invoiced: InvoiceState | null
  readonly invoiceableFen: number
}

/** `type` of the event rows that hold the leaf of a file. */
const fileEvent = 'carFileMade'
const leafEvents: readonly string[] = [receiptEvent, fileEvent]
const pageRows = 1000
const utf8 = new TextEncoder()

interface Lost {
  readonly day: number
  readonly count: number
}

const leafBytes = (hex: string): Uint8Array => present(bytesOfHex(hex), 'a row holds whole hex')

/** The leaf of a receipt or file in a ledger row; null for other rows. */
export const keptLeafOf = (row: LedgerRow): Kept | null =>
  row.kind === 'event' && leafEvents.includes(row.body.type) ? keptOf(row.body.detail) : null

interface DayRow {
  readonly day: number
  readonly leaves: readonly Uint8Array[]
}

/** Leaves of a row, with their day: one leaf, the places that were lost, or null for other rows. */
function leavesIn(type: string, detail: string): DayRow | null {
  if (type === lostReceiptsEvent) {
    const { day, count } = JSON.parse(detail) as Lost
    return { day, leaves: new Array<Uint8Array>(count).fill(lostLeaf()) }
  }
  if (!leafEvents.includes(type)) return null
  const { day, leafHex } = keptOf(detail)
  return { day, leaves: [leafBytes(leafHex)] }
}

/** The leaves of a day that are in the ledger, in row order. */
class DayLeaves {
  readonly day: number
  readonly leaves: Uint8Array[] = []
  /** Index by the leaf in hex, as in its row. */
  readonly places = new Map<string, number>()
  readonly tree: GrowingTree

  constructor(day: number, sha256: Sha256) {
    this.day = day
    this.tree = new GrowingTree(sha256)
  }

  add(leaf: Uint8Array): void {
    this.places.set(hexOf(leaf), this.leaves.length)
    this.leaves.push(leaf)
    this.tree.add(leaf)
  }
}

/** Start of a day; null when the number is not a calendar day. */
function startOf(day: number): InstantMs | null {
  const text = String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3T00:00:00+08:00')
  const startMs = parseIso(text)
  return startMs !== null && dayOf(startMs) === day ? startMs : null
}

/** Sum of a day; a stay that paid more later counts once, with its last receipt. */
function takenFen(leaves: readonly Uint8Array[]): number {
  const byStay = new Map<string, number>()
  for (const leaf of leaves) {
    const receipt = receiptOf(leaf)
    if (receipt !== null) byStay.set(receipt.stayId, receipt.amountFen)
  }
  return [...byStay.values()].reduce((sum, fen) => sum + fen, 0)
}

/** Number of days kept in memory: today, yesterday around midnight, and one that is viewed. */
const daysKept = 3

export class Receipts {
  private readonly parts: ReceiptParts
  /** Only this process writes leaves, so a day read once is kept up to date by its own writes. */
  private readonly days = new Map<number, DayLeaves>()
  /** Acts run one after the other: each place in a day is given once. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(parts: ReceiptParts) {
    this.parts = parts
  }

  get sha256(): Sha256 {
    return this.parts.sha256
  }

  /** The receipt of a stay: a new one, or the former one while nothing more was paid. */
  give(stayId: string): Promise<GivenReceipt> {
    return this.inTurn(() => this.make(stayId))
  }

  /** The stay of a receipt; null: no receipt has this number and check value. */
  find(receiptNo: string, check: string): Promise<string | null> {
    return this.inTurn(async () => {
      const [day = 0, place = 0] = receiptNo.split('-').map(Number)
      if (startOf(day) === null || receiptNoText(day, place) !== receiptNo) return null
      const { leaves } = await this.leavesOf(day)
      const leaf = leaves[place - 1] ?? lostLeaf()
      // Compared in constant time, also where there is no such receipt.
      const isIts = isCheckOf(this.sha256, leaf, check)
      return isIts ? (receiptOf(leaf)?.stayId ?? null) : null
    })
  }

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.turn.then(act)
    this.turn = done.catch(() => undefined)
    return done
  }

  /** Checks the text of a receipt: by the key of this lot and, when the signature is ours, by the leaves of its day. */
  async check(text: string): Promise<JudgedReceipt> {
    const { sha256 } = this.parts
    const parts = { sha256, ...this.parts.key() }
    const alone = judgeReceipt(sha256, parts, text)
    if (!alone.ok || alone.read === null) return alone
    const day = await this.day(alone.read.proof.head.day).catch((error: unknown) => {
      if (error instanceof LaneFault && error.code === 'RECEIPT-01') return null
      throw error
    })
    // Signed by our key, but the ledger has no receipt of that day.
    if (day === null) return { ...alone, ok: false, reason: 'notInDay' }
    return judgeReceipt(sha256, parts, text, day)
  }

  /** The head that binds all receipts of a day. RECEIPT-01 when the number is not a calendar day. */
  day(day: number): Promise<DayAnswer> {
    return this.inTurn(() => this.wholeDay(day))
  }

  private async wholeDay(day: number): Promise<DayAnswer> {
    const of = await this.leavesOf(day)
    const { leaves, tree } = of
    const { head, signature } = this.headNow(of)
    return {
      day,
      size: leaves.length,
      lost: leaves.filter(isLost).length,
      amountFen: takenFen(leaves),
      atSec: head.atSec,
      rootHex: hexOf(head.root),
      signatureHex: hexOf(signature),
      leafHashes: tree.hashes.map(hexOf),
      publicKeyPem: this.parts.key().publicKeyPem,
    }
  }

  /**
   * Adds a file about a stay as a leaf of this day, so that it cannot be changed later. `audit` says who requested it,
   * and is written with it.
   */
  join(stayId: string, digest: Uint8Array, audit: RowDraft): Promise<ProofParts> {
    return this.inTurn(() => this.joinFile(stayId, digest, audit))
  }

  private async joinFile(stayId: string, digest: Uint8Array, audit: RowDraft): Promise<ProofParts> {
    const { lotId, random, append, nowMs } = this.parts
    const atMs = nowMs()
    const day = dayOf(atMs)
    const of = await this.leavesOf(day)
    const leaf = fileLeafOf({ lotId, stayId, digest, salt: random.bytes(saltBytes) })
    const detail = canonicalJson({ day, leafHex: hexOf(leaf) })
    append([audit, { kind: 'event', atMs, stayId, body: { type: fileEvent, detail } }])
    of.add(leaf)
    return this.proofOf(of, of.leaves.length - 1)
  }

  private proofOf(of: DayLeaves, index: number): ProofParts {
    const leaf = of.leaves[index] ?? new Uint8Array()
    const { head, signature } = this.headNow(of)
    const path = of.tree.path(index)
    return { leaf, index, path, head, keyId: this.parts.key().keyId, signature }
  }

  private async make(stayId: string): Promise<GivenReceipt> {
    const { lotId, random, append } = this.parts
    // Read once, so that day and row of a receipt agree, also at midnight.
    const atMs = this.parts.nowMs()
    const paid = paidStayOf(stayId, await this.parts.service.timeline(stayId))
    const { classUnknown, invoiceableFen, invoices } = paid
    const now = invoiceNow(invoices)
    const invoiced = now && invoiceState(now, invoiceableFen)
    const invoiceNo = now && now.invoiceNo
    const ofStay = { classUnknown, invoiced, invoiceNo, invoiceableFen }
    const { amountFen } = paid.facts
    const fenOf = ({ leafHex }: Kept): number => receiptOf(leafBytes(leafHex))?.amountFen ?? 0
    const last = paid.kept.at(-1)
    // A refund makes no new receipt; a further payment does.
    const before = last !== undefined && fenOf(last) >= amountFen ? last : undefined
    if (before === undefined && amountFen <= 0)
      throw new LaneFault('RECEIPT-01', {
        field: '/stayId',
        value: stayId,
        note: t('收的钱已全部退还', 'the whole payment has been refunded'),
      })
    const day = before?.day ?? dayOf(atMs)
    const of = await this.leavesOf(day)
    if (before !== undefined) {
      const index = of.places.get(before.leafHex) ?? -1
      const { isOnPaper } = paid
      const refundedFen = Math.max(0, fenOf(before) - paid.hasFen)
      return this.proven(of, { index, isCopy: true, isOnPaper, refundedFen, ...ofStay })
    }
    const leaf = leafOf({ ...paid.facts, lotId, salt: random.bytes(saltBytes) })
    const detail = canonicalJson({ day, leafHex: hexOf(leaf) })
    append([{ kind: 'event', atMs, stayId, amountFen, body: { type: receiptEvent, detail } }])
    of.add(leaf)
    const index = of.leaves.length - 1
    return this.proven(of, { index, isCopy: false, isOnPaper: false, refundedFen: 0, ...ofStay })
  }

  private headNow({ day, leaves, tree }: DayLeaves): { head: ReceiptHead; signature: Uint8Array } {
    const { nowMs, key } = this.parts
    const atSec = Math.floor(nowMs() / 1000)
    const head = { day, size: leaves.length, root: tree.root(), atSec }
    return { head, signature: key().sign(utf8.encode(headText(head))) }
  }

  private proven(
    of: DayLeaves,
    at: Omit<GivenReceipt, 'check' | 'day' | 'qrText' | 'receipt' | 'receiptNo'> & {
      readonly index: number
    },
  ): GivenReceipt {
    const { index, ...rest } = at
    const leaf = of.leaves[index] ?? new Uint8Array()
    const receipt = receiptOf(leaf)
    if (receipt === null)
      throw new LaneFault('RECEIPT-01', {
        note: t('它的记录不在这一天', 'its record is not of this day'),
      })
    const qrText = qrTextOf(this.proofOf(of, index))
    const check = checkOf(this.sha256, leaf)
    return { receipt, receiptNo: index + 1, day: of.day, check, ...rest, qrText }
  }

  private async leavesOf(day: number): Promise<DayLeaves> {
    const known = this.days.get(day)
    if (known !== undefined) return known
    const read = await this.readLeaves(day)
    this.days.set(day, read)
    const [oldest = day] = this.days.keys()
    if (this.days.size > daysKept) this.days.delete(oldest)
    return read
  }

  private async readLeaves(day: number): Promise<DayLeaves> {
    const fromMs = startOf(day)
    if (fromMs === null)
      throw new LaneFault('RECEIPT-01', { field: '/day', value: String(day), note: 'yyyymmdd' })
    const found: { readonly seq: number; readonly leaves: readonly Uint8Array[] }[] = []
    for (let after: number | null = 0; after !== null;) {
      const span = { fromMs, toMs: fromMs + dayMs, limit: pageRows }
      const { rows, next } = await this.parts.service.query(
        'event',
        after === 0 ? span : { ...span, after },
      )
      for (const row of rows) {
        if (!('type' in row)) continue
        const of = leavesIn(row.type, row.detail)
        if (of?.day === day) found.push({ seq: row.seq, leaves: of.leaves })
      }
      after = next
    }
    // Pages are sorted by time, and a clock may step back: sort by row number.
    const read = new DayLeaves(day, this.parts.sha256)
    for (const { leaves } of found.sort((a, b) => a.seq - b.seq))
      for (const leaf of leaves) read.add(leaf)
    return read
  }
}
