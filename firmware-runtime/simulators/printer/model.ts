// The receipt printer as a pure model: bytes and time in, bytes out; faults as data. Real-time status is answered at
// once; other commands wait their turn, and stop while the cover is open or paper is missing.
import { AnsweringModel } from '../shell/answering-model.ts'
import type { DeviceOutput } from '../shell/device-model.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { firstOf, type Command } from './commands.ts'
import { PrintHead } from './head.ts'
import { codesOf, textOf, type Strip } from './strip.ts'

/** Places: the three real-time requests, the queued one, and a code before printing. */
export const printerFaults: FaultEngineOptions = {
  places: ['DLE EOT 1', 'DLE EOT 2', 'DLE EOT 4', 'GS r', 'GS ( k', 'link'],
}

interface PrinterRow {
  readonly text: string
  readonly codes: readonly string[]
}

interface PrinterModelOptions {
  readonly seed: number
  readonly faults?: FaultEngine
  /** Width of the paper. */
  readonly dots: number
  readonly knowsChinese: boolean
  /** Null: as fast as bytes arrive. */
  readonly bytesPerSec: number | null
}

export type PrinterOutput = DeviceOutput<PrinterRow>

const bootMs = 3000
const dleEot = [0x10, 0x04] as const

export class PrinterModel extends AnsweringModel<PrinterRow> {
  readonly head: PrintHead
  isCoverOpen = false
  isNearEnd = false
  private readonly bytesPerSec: number | null
  private client: number | null = null
  private turnedAway = 0
  private begun: number[] = []
  private waiting = new Uint8Array()
  private isPlanned = false
  private unasked = true

  constructor(options: PrinterModelOptions) {
    super(options.seed, options.faults ?? createFaultEngine(printerFaults), bootMs)
    this.head = new PrintHead(options.dots, options.knowsChinese)
    this.bytesPerSec = options.bytesPerSec
  }

  linkDown(client: number): void {
    if (this.client === client) this.client = null
  }

  /** It accepts one client; a second one is disconnected. */
  onBytes(bytes: Uint8Array, atUs: number, client: number): PrinterOutput[] {
    this.agenda.runUntil(atUs)
    this.client ??= client
    if (client !== this.client) {
      this.turnedAway++
      this.out({ atUs, do: 'hangUp', client })
    } else if (!this.isDeaf) {
      for (const byte of bytes) this.hear(byte, client)
      this.work()
    }
    return this.advance(atUs)
  }

  /** Paper or cover was fixed: waiting commands continue. */
  mended(): void {
    this.tellUnasked()
    this.work()
  }

  /** Without power it forgets waiting commands; printed paper stays. */
  protected override gone(action: FaultAction): void {
    super.gone(action)
    this.waiting = new Uint8Array()
    this.begun = []
  }

  state(): Record<string, unknown> {
    const { strips, linesLeft, drawers } = this.head
    return {
      papers: strips.length,
      hasPaper: this.head.hasPaper,
      linesLeft,
      isNearEnd: this.isNearEnd,
      isCoverOpen: this.isCoverOpen,
      waitingBytes: this.waiting.length,
      drawers,
      turnedAway: this.turnedAway,
      silent: this.isSilent,
      requests: this.requests,
    }
  }

  private get isStopped(): boolean {
    return this.isCoverOpen || !this.head.hasPaper
  }

  /** Real-time requests are taken out of the stream at any position. */
  private hear(byte: number, client: number): void {
    const [dle, eot] = dleEot
    if (this.begun.length === 0 && byte === dle) this.begun.push(byte)
    else if (this.begun.length === 1 && byte === eot) this.begun.push(byte)
    else if (this.begun.length === 2) {
      this.begun = []
      this.arrived({ place: `DLE EOT ${byte}`, client, answer: () => this.status(byte) })
    } else {
      this.waiting = Uint8Array.from([...this.waiting, ...this.begun, byte])
      this.begun = []
    }
  }

  private status(kind: number): Uint8Array {
    const paper = this.head.hasPaper
    const bits: Readonly<Record<number, number>> = {
      1: this.isStopped ? 0x08 : 0,
      2: (this.isCoverOpen ? 0x04 : 0) | (paper ? 0 : 0x20),
      4: (this.isNearEnd ? 0x0c : 0) | (paper ? 0 : 0x60),
    }
    return Uint8Array.of(0x12 | (bits[kind] ?? 0))
  }

  private tellUnasked(): void {
    if (!this.unasked || this.client === null) return
    const first = 0x10 | (this.isStopped ? 0x08 : 0) | (this.isCoverOpen ? 0x20 : 0)
    const third = (this.isNearEnd ? 0x03 : 0) | (this.head.hasPaper ? 0 : 0x0c)
    const bytes = Uint8Array.of(first, 0, third, 0)
    this.out({ atUs: this.agenda.nowUs, do: 'send', client: this.client, bytes })
  }

  private work(): void {
    if (this.isPlanned) return
    while (!this.isStopped && !this.isAway) {
      const found = firstOf(this.waiting)
      if (found === null) return
      this.waiting = this.waiting.slice(found.size)
      this.carryOut(found.command)
      if (this.bytesPerSec === null) continue
      this.isPlanned = true
      this.agenda.plan(Math.round((found.size * 1_000_000) / this.bytesPerSec), () => {
        this.isPlanned = false
        this.work()
      })
      return
    }
  }

  private carryOut(command: Command): void {
    const { client } = this
    if (command.do === 'unasked') this.unasked = command.on
    else if (command.do === 'askPaper' && client !== null)
      this.arrived({ place: 'GS r', client, answer: () => this.paperByte() })
    else if (command.do === 'code') {
      const fault = command.fn === 0x51 ? this.faults.decide('GS ( k', 'before') : null
      if (fault === null || !this.apply(fault)) this.head.take(command)
    } else {
      const hadPaper = this.head.hasPaper
      const strip = this.head.take(command)
      if (strip !== null) this.out({ atUs: this.agenda.nowUs, do: 'row', row: rowOf(strip) })
      if (hadPaper && !this.head.hasPaper) this.tellUnasked()
    }
  }

  private paperByte(): Uint8Array {
    return Uint8Array.of(this.isNearEnd ? 0x03 : 0)
  }
}

const rowOf = ({ parts }: Strip): PrinterRow => ({
  text: textOf(parts),
  codes: codesOf(parts).map(({ text }) => text),
})
