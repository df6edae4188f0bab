// A lot on real links for the bench: simulator processes, two lanes, card mode over a pty, and cars
// that all pay. Business time follows the cars; everything else is like a replay over links.
import { systemMonoClock, TraceClock } from '#base/time/system-clocks.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { openSite } from '#runtime/site/site.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { LotHarness, type LotHarnessOptions } from '#harness/lot/lot-harness.ts'
import { devicesUp, drained } from '#harness/lot/replay-links.ts'
import { cashPerson, TrafficDriver } from '#harness/lot/traffic-driver.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import { trafficMixes } from '#simulators/traffic/cars.ts'
import { Yard } from '#simulators/traffic/traffic.ts'
import { program } from './place.ts'
import { alwaysPays } from '../../firmware-runtime/money/pure/billing/version-1.ts'

const stayMs = 3_600_000
const betweenMs = 60_000

export interface BenchLot {
  readonly site: Site
  readonly harness: LotHarness
  /** Lets that many cars in at the entry while as many earlier ones leave at the exit. */
  drive(cars: number): Promise<void>
  close(): Promise<void>
}

/** Two lanes in card mode over a pty, their devices and their platform as processes. */
export const benchHarness = (dir: string, over: Partial<LotHarnessOptions> = {}): LotHarness =>
  new LotHarness({
    dir,
    charge: 'card',
    offline: 'other-payment',
    variant: 'generic-bcc',
    timing: 'instant',
    seed: 1,
    capacity: 100,
    rsuLink: process.platform === 'linux' ? 'pty' : 'tcp',
    program: program(),
    ...over,
  })

export async function openBenchLot(dir: string): Promise<BenchLot> {
  const fromMs = instantOf(2026, 11, 20, 6 * 3_600_000)
  const harness = benchHarness(dir, { capacity: 1_000, tariff: alwaysPays, fromMs })
  await harness.startDevices()
  const loaded = loadLot(dir)
  const clock = new TraceClock(fromMs)
  const site = await openSite({
    dir,
    ...loaded,
    business: clock,
    mono: systemMonoClock(),
    timing: 'instant',
    fatal: (fault) => {
      throw fault
    },
  })
  await harness.startCameras((laneId) => site.intake.url(laneId))
  await devicesUp(site)
  const driver = new TrafficDriver(harness, site, cashPerson)
  const yard = new Yard(trafficMixes.clean, 1)
  let atMs = clock.nowMs()
  const enter = async (): Promise<void> => {
    atMs += betweenMs
    clock.set(atMs)
    await driver.pass(yard.enter(atMs))
  }
  const firstCars = 10
  for (let car = 0; car < firstCars; car++) await enter()
  atMs += stayMs
  return {
    site,
    harness,
    async drive(cars) {
      for (let car = 0; car < cars; car++) {
        atMs += betweenMs
        clock.set(atMs)
        await Promise.all([driver.pass(yard.leave(atMs)), driver.pass(yard.enter(atMs))])
      }
      must(driver.seen.length === 0, 'every boom opened')
    },
    async close() {
      await drained(site)
      await site.stop()
      await harness.stop()
    },
  }
}
