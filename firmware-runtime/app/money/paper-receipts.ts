// Receipts on paper: asked for by a person or by every exit, printed beside the lanes, never in front of a barrier.
// What did not print stays an open item: of what had not left, the printer prints it once when it is ready again.
import type { PrintersView } from '../../api/calls/receipt.ts'
import type { DeviceView, LanePrinterView } from '../../api/views.ts'
import type { PaperLine, PrinterTrouble } from '../../core/print/paper.ts'
import type { LotConfig, PrinterConfig } from '../../core/lot/config.ts'
import { LaneFault, type FaultCode } from '../../core/faults/faults.ts'
import { dayMs, instantOfIso, isoOf, minuteMs, type InstantMs } from '../../core/values/instant.ts'
import { canonicalJson } from '../../core/values/json.ts'
import type { RowDraft } from '../../core/values/rows/ledger-row.ts'
import type { PaperEnd } from '../../core/values/paper-ends.ts'
import type { LedgerService } from '../../ports/ledger-service.ts'
import { receiptPaper } from './receipt-paper.ts'
import { paperEvent, paperRowOf, type PaperRow } from './paper-rows.ts'
import type { GivenReceipt, Receipts } from './receipts.ts'

type NotPrinted = PrinterTrouble | 'unanswered'

export type PrintEnd =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: NotPrinted; readonly isSent: boolean }

export interface PrinterPort {
  readonly config: PrinterConfig
  /** Null: ready. */
  readonly trouble: PrinterTrouble | null
  readonly isNearEnd: boolean
  /** As the dots of devices tell it. */
  device(): DeviceView
  /** `act` is called each time that it is ready again. */
  onReady(act: () => void): void
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
  /** False: nothing of it has left. */
  readonly isSent: boolean
}

type GivenPaper = GivenReceipt & { readonly printer: string }

const troubleCodes = {
  paperOut: 'RECEIPT-04',
  coverOpen: 'RECEIPT-05',
  error: 'RECEIPT-06',
  offline: 'RECEIPT-06',
  silent: 'RECEIPT-07',
  notKnown: 'RECEIPT-10',
  unanswered: 'RECEIPT-08',
} as const satisfies Record<NotPrinted, FaultCode>

/** Papers that are asked for longer ago are of no driver that still waits. */
const keptMs = dayMs
/** The same for one that is printed without being asked for once more. */
const againMs = 10 * minuteMs
const pageRows = 1000
/** Stays of which the exit has asked for its paper: a barrier may be opened more than once. */
const exitsKept = 500

export class PaperReceipts {
  private readonly parts: PaperParts
  private readonly waiting = new Map<string, Waiting>()
  private readonly exits = new Set<string>()
  /** Papers under way: who asks for the same one meanwhile gets that one. */
  private readonly underWay = new Map<string, Promise<GivenPaper>>()
  private loaded: Promise<void> | null = null

  constructor(parts: PaperParts) {
    this.parts = parts
    for (const printer of parts.printers) printer.onReady(() => void this.catchUp(printer))
  }

  /** Reads what an earlier life was asked for, and prints what a printer that is ready may. */
  async start(): Promise<void> {
    await (this.loaded ??= this.load())
    for (const printer of this.parts.printers) void this.catchUp(printer)
  }

  /** The receipt of a stay on paper. RECEIPT-03 to RECEIPT-08 where it did not print. */
  async print(stayId: string, printerId?: string): Promise<GivenPaper> {
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
    return this.printOn(printer, stayId, 'asked')
  }

  /** A person says how it ended. RECEIPT-09 where it does not wait. `audit` goes with it. */
  end(stayId: string, how: PaperEnd, audit: RowDraft): void {
    if (!this.waiting.has(stayId))
      throw new LaneFault('RECEIPT-09', { field: '/stayId', value: stayId })
    this.note(stayId, { printer: '', state: 'ended', why: how }, [audit])
  }

  /** As its words would stand on paper, with the whole plate. */
  linesOf(given: GivenReceipt): readonly PaperLine[] {
    return receiptPaper(given, this.parts.lot.name.zh, 'whole')
  }

  /** The receipt of a stay as a file; the next paper of it is a copy. */
  async pdf(stayId: string): Promise<GivenReceipt & { pdf: Uint8Array }> {
    const given = await this.parts.receipts.give(stayId)
    const pdf = await this.parts.pdf(this.linesOf(given))
    this.note(stayId, { printer: 'pdf', state: 'given', why: null })
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
    this.printOn(printer, stayId, 'asked').catch((error: unknown) => {
      if (!(error instanceof LaneFault)) throw error
      // Nothing was paid: there is no receipt, and nobody misses one.
      if (error.code !== 'RECEIPT-01') failed(error, stayId)
    })
  }

