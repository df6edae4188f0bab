// Receipts on paper: asked for by a person or by every exit, printed beside the lanes, never in front of a barrier.
// What did not print stays asked for and is printed again by a person alone; rows of the ledger say what became of it.
import type { PrintersView } from '../../api/calls/receipt.ts'
import type { PaperLine, PrinterTrouble } from '../../core/print/paper.ts'
import type { LotConfig, PrinterConfig } from '../../core/lot/config.ts'
import { LaneFault, type FaultCode } from '../../core/values/faults.ts'
import { dayMs, instantOfIso, isoOf, type InstantMs } from '../../core/values/instant.ts'
import { canonicalJson } from '../../core/values/json.ts'
import type { RowDraft } from '../../core/values/ledger-row.ts'
import type { LedgerService } from '../../ports/ledger-service.ts'
import { receiptPaper } from './receipt-paper.ts'
import { paperEvent, type GivenReceipt, type Receipts } from './receipts.ts'

type NotPrinted = PrinterTrouble | 'unanswered'

export type PrintEnd =
  { readonly ok: true } | { readonly ok: false; readonly why: NotPrinted; readonly isSent: boolean }

export interface PrinterPort {
  readonly config: PrinterConfig
  /** Null: ready. */
  readonly trouble: PrinterTrouble | null
  readonly isNearEnd: boolean
  print(lines: readonly PaperLine[]): Promise<PrintEnd>
  /** False: it has no drawer, or nothing is known of it. */
  openDrawer(): boolean
}

interface PaperParts {
  readonly lot: Pick<LotConfig, 'name' | 'lanes'>
  readonly printers: readonly PrinterPort[]
  readonly receipts: Pick<Receipts, 'give'>
  readonly service: Pick<LedgerService, 'query'>
  /** Laid out away from the lanes. */
  pdf(lines: readonly PaperLine[]): Promise<Uint8Array>
  nowMs(): InstantMs
  /** Durable when it returns. */
  append(rows: readonly RowDraft[]): void
  /** Nobody asked, so nobody hears of it otherwise. */
  failed(fault: LaneFault, stayId: string): void
}

interface Waiting {
  readonly printer: string
  readonly sinceMs: InstantMs
  readonly why: NotPrinted
}

interface PrintRow {
  readonly printer: string
  readonly state: 'asked' | 'printed' | 'notPrinted'
  readonly why: NotPrinted | null
}

const troubleCodes = {
  paperOut: 'RECEIPT-04',
  coverOpen: 'RECEIPT-05',
  error: 'RECEIPT-06',
  offline: 'RECEIPT-06',
  silent: 'RECEIPT-07',
  unanswered: 'RECEIPT-08',
} as const satisfies Record<NotPrinted, FaultCode>

/** Papers that are asked for longer ago are of no driver that still waits. */
const keptMs = dayMs
const pageRows = 1000
/** Stays of which the exit has asked for its paper: a barrier may be opened more than once. */
const exitsKept = 500

export class PaperReceipts {
  private readonly parts: PaperParts
  private readonly waiting = new Map<string, Waiting>()
  private readonly exits = new Set<string>()
  private loaded: Promise<void> | null = null

  constructor(parts: PaperParts) {
    this.parts = parts
  }

  /** The receipt of a stay on paper. RECEIPT-03 to RECEIPT-08 where it did not print. */
  async print(stayId: string, printerId?: string): Promise<GivenReceipt & { printer: string }> {
    const { printers } = this.parts
    const printer =
      printerId === undefined && printers.length === 1
        ? printers[0]
        : printers.find(({ config }) => config.id === printerId)
    if (printer === undefined)
      throw new LaneFault('RECEIPT-03', {
        field: '/printer',
        value: printerId ?? '',
        note: printers.map(({ config }) => config.id).join(', '),
      })
    return this.printOn(printer, stayId)
  }

  /** As its words would stand on paper, with the whole plate. */
  linesOf(given: GivenReceipt): readonly PaperLine[] {
    return receiptPaper(given, this.parts.lot.name.zh, 'whole')
  }

