// The code scanner keeps the contract of all drivers, against the model of the simulator.
// One piece of work is one code that a driver shows: told once, and letter for letter.
import { expect } from 'vitest'
import {
  scannerDriver,
  type ScanEffect,
  type ScanEvent,
  type ScanState,
} from '../../../../firmware-runtime/devices/scanner/driver.ts'
import {
  serialReader,
  serialTimes,
  standardCodes,
} from '../../../../firmware-runtime/devices/scanner/serial/codes.ts'
import { ScannerModel } from '../../../../firmware-runtime/simulators/scanner/model.ts'
import { driverContract, type ContractBench } from './driver-contract.ts'
import { VirtualLink } from './virtual-link.ts'

class ScannerContractBench implements ContractBench {
  private readonly model = new ScannerModel({
    seed: 5,
    prefix: new Uint8Array(),
    suffix: Uint8Array.of(0x0d),
  })
  private readonly link = new VirtualLink<ReturnType<ScannerModel['scan']>[number]>(this.model, {
    serial: true,
  })
  private up = false
  private codes = 0
  private readonly reads: string[] = []

  constructor() {
    this.link.host<ScanState, never, ScanEvent, ScanEffect>(
      scannerDriver(serialReader(standardCodes), serialTimes),
      (event) => {
        if (event.type === 'scannerState') this.up = event.isUp
        if (event.type === 'read') this.reads.push(event.text)
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
    this.link.put(this.model.scan(this.code(++this.codes), this.link.time.nowUs))
  }
  /** Of codes that were shown; whatever else noise looked like is none. */
  done(): number {
    const own = this.reads.filter((text) => text.startsWith('1345'))
    expect(own.every((text) => text.length === 18)).toBe(true)
    return own.length
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
    const action = { do: 'reboot', ms: 500, bits: 0, status: 0 }
    this.link.put(this.model.act(action, this.link.time.nowUs))
  }
  /** A scanner has no clock. */
  skewClock(ms: number): void {
    expect(Number.isFinite(ms)).toBe(true)
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
