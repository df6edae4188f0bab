// The code scanner fulfils the contract of all drivers, against the simulator's model.
// One piece of work is one code shown to the driver: reported once, character for character.
import { expect } from 'vitest'
import {
  scannerDriver,
  type ScanEffect,
  type ScanEvent,
  type ScanState,
} from '#devices/pure/scanner/driver.ts'
import { serialReader, serialTimes, standardCodes } from '#devices/pure/scanner/serial/codes.ts'
import { ScannerModel } from '#simulators/scanner/model.ts'
import { driverContract } from './driver-contract.ts'
import { LinkBench } from './link-bench.ts'

type ScannerOutput = ReturnType<ScannerModel['scan']>[number]

class ScannerContractBench extends LinkBench<ScannerOutput, ScannerModel> {
  private codes = 0
  private readonly reads: string[] = []

  constructor() {
    const ends = { prefix: new Uint8Array(), suffix: Uint8Array.of(0x0d) }
    super(new ScannerModel({ seed: 5, ...ends }), { serial: true, rebootMs: 500 })
    this.link.host<ScanState, never, ScanEvent, ScanEffect>(
      scannerDriver(serialReader(standardCodes), serialTimes),
      (event) => {
        if (event.type === 'scannerState') this.up = event.isUp
        if (event.type === 'read') this.reads.push(event.text)
      },
    )
  }

  work(): void {
    this.link.put(this.model.scan(this.code(++this.codes), this.link.time.nowUs))
  }
  /** Counts the codes that were shown, without those that noise looked like. */
  done(): number {
    const own = this.reads.filter((text) => text.startsWith('1345'))
    expect(own.every((text) => text.length === 18)).toBe(true)
    return own.length
  }
  private code(n: number): string {
    return `1345${String(n).padStart(14, '0')}`
  }
}

driverContract({
  name: 'scanner serial',
  workMs: 300,
  lossMs: null,
  // The link is opened again after 0.2, 0.5, 1, 2 and 5 s.
  upMs: 6_000,
  make: () => new ScannerContractBench(),
})