  /** The receipt of a stay as a file; the next paper of it is a copy. */
  async pdf(stayId: string): Promise<GivenReceipt & { pdf: Uint8Array }> {
    const given = await this.parts.receipts.give(stayId)
    const pdf = await this.parts.pdf(this.linesOf(given))
    this.note(stayId, { printer: 'pdf', state: 'printed', why: null })
    return { ...given, pdf }
  }

  /** A barrier was told to open for this stay: it does not wait for what comes of this. */
  exit(laneId: string, stayId: string): void {
    const { lot, printers, failed } = this.parts
    const lane = lot.lanes.find(({ id }) => id === laneId)
    const printer = printers.find(
      ({ config: { prints, lanes } }) =>
        prints === 'always' && (lanes === undefined || lanes.includes(laneId)),
    )
    if (lane?.direction !== 'exit' || printer === undefined || this.exits.has(stayId)) return
    this.exits.add(stayId)
    const [oldest = ''] = this.exits
    if (this.exits.size > exitsKept) this.exits.delete(oldest)
    this.printOn(printer, stayId).catch((error: unknown) => {
      if (!(error instanceof LaneFault)) throw error
      // Nothing was paid: there is no receipt, and nobody misses one.
      if (error.code !== 'RECEIPT-01') failed(error, stayId)
    })
  }

  async view(): Promise<PrintersView> {
    this.loaded ??= this.load()
    await this.loaded
    const sinceMs = this.parts.nowMs() - keptMs
    return {
      printers: this.parts.printers.map(({ config, trouble, isNearEnd }) => ({
        id: config.id,
        lanes: config.lanes ?? [],
        prints: config.prints,
        trouble,
        code: trouble === null ? null : troubleCodes[trouble],
        isNearEnd,
      })),
      waiting: [...this.waiting]
        .filter(([, one]) => one.sinceMs >= sinceMs)
        .map(([stayId, one]) => ({
          stayId,
          printer: one.printer,
          sinceIso: isoOf(one.sinceMs),
          code: troubleCodes[one.why],
        })),
    }
  }

  /** For who looks after the machine: what cannot print, by printer. */
  notices(): readonly { readonly code: string; readonly note: string }[] {
    return this.parts.printers.flatMap(({ config, trouble }) =>
      trouble === null ? [] : [{ code: troubleCodes[trouble], note: config.id }],
    )
  }

  private async printOn(
    printer: PrinterPort,
    stayId: string,
  ): Promise<GivenReceipt & { printer: string }> {
    const { lot, receipts } = this.parts
    const { id, plate } = printer.config
    const given = await receipts.give(stayId)
    this.note(stayId, { printer: id, state: 'asked', why: null })
    const end = await printer.print(receiptPaper(given, lot.name.zh, plate))
    const why = end.ok ? null : end.why
    this.note(stayId, { printer: id, state: end.ok ? 'printed' : 'notPrinted', why })
    if (why === null) return { ...given, printer: id }
    throw new LaneFault(troubleCodes[why], { field: '/printer', value: id, note: stayId })
  }

  private note(stayId: string, row: PrintRow): void {
    const atMs = this.parts.nowMs()
    const body = { type: paperEvent, detail: canonicalJson(row) }
    this.parts.append([{ kind: 'event', atMs, stayId, body }])
    this.keep(stayId, row, atMs)
  }

  private keep(stayId: string, { printer, state, why }: PrintRow, atMs: InstantMs): void {
    if (state === 'printed') this.waiting.delete(stayId)
    // Asked for and nothing heard: the machine went down while it printed.
    else this.waiting.set(stayId, { printer, sinceMs: atMs, why: why ?? 'unanswered' })
  }

  /** What an earlier life was asked for, in the order of rows; what this one did stands above it. */
  private async load(): Promise<void> {
    const fromMs = this.parts.nowMs() - keptMs
    const known = new Set(this.waiting.keys())
    for (let after: number | null = 0; after !== null;) {
      const { rows, next } = await this.parts.service.query('event', {
        fromMs,
        toMs: fromMs + 2 * keptMs,
        limit: pageRows,
        ...(after === 0 ? {} : { after }),
      })
      for (const row of rows)
        if (
          'type' in row &&
          row.type === paperEvent &&
          row.stayId !== null &&
          !known.has(row.stayId)
        )
          this.keep(row.stayId, JSON.parse(row.detail) as PrintRow, instantOfIso(row.atIso))
      after = next
    }
  }
}