  async view(): Promise<PrintersView> {
    await (this.loaded ??= this.load())
    return {
      printers: this.parts.printers.map(({ config, trouble, isNearEnd }) => ({
        id: config.id,
        lanes: config.lanes ?? [],
        prints: config.prints,
        trouble,
        code: trouble === null ? null : troubleCodes[trouble],
        isNearEnd,
      })),
      waiting: this.open().map(([stayId, one]) => ({
        stayId,
        printer: one.printer,
        sinceIso: isoOf(one.sinceMs),
        code: troubleCodes[one.why],
        isSent: one.isSent,
      })),
    }
  }

  /** The printers of a lane, as its board tells them; one of the whole lot stands at its exits. */
  ofLane(laneId: string): readonly LanePrinterView[] {
    const { lot, printers } = this.parts
    const isExit = lot.lanes.find(({ id }) => id === laneId)?.direction === 'exit'
    const open = this.open()
    return printers
      .filter(({ config: { lanes } }) => lanes?.includes(laneId) ?? isExit)
      .map((one) => {
        const { trouble, isNearEnd } = one
        const { id, drawer } = one.config
        const isDrawerShut = drawer !== undefined && trouble === 'silent'
        const own = open.filter(([, { printer }]) => printer === id)
        const [oldest] = own
        return {
          id,
          device: one.device(),
          code: trouble === null ? null : troubleCodes[trouble],
          isNearEnd,
          ...(isDrawerShut ? { isDrawerShut } : {}),
          waiting: own.length,
          ...(oldest === undefined ? {} : { sinceIso: isoOf(oldest[1].sinceMs) }),
        }
      })
  }

  /** For who looks after the machine: what cannot print, by printer. */
  notices(): readonly { readonly code: string; readonly note: string }[] {
    return this.parts.printers.flatMap(({ config, trouble }) =>
      // One that never answers is as it is built: its dot says so.
      trouble === null || trouble === 'notKnown'
        ? []
        : [{ code: troubleCodes[trouble], note: config.id }],
    )
  }

  private open(): readonly (readonly [string, Waiting])[] {
    const sinceMs = this.parts.nowMs() - keptMs
    return [...this.waiting].filter(([, one]) => one.sinceMs >= sinceMs)
  }

  /** What had not left is printed once: what had may lie there already, and a person looks. */
  private async catchUp(printer: PrinterPort): Promise<void> {
    const sinceMs = this.parts.nowMs() - againMs
    for (const [stayId] of this.open()) {
      const one = this.waiting.get(stayId)
      const isIts = one?.printer === printer.config.id && !one.isSent && one.sinceMs >= sinceMs
      if (!isIts || printer.trouble !== null || this.underWay.has(stayId)) continue
      try {
        await this.printOn(printer, stayId, 'again')
      } catch (error) {
        // It waits again, with its reason.
        if (!(error instanceof LaneFault)) throw error
      }
    }
  }

  private printOn(
    printer: PrinterPort,
    stayId: string,
    state: 'asked' | 'again',
  ): Promise<GivenPaper> {
    const before = this.underWay.get(stayId)
    if (before !== undefined) return before
    const paper = this.printNow(printer, stayId, state).finally(() => this.underWay.delete(stayId))
    this.underWay.set(stayId, paper)
    return paper
  }

  private async printNow(
    printer: PrinterPort,
    stayId: string,
    state: 'asked' | 'again',
  ): Promise<GivenPaper> {
    const { lot, receipts } = this.parts
    const { id, plate } = printer.config
    const given = await receipts.give(stayId)
    this.note(stayId, { printer: id, state, why: null })
    const end = await printer.print(receiptPaper(given, lot.name.zh, plate))
    if (end.ok) {
      this.note(stayId, { printer: id, state: 'printed', why: null })
      return { ...given, printer: id }
    }
    const { why, isSent } = end
    this.note(stayId, { printer: id, state: 'notPrinted', why, isSent })
    throw new LaneFault(troubleCodes[why], { field: '/printer', value: id, note: stayId })
  }

  private note(stayId: string, row: PaperRow, beside: readonly RowDraft[] = []): void {
    const atMs = this.parts.nowMs()
    const body = { type: paperEvent, detail: canonicalJson(row) }
    this.parts.append([...beside, { kind: 'event', atMs, stayId, body }])
    this.keep(stayId, row, atMs)
  }

  private keep(stayId: string, row: PaperRow, atMs: InstantMs): void {
    const { state, printer, why, isSent = true } = row
    const before = this.waiting.get(stayId)
    if (state === 'asked' || state === 'again' || state === 'notPrinted') {
      const sinceMs = state === 'asked' ? atMs : (before?.sinceMs ?? atMs)
      // Asked for and nothing heard: the machine went down while it printed.
      this.waiting.set(stayId, {
        printer,
        sinceMs,
        why: (why ?? 'unanswered') as NotPrinted,
        isSent,
      })
    } else this.waiting.delete(stayId)
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
          this.keep(row.stayId, paperRowOf(row.detail), instantOfIso(row.atIso))
      after = next
    }
  }
}
