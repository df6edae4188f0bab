// Receipts on paper: requested by a person or by every exit, printed beside the lanes, never before a barrier opens. A
// receipt that did not print stays an open item; when none of its bytes was sent, it is printed once after the printer
// is ready again.
import type { PrintersView } from '../../calls/receipt.ts'
import type { DeviceView, LanePrinterView } from '#lane/calls/views.ts'
import type { PaperLine, PrinterTrouble } from '#base/pure/data/paper.ts'
import type { LotConfig, PrinterConfig } from '#base/pure/lot/config.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { dayMs, instantOfIso, isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { PaperEnd } from '#base/pure/values/paper-ends.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import { receiptPaper } from '#lane/money/receipt-paper.ts'
import { paperEvent, paperRowOf, type PaperRow, filePrinter } from '../../receipts/paper-rows.ts'
import type { GivenReceipt, Receipts } from '#lane/money/receipts.ts'

type NotPrinted = PrinterTrouble | 'unanswered'

export type PrintEnd =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: NotPrinted; readonly isSent: boolean }

export interface PrinterPort {
  readonly config: PrinterConfig
  /** Null: ready. */
  readonly trouble: PrinterTrouble | null
  readonly isNearEnd: boolean
  /** State of the device for the display of devices. */
  device(): DeviceView
  /** Calls `act` each time that the printer becomes ready. */
  onReady(act: () => void): void
  print(lines: readonly PaperLine[]): Promise<PrintEnd>
  /** False: it has no drawer, or its state is unknown. */
  openDrawer(): boolean
}

interface PaperParts {
  readonly lot: Pick<LotConfig, 'name' | 'lanes' | 'invoices'>
  readonly printers: readonly PrinterPort[]
  readonly receipts: Pick<Receipts, 'give'>
  readonly service: Pick<LedgerService, 'query'>
  /** Laid out outside the lanes' thread. */
  pdf(lines: readonly PaperLine[]): Promise<Uint8Array>
  readonly tasks: Pick<TaskOwner, 'once'>
  nowMs(): InstantMs
  /** Durable when it returns. */
  append(rows: readonly RowDraft[]): void
  /** Reports a failed receipt of an exit, which no person requested. */
  failed(fault: LaneFault, stayId: string): void
}

interface Waiting {
  readonly printer: string
  readonly sinceMs: InstantMs
  readonly why: NotPrinted
  /** False: no byte of it was sent. */
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

/** Age limit of open receipts: the driver of an older one does not wait any more. */
const keptMs = dayMs
/** Age limit for printing without a new request. */
const againMs = 10 * minuteMs
const pageRows = 1000
/** Number of stays remembered for which an exit requested its receipt: a barrier may open more than once. */
const exitsKept = 500

export class PaperReceipts {
  private readonly parts: PaperParts
  private readonly waiting = new Map<string, Waiting>()
  private readonly exits = new Set<string>()
  /** Receipts being printed: a second request for the same one gets the same result. */
  private readonly underWay = new Map<string, Promise<GivenPaper>>()
  private loaded: Promise<void> | null = null

  constructor(parts: PaperParts) {
    this.parts = parts
    for (const printer of parts.printers) printer.onReady(() => this.catchesUp(printer))
  }

  /** Reads the requests from before this start, and prints what a ready printer may print. */
  async start(): Promise<void> {
    await (this.loaded ??= this.load())
    for (const printer of this.parts.printers) this.catchesUp(printer)
  }

  /** Prints the receipt of a stay. RECEIPT-03 to RECEIPT-08 when it did not print. */
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

  /** A person says how an open receipt ended. RECEIPT-09 when it is not open. `audit` is written with it. */
  end(stayId: string, how: PaperEnd, audit: RowDraft): void {
    if (!this.waiting.has(stayId))
      throw new LaneFault('RECEIPT-09', { field: '/stayId', value: stayId })
    this.note(stayId, { printer: '', state: 'ended', why: how }, [audit])
  }

  /** The lines as on paper, with the whole plate. */
  linesOf(given: GivenReceipt): readonly PaperLine[] {
    const { name, invoices } = this.parts.lot
    return receiptPaper(given, name.zh, 'whole', invoices)
  }

  /**
   * The receipt of a stay as a PDF file; the next print of it is marked as a copy. `saving`: a person has yet to save it, and
   * `saved` says whether they did.
   */
  async pdf(
    stayId: string,
    state: 'given' | 'saving' = 'given',
  ): Promise<GivenReceipt & { pdf: Uint8Array }> {
    const given = await this.parts.receipts.give(stayId)
    const pdf = await this.parts.pdf(this.linesOf(given))
    this.note(stayId, { printer: filePrinter, state, why: null })
    return { ...given, pdf }
  }

  /** How the saving of such a file ended. */
  saved(stayId: string, isSaved: boolean): void {
    this.note(stayId, { printer: filePrinter, state: isSaved ? 'given' : 'notSaved', why: null })
  }

  /** A barrier was commanded to open for this stay; the barrier does not wait for the receipt. */
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
      // Nothing was paid, so no receipt exists and none is missing.
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

  /** The printers of a lane for its board; a printer of the whole lot stands at its exits. */
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

  /** Printers that cannot print, for the operator. */
  notices(): readonly { readonly code: string; readonly note: string }[] {
    return this.parts.printers.flatMap(({ config, trouble }) =>
      // A printer that never answers is not reported here: the display of devices shows it.
      trouble === null || trouble === 'notKnown'
        ? []
        : [{ code: troubleCodes[trouble], note: config.id }],
    )
  }

  private open(): readonly (readonly [string, Waiting])[] {
    const sinceMs = this.parts.nowMs() - keptMs
    return [...this.waiting].filter(([, one]) => one.sinceMs >= sinceMs)
  }

  private catchesUp(printer: PrinterPort): void {
    this.parts.tasks.once('receipts', () => this.catchUp(printer))
  }

  /** Prints once what was not sent at all. A receipt that was sent may lie there already, and a person has to look. */
  private async catchUp(printer: PrinterPort): Promise<void> {
    const sinceMs = this.parts.nowMs() - againMs
    for (const [stayId] of this.open()) {
      const one = this.waiting.get(stayId)
      const isIts = one?.printer === printer.config.id && !one.isSent && one.sinceMs >= sinceMs
      if (!isIts || printer.trouble !== null || this.underWay.has(stayId)) continue
      try {
        await this.printOn(printer, stayId, 'again')
      } catch (error) {
        // It waits again, with the new reason.
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
    const end = await printer.print(receiptPaper(given, lot.name.zh, plate, lot.invoices))
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
    const body = { type: paperEvent, detail: canonicalJson(row) } as const
    this.parts.append([...beside, { kind: 'event', atMs, stayId, body }])
    this.keep(stayId, row, atMs)
  }

  private keep(stayId: string, row: PaperRow, atMs: InstantMs): void {
    const { state, printer, why, isSent = true } = row
    if (state === 'saving' || state === 'notSaved') return
    const before = this.waiting.get(stayId)
    if (state === 'asked' || state === 'again' || state === 'notPrinted') {
      const sinceMs = state === 'asked' ? atMs : (before?.sinceMs ?? atMs)
      // Requested without a result: the machine went down during printing.
      this.waiting.set(stayId, {
        printer,
        sinceMs,
        why: (why ?? 'unanswered') as NotPrinted,
        isSent,
      })
    } else this.waiting.delete(stayId)
  }

  /** Reads the requests from before this start, in row order; requests of this process take precedence. */
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
