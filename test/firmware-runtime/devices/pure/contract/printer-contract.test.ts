// The receipt printer fulfils the contract of all drivers, against the simulator's model.
// One piece of work is one receipt: reported as printed, with one more strip cut.
import { expect } from 'vitest'
import type { PrinterCommand, PrinterEvent } from '#base/pure/data/paper.ts'
import { standardPrinter } from '#devices/pure/printer/escpos/config.ts'
import {
  printerDriver,
  type PrinterEffect,
  type PrinterState,
} from '#devices/pure/printer/escpos/driver.ts'
import { PrinterModel, type PrinterOutput } from '#simulators/printer/model.ts'
import { driverContract } from './driver-contract.ts'
import { LinkBench } from './link-bench.ts'

class PrinterContractBench extends LinkBench<PrinterOutput, PrinterModel> {
  private readonly command: (command: PrinterCommand) => void
  private printed = 0
  private jobs = 0

  constructor() {
    const head = { dots: 576, knowsChinese: true, bytesPerSec: null }
    super(new PrinterModel({ seed: 11, ...head }), { serial: false })
    this.command = this.link.host<PrinterState, PrinterCommand, PrinterEvent, PrinterEffect>(
      printerDriver(standardPrinter),
      (event) => {
        if (event.type === 'printerState') this.up = event.trouble !== 'silent'
        if (event.type === 'printed') this.printed++
      },
    )
  }

  work(): void {
    this.command({ do: 'print', jobId: ++this.jobs, lines: [{ kind: 'rule' }] })
  }
  /** A receipt is never reported without its strip. */
  done(): number {
    expect(this.model.head.strips.length).toBeGreaterThanOrEqual(this.printed)
    return this.printed
  }
}

driverContract({
  name: 'printer escpos',
  workMs: 1_000,
  // A status query every 5 s, and 3 s for its answer.
  lossMs: 8_100,
  // The link is opened again after 0.2, 0.5, 1, 2 and 5 s.
  upMs: 6_000,
  make: () => new PrinterContractBench(),
})
