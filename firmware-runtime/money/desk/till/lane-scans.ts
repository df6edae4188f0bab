// Codes from the scanner of an exit: a payment code pays for the waiting car without a person at the desk. Everything
// else is refused with its code, shown to the driver for a moment and on the board; the lane continues.
import type { LaneView } from '#lane/calls/views.ts'
import type { DisplayCommand } from '#devices/pure/lane/display.ts'
import { pageOf, scanRefusedText, type DriverText } from '#devices/pure/lane/driver-text.ts'
import type { ScannerConfig } from '#base/pure/lot/config.ts'
import type { FaultCode } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { scanWords } from '#base/pure/values/pay-code.ts'
import type { ScanEvent } from '#devices/pure/scanner/driver.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { Timers } from '#base/process/machine.ts'

type Refusal = 'rubbish' | 'noCar' | 'notNow' | 'noGateway' | 'charging' | 'notWritten'

/** The parts of a lot that are used here. */
interface ScanLot {
  readonly payments: {
    /** Null: the charge is in progress. */
    scanned(laneId: string, text: string): Refusal | null
    scannerIs(laneId: string, isUp: boolean): void
    sync(): void
  } | null
  readonly lanes: ReadonlyMap<string, ScanLane>
  readonly onChange: Iterable<() => void>
  nowMs(): InstantMs
  trace(laneId: string, stayId: string | null, type: 'fault', detail: string): void
}

interface ScanLane {
  readonly state: {
    readonly shown: DriverText
    readonly car: { readonly stayId: string | null } | null
  }
  readonly devices: { readonly display: { send(command: DisplayCommand): void } | null }
  shownCode: string | null
}

type LastScan = NonNullable<LaneView['lastScan']>

/** Long enough for a driver to read it. */
const refusedShownMs = 4_000
/** Long enough for an attendant to see it. */
const lastShownMs = 60_000
/** A scanner that sends invalid codes all the time is logged once within this time. */
const traceEachMs = 1_000

/** Null: the display shows already what the driver has to do. */
const texts = {
  rubbish: scanRefusedText.notRead,
  noCar: scanRefusedText.notNow,
  notNow: scanRefusedText.notNow,
  noGateway: scanRefusedText.later,
  notWritten: scanRefusedText.later,
  charging: null,
} as const satisfies Record<Refusal, DriverText | null>

const codeOf = (refusal: Refusal): FaultCode =>
  refusal === 'rubbish' ? 'SCAN-01' : refusal === 'notWritten' ? 'DATA-02' : 'SCAN-02'

export class LaneScans {
  readonly #runtime: ScanLot
  readonly #scanners: readonly ScannerConfig[]
  readonly #timers: Timers
  readonly #last = new Map<string, LastScan>()
  readonly #isUp = new Map<string, boolean>()
  /** Number of refusals since the last log entry, by scanner. */
  readonly #untold = new Map<string, number>()

  constructor(runtime: ScanLot, scanners: readonly ScannerConfig[], mono: MonoClock) {
    this.#runtime = runtime
    this.#scanners = scanners
    this.#timers = new Timers(mono)
    // Counts as absent until it reports.
    for (const { lane } of scanners) runtime.payments?.scannerIs(lane, false)
  }

  stop(): void {
    this.#timers.stop()
  }

  /** Takes an event of a scanner. */
  took(scanner: ScannerConfig, event: ScanEvent): void {
    if (event.type === 'scannerState') {
      this.#isUp.set(scanner.id, event.isUp)
      this.#runtime.payments?.scannerIs(scanner.lane, event.isUp)
      return this.#changed()
    }
    if (event.type === 'notRead')
      return this.#refused(scanner, 'SCAN-03', event.why, scanRefusedText.notRead)
    const { payments } = this.#runtime
    const refusal = payments === null ? 'noGateway' : payments.scanned(scanner.lane, event.text)
    if (refusal === null) return this.#taken(scanner)
    const note = refusal === 'rubbish' ? scanWords(event.text) : refusal
    this.#refused(scanner, codeOf(refusal), note, texts[refusal])
  }

  /** The last code read at a lane, for a limited time. */
  lastOf(laneId: string): LastScan | undefined {
    return this.#last.get(laneId)
  }

  /** Lasting faults: absent scanners, by name. */
  notices(): readonly { readonly code: FaultCode; readonly note: string }[] {
    return this.#scanners.flatMap(({ id }) =>
      this.#isUp.get(id) === true ? [] : [{ code: 'SCAN-04' as const, note: id }],
    )
  }

  #taken({ lane }: ScannerConfig): void {
    this.#last.delete(lane)
    this.#timers.set(`shown ${lane}`, null, () => undefined)
    this.#changed()
  }

  #refused(scanner: ScannerConfig, code: FaultCode, note: string, text: DriverText | null): void {
    const { lane } = scanner
    this.#last.set(lane, { code, note, atIso: isoOf(this.#runtime.nowMs()) })
    this.#timers.set(`last ${lane}`, lastShownMs, () => {
      this.#last.delete(lane)
      this.#changed()
    })
    this.#tell(scanner, `${code} ${note}`)
    if (text !== null) this.#show(lane, text)
    this.#changed()
  }

  /** Logs the first refusal at once, and the rest of that second as a count. */
  #tell({ id, lane }: ScannerConfig, words: string): void {
    const name = `told ${id}`
    if (this.#timers.has(name)) {
      this.#untold.set(id, (this.#untold.get(id) ?? 0) + 1)
      return
    }
    const { car } = this.#runtime.lanes.get(lane)?.state ?? { car: null }
    const more = this.#untold.get(id) ?? 0
    this.#untold.delete(id)
    this.#runtime.trace(
      lane,
      car?.stayId ?? null,
      'fault',
      `${words} ${id}${more === 0 ? '' : ` +${more}`}`,
    )
    this.#timers.set(name, traceEachMs, () => undefined)
  }

  /** Shows a text beside that of the lane, and then the lane's own text again. */
  #show(laneId: string, text: DriverText): void {
    const host = this.#runtime.lanes.get(laneId)
    if (host === undefined) return
    host.devices.display?.send({ do: 'show', page: pageOf(text) })
    this.#timers.set(`shown ${laneId}`, refusedShownMs, () => {
      host.devices.display?.send({ do: 'show', page: pageOf(host.state.shown) })
      // The code of the car returns with the next look at the payments.
      host.shownCode = null
      this.#runtime.payments?.sync()
    })
  }

  #changed(): void {
    for (const seen of this.#runtime.onChange) seen()
  }
}
