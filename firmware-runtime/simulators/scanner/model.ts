// A code scanner on a serial line as a pure model: a scanned text is sent with prefix and suffix, correctly or with a
// fault.
// It ignores input; its store has the texts read.
import { DeviceModel, type GoneOutput, type RowOutput } from '../shell/device-model.ts'
import { createFaultEngine, type FaultEngine, type FaultEngineOptions } from '../shell/faults.ts'

/** `cut`: the first half without suffix; `duplicate`: read twice; `drop`: not read. */
export const scannerFaults: FaultEngineOptions = { places: ['scan', 'link'] }

/** Bytes to all listeners. */
interface SaidOutput {
  readonly atUs: number
  readonly do: 'send'
  readonly bytes: Uint8Array
}

interface ScannedRow {
  readonly text: string
}

type ScannerOutput = SaidOutput | RowOutput<ScannedRow> | GoneOutput

interface ScannerModelOptions {
  readonly seed: number
  readonly faults?: FaultEngine
  readonly prefix: Uint8Array
  readonly suffix: Uint8Array
}

export class ScannerModel extends DeviceModel<SaidOutput | RowOutput<ScannedRow>> {
  readonly #prefix: Uint8Array
  readonly #suffix: Uint8Array
  #reads = 0

  constructor({ seed, faults, prefix, suffix }: ScannerModelOptions) {
    super(seed, faults ?? createFaultEngine(scannerFaults))
    this.#prefix = prefix
    this.#suffix = suffix
  }

  /** Listeners do not matter to a scanner. */
  linkDown(): void {
    this.agenda.runUntil(this.agenda.nowUs)
  }

  onBytes(_bytes: Uint8Array, atUs: number): ScannerOutput[] {
    return this.advance(atUs)
  }

  /** Scans a text, for example from a phone. */
  scan(text: string, atUs: number): ScannerOutput[] {
    this.agenda.runUntil(atUs)
    this.#reads++
    this.out({ atUs, do: 'row', row: { text } })
    const hit = this.faults.decide('link', 'before') ?? this.faults.decide('scan', 'before')
    const own = new TextEncoder().encode(text)
    const whole = Uint8Array.from([...this.#prefix, ...own, ...this.#suffix])
    if (hit?.do === 'drop' || (hit !== null && this.apply(hit))) return this.advance(atUs)
    // A cut text is its own first half, without the suffix.
    const bytes = this.mangled(hit?.do === 'cut' ? own : whole, hit)
    const say = (): void => {
      if (this.isDeaf) return
      this.out({ atUs: this.agenda.nowUs, do: 'send', bytes })
    }
    if (hit?.do === 'delay') this.agenda.plan(hit.ms * 1000, say)
    else say()
    if (hit?.do === 'duplicate') say()
    return this.advance(atUs)
  }

  state(): Record<string, unknown> {
    return { reads: this.#reads, silent: this.isSilent }
  }
}
