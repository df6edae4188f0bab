// What a car leaves in memory: a year of them must not need more than a week. Live bytes after a collection
// after two numbers of cars are compared, never a time.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, expect, it } from 'vitest'
import { checkInvariants } from '../../../../firmware-runtime/core/lot/invariants.ts'
import { instantOf } from '../../../../firmware-runtime/core/values/instant.ts'
import { DiskShelves } from '../../../../firmware-runtime/harness/lot/disk-shelves.ts'
import { simulate } from '../../../../firmware-runtime/harness/lot/replay-sim.ts'
import { simPlatform } from '../../../../firmware-runtime/harness/lot/sim-platform.ts'
import { runOf } from '../../../../firmware-runtime/harness/sim.ts'
import { createRsuModel } from '../../../../firmware-runtime/simulators/rsu/model.ts'
import { Rows } from '../../core/lot/row-kit.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-flat-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Live bytes for each car between the two counts. */
class Between {
  readonly counts: readonly [number, number]
  private readonly live: number[] = []

  constructor(first: number, second: number) {
    this.counts = [first, second]
  }

  passed(cars: number): void {
    if (!this.counts.includes(cars)) return
    collect()
    this.live.push(process.memoryUsage().heapUsed)
  }

  get bytesACar(): number {
    const [before = 0, after = Infinity] = this.live
    return (after - before) / (this.counts[1] - this.counts[0])
  }
}

it('the check of a ledger: 150 bytes a stay at most, where Maps hold 1,800', () => {
  const disk = new DiskShelves(64)
  const between = new Between(1_000, 9_000)
  function* stays() {
    let seq = 0
    for (let n = 1; n <= between.counts[1]; n++) {
      for (const row of new Rows().paidOnline(n).all) yield { ...row, seq: ++seq }
      between.passed(n)
    }
  }
  const nothing = { charges: null, refunds: null, cardDebits: null }
  const healthy = { chainOk: true, unsent: 0, unknown: 0, lanesReady: true, healed: true }
  const report = checkInvariants(stays(), nothing, healthy, disk.shelf)
  disk.close()
  expect(report.violations).toEqual([])
  expect(between.bytesACar).toBeLessThan(150)
})

it('records of the platform and cards of the antenna, as many in memory as a simulation has: 150 bytes a car at most, where Maps hold 2,000', () => {
  const disk = new DiskShelves()
  const between = new Between(6_000, 14_000)
  const platform = simPlatform(() => undefined, disk.shelf)
  const rsu = createRsuModel({
    variant: 'generic-bcc',
    timing: 'instant',
    seed: 1,
    shelf: disk.shelf,
  })
  for (let n = 1; n <= between.counts[1]; n++) {
    const digits = String(n).padStart(8, '0')
    const atMs = instantOf(2026, 3, 2) + n * 60_000
    platform.record({
      t: 'act',
      kind: 'exit-charges',
      appId: 'SIM00001',
      no: `P${digits}`,
      bodySm3: digits.repeat(8),
      atMs,
      outcome: { respCode: '100000', data: { outTradeNo: `P${digits}`, status: 'SUCCESS' } },
      status: 'SUCCESS',
      charge: {
        mode: 2,
        realFee: 500,
        tradeNo: `T${digits}`,
        parkId: 'park',
        entryNo: `n-S${digits}`,
        cardId: `450129000000${digits}`,
        vehicle: `${digits}_0`,
        enMs: atMs,
        exMs: atMs,
        transMs: atMs,
        offline: false,
      },
    })
    const car = { obuId: digits, plate: `测A${digits.slice(3)}`, cardNo: `450129000000${digits}` }
    rsu.addCar({ ...car, stayMs: 0 }, n)
    rsu.removeCar(digits, n)
    between.passed(n)
  }
  expect(platform.state.acts.get('exit-charges')?.size).toBe(between.counts[1])
  expect([...rsu.allCards()].length).toBe(between.counts[1])
  disk.close()
  expect(between.bytesACar).toBeLessThan(150)
})

it('a simulation has both on such shelves', () => {
  simulate(
    runOf({ seed: 5, lots: 1, lanes: 2, days: 0.25, faults: 'none' }, 0, dir),
    (lot, { report }) => {
      expect(report.violations).toEqual([])
      expect(lot.options.shelf).toBeDefined()
      expect(lot.platform.state.acts.get('exit-charges')).not.toBeInstanceOf(Map)
    },
  )
})
