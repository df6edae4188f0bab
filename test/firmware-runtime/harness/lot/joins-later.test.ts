// A lot that charges cards before it joins a platform: every upload is frozen at once and waits, and after joining each
// reaches the platform once, oldest first. Real ledger, queue, lanes and models.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { queueStatus } from '#base/desk/handlers/board.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { runOf } from '#harness/sim.ts'
import { simConfig } from '#harness/lot/sim-run.ts'
import { CrashPlan } from '#harness/lot/sim-crash.ts'
import { SimDriver } from '#harness/lot/sim-driver.ts'
import { SimLot } from '#harness/lot/sim-lot.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import { must } from '#base/pure/values/must.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const folder = folderOfFile('etc-joins-later-')

const full = process.env['ETC_LANE_SCALE'] === 'full'
/** Uploads that wait before the lot joins. */
const wanted = full ? 10_000 : 150
const seed = 4_711

/** Without limits: so many passages take longer than the 31 days that a lot file allows for the oldest upload. */
const caps: LotConfig['caps'] = {
  perChargeFen: fenMax,
  totalFen: fenMax,
  perCardFen: fenMax,
  count: 100_000,
  oldestMin: 525_600,
  blacklistAgeMin: 1440,
  signInAgeMin: 240,
}

/** Lot 1 of the simulation charges by card; its antenna reports no authorised PSAM, so the lot file names them. */
const run = () => runOf({ seed, lots: 2, lanes: 2, days: full ? 60 : 3, faults: 'none' }, 1, folder)

function lotOf(startMs: number, platform: 'later' | 'joined', name = 'first') {
  const [time, crash] = [new VirtualTime(), new CrashPlan()]
  const joined = simConfig(run())
  const lanes = joined.lanes.map((lane) =>
    lane.rsu === null ? lane : { ...lane, psams: ['370100000001', '370100000002'] },
  )
  const config: LotConfig = {
    ...joined,
    lanes,
    caps,
    mode: 'production',
    ...(platform === 'later' ? { platform } : {}),
  }
  const dir = join(folder, name)
  mkdirSync(dir, { recursive: true })
  const lot = new SimLot({
    dir,
    config,
    tariff: demoTariff,
    time,
    startMs,
    seed,
    crash,
    variant: run().variant,
    blacklist: new Set<string>(),
    keepsFold: true,
  })
  lot.start()
  const driver = new SimDriver(lot, { time, crash, level: 'none', seed, startMs })
  return { lot, driver, time }
}

const numbersOf = ({ runtime }: SimLot): string[] =>
  [...runtime.queue.records.values()].flatMap((r) => (r.op === 'exitUpload' ? r.businessNo : []))

const charges = (lot: SimLot) => [...(lot.platform.state.acts.get('exit-charges')?.values() ?? [])]

it('keeps every upload before joining, and sends each once afterwards', () => {
  const { traffic } = run()
  const before = lotOf(traffic.fromMs - 3_600_000, 'later')
  for (const event of traffic.events()) {
    before.driver.pass(event)
    if (before.lot.runtime.queue.records.uploads >= wanted / 2 + 1) break
  }
  const { runtime, opened } = before.lot
  const paid = [...opened.ledger.rows(0)].filter(
    (row) => row.kind === 'payment' && row.body.means === 'etc',
  )
  const owedFen = paid.reduce((sum, row) => sum + (row.amountFen ?? 0), 0)
  const numbers = numbersOf(before.lot)
  expect(numbers.length).toBe(paid.length)
  expect(paid.length).toBeGreaterThan(wanted / 2)
  expect(queueStatus(runtime, runtime.nowMs())).toMatchObject({
    unsent: runtime.queue.records.size,
    exposureFen: owedFen,
  })
  expect(charges(before.lot)).toEqual([])
  const queueSize = runtime.queue.records.size
  const joinMs = runtime.nowMs() + 60_000
  before.lot.stop()

  const after = lotOf(joinMs, 'joined')
  expect(after.lot.runtime.queue.records.size).toBe(queueSize)
  const { queue } = after.lot.runtime
  after.time.runTo(after.time.nowUs + 86_400_000_000, () => queue.records.size === 0)
  expect(after.lot.runtime.queue.records.size).toBe(0)
  const got = charges(after.lot)
  // Oldest first, each once.
  expect(got.map(({ row }) => row.no)).toEqual(numbers)
  expect(got.every(({ status }) => status === 'SUCCESS')).toBe(true)
  expect(got.reduce((sum, { row }) => sum + (row.charge?.realFee ?? 0), 0)).toBe(owedFen)
  expect(queueStatus(after.lot.runtime, joinMs)).toMatchObject({ unsent: 0, exposureFen: 0 })
  after.lot.stop()
})

it('sets no upload aside that came before the sign-in of its PSAM: each is tried again', () => {
  const { traffic } = run()
  const events = traffic.events()[Symbol.iterator]()
  const next = () => {
    const { value, done } = events.next()
    must(done !== true, 'there is more traffic')
    return value
  }
  const before = lotOf(traffic.fromMs - 3_600_000, 'later', 'second')
  while (before.lot.runtime.queue.records.uploads < 8) before.driver.pass(next())
  const numbers = numbersOf(before.lot)
  const joinMs = before.lot.runtime.nowMs() + 60_000
  before.lot.stop()

  const after = lotOf(joinMs, 'joined', 'second')
  after.lot.platform.setPolicy({ requirePsam: true })
  const { queue } = after.lot.runtime
  const runFor = (us: number): boolean =>
    after.time.runTo(after.time.nowUs + us, () => queue.records.size === 0)
  // The antenna is still idle: its PSAM is not signed in, and the backlog is already being sent.
  runFor(60_000_000)
  const notes = [...queue.records.values()].map(({ lastNote }) => lastNote)
  expect(notes).toContain('400009 psamNotAuthorised')
  // The platform lacks them when an hour is counted meanwhile, and the same numbers are sent again.
  expect(new Set(numbersOf(after.lot))).toEqual(new Set(numbers))
  expect(queue.aside.size).toBe(0)
  // A car wakes the antenna, its PSAM signs in, and the platform accepts it from now on.
  after.driver.pass(next())
  expect(after.lot.runtime.lot.signIns.size).toBe(2)
  after.lot.platform.setPolicy({ requirePsam: false })
  runFor(7_200_000_000)
  expect([queue.records.size, queue.aside.size]).toEqual([0, 0])
  const got = charges(after.lot).map(({ row }) => row.no)
  expect(got).toEqual(expect.arrayContaining(numbers))
  expect(new Set(got).size).toBe(got.length)
  after.lot.stop()
})
