// The receipt printer keeps the contract of all drivers, against the model of the simulator.
// One piece of work is one receipt: reported as printed, and one more strip was cut.
import { expect } from 'vitest'
import type { PrinterCommand, PrinterEvent } from '../../../../firmware-runtime/core/print/paper.ts'
import { standardPrinter } from '../../../../firmware-runtime/devices/printer/escpos/config.ts'
import {
  printerDriver,
  type PrinterEffect,
  type PrinterState,
} from '../../../../firmware-runtime/devices/printer/escpos/driver.ts'
import {
  PrinterModel,
  type PrinterOutput,
} from '../../../../firmware-runtime/simulators/printer/model.ts'
import { driverContract, type ContractBench } from './driver-contract.ts'
import { VirtualLink } from './virtual-link.ts'

const rebootMs = 1000

class PrinterContractBench implements ContractBench {
  private readonly model = new PrinterModel({
    seed: 11,
    dots: 576,
    knowsChinese: true,
    bytesPerSec: null,
  })
  private readonly link = new VirtualLink<PrinterOutput>(this.model, { serial: false })
  private readonly command: (command: PrinterCommand) => void
  private up = false
  private printed = 0
  private jobs = 0

  constructor() {
    this.command = this.link.host<PrinterState, PrinterCommand, PrinterEvent, PrinterEffect>(
      printerDriver(standardPrinter),
      (event) => {
        if (event.type === 'printerState') this.up = event.trouble !== 'silent'
        if (event.type === 'printed') this.printed++
      },
    )
  }

  connect(): void {
    this.link.connect()
  }
  disconnect(): void {
    this.link.disconnect()
  }
  run(forMs: number): void {
    this.link.run(forMs)
  }
  isUp(): boolean {
    return this.up
  }
  work(): void {
    this.command({ do: 'print', jobId: ++this.jobs, lines: [{ kind: 'rule' }] })
  }
  /** Never reported without its strip. */
  done(): number {
    expect(this.model.head.strips.length).toBeGreaterThanOrEqual(this.printed)
    return this.printed
  }
  garbage(bytes: Uint8Array): void {
    this.link.deliver(bytes)
  }
  silence(on: boolean): void {
    if (on) this.model.act({ do: 'silence', ms: 0, bits: 0, status: 0 }, this.link.time.nowUs)
    else this.model.mend()
  }
  duplicate(on: boolean): void {
    this.link.twice = on
  }
  split(bytesAtOnce: number | null): void {
    this.link.pieceBytes = bytesAtOnce
  }
  restartDevice(): void {
    const action = { do: 'reboot', ms: rebootMs, bits: 0, status: 0 }
    this.link.put(this.model.act(action, this.link.time.nowUs))
  }
  /** A printer has no clock. */
  skewClock(ms: number): void {
    expect(Number.isFinite(ms)).toBe(true)
  }
}

driverContract({
  name: 'printer escpos',
  workMs: 1_000,
  // A look each 5 s, and 3 s for its answer.
  lossMs: 8_100,
  // The link is opened again after 0.2, 0.5, 1, 2 and 5 s.
  upMs: 6_000,
  make: () => new PrinterContractBench(),
})
