// An RSU driver against the model of its simulator, for the contract of all drivers. One piece of work
// is one car that pays by its card.
import { expect } from 'vitest'
import type { DeviceTap } from '#devices/hosts/device-host.ts'
import type { RsuCommand, RsuEvent } from '#devices/pure/etc/rsu.ts'
import {
  rsuDriverDefaults,
  startRsuDriver,
  stepRsuDriver,
  type RsuDriverConfig,
  type RsuDriverEffect,
  type RsuDriverState,
} from '#devices/pure/rsu/driver.ts'
import type { RsuVariant } from '#simulators/rsu/dialect.ts'
import { createRsuModel } from '#simulators/rsu/model.ts'
import type { RsuModel, RsuOutput } from '#simulators/rsu/model.ts'
import { LinkBench } from './link-bench.ts'

const amountFen = 500

export class RsuContractBench extends LinkBench<RsuOutput, RsuModel> {
  private readonly command: (command: RsuCommand) => void
  private cars = 0
  private paid = 0
  private orphans = 0
  private obuId = ''

  readonly config: RsuDriverConfig

  constructor(
    variant: RsuVariant,
    link: 'tcp' | 'serial',
    over: Partial<RsuDriverConfig> & Pick<RsuDriverConfig, 'variant'>,
    tap?: DeviceTap,
  ) {
    super(createRsuModel({ variant, timing: 'standard', seed: 11 }), { serial: link === 'serial' })
    this.config = { ...rsuDriverDefaults, laneMode: 'exit', link, ...over }
    this.command = this.link.host<RsuDriverState, RsuCommand, RsuEvent, RsuDriverEffect>(
      { initial: () => startRsuDriver(this.config), step: stepRsuDriver },
      (event) => this.told(event),
      tap,
    )
  }

  private told(event: RsuEvent): void {
    if (event.type === 'rsuUp') this.up = true
    if (event.type === 'rsuDown') this.up = false
    if (event.type === 'orphanResult') this.orphans++
    if (event.type === 'cardRead' && event.obu.obuId === this.obuId) this.charge(event)
    if (event.type === 'debitResult' && event.money === 'paid') {
      this.paid++
      this.command({ do: 'complete', obuId: event.obuId })
      this.command({ do: 'search', on: false })
      this.model.removeCar(event.obuId, this.link.time.nowUs)
    }
  }

  private charge(read: Extract<RsuEvent, { type: 'cardRead' }>): void {
    this.command({
      do: 'debit',
      deductionId: `D${this.cars}`,
      obuId: read.obu.obuId,
      amountFen,
      timeBcd: '20231115061320',
      stationHex: read.station0019Hex,
    })
  }

  /** Like a lane: the antenna is on for a car and off once it has paid. */
  work(): void {
    this.cars++
    const number = String(this.cars).padStart(4, '0')
    this.obuId = `0200${number}`
    const cardNo = `3701120000000000${number}`
    const car = { obuId: this.obuId, cardNo, cardType: 22, plate: '测A12345', colour: 'blue' }
    this.link.put(this.model.addCar(car, this.link.time.nowUs).outputs)
    this.command({ do: 'search', on: true })
  }

  /** The driver's reports equal what the cards were charged, each once. */
  done(): number {
    const none = { secondC6: 0, strayC6: 0, strayC1: 0, unknownFrames: 0 }
    expect(this.model.state()).toMatchObject({ ...none, debits: this.paid })
    expect(this.orphans).toBe(0)
    return this.paid
  }
  override skewClock(ms: number): void {
    this.model.knobs.clockSkewSec += Math.round(ms / 1000)
  }
}
