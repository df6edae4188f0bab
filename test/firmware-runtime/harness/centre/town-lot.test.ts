// The lots of the centre's demo in virtual time: rows in each ledger, money that holds, and a restart that goes on.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { lotIdShape } from '#base/pure/values/ids.ts'
import { Towns } from '#harness/centre/demo-lots-command.ts'
import { centreLots } from '#harness/centre/demo-lots.ts'
import { townKeys } from '#harness/centre/town-lot.ts'
import { judgedRun } from '#harness/lot/sim-outside.ts'
import { CrashPlan } from '#harness/lot/sim-crash.ts'

const dir = mkdtempSync(join(tmpdir(), 'towns-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const hour = 3_600_000
const day = 24 * hour

/** The time of the towns: the test leads it. */
const clock = { nowMs: (): number => nowMs }
let nowMs = instantOf(2026, 5, 20) + 9 * hour
const opened = (): Towns =>
  new Towns({
    dir,
    door: null,
    clock,
    say: () => undefined,
    failed(error) {
      throw error
    },
  })
const seqs = (towns: Towns): readonly number[] => towns.towns.map(({ lot }) => lot.headSeq)
const verdict = (at: number) => {
  using reader = openLedgerReader({ ...townKeys, dir: join(dir, String(at + 1)) })
  return reader.verify()
}

it('has ten lots of other names and sizes, each with an id of its own', () => {
  expect(centreLots).toHaveLength(10)
  expect(new Set(centreLots.map(({ lotId }) => lotId)).size).toBe(10)
  for (const { lotId, capacity, name, perMinute } of centreLots) {
    expect(lotId).toMatch(lotIdShape)
    expect(capacity).toBeGreaterThanOrEqual(30)
    expect(capacity).toBeLessThanOrEqual(120)
    expect(perMinute).toBeGreaterThanOrEqual(1)
    expect(perMinute).toBeLessThanOrEqual(4)
    expect(name.zh).toContain('（演示）')
  }
})

it('drives an hour of cars through each lot, whose money holds, and goes on after a restart', async () => {
  const towns = opened()
  for (const { lot } of towns.towns) {
    // A new lot begins a day ago; this one shall have one hour of it.
    expect(lot.startMs).toBe(nowMs - day)
    lot.to(lot.startMs + hour)
  }
  const first = seqs(towns)
  for (const [at, { lot }] of towns.towns.entries()) {
    const { driver, time } = lot
    expect(driver.passages).toBeGreaterThan(lot.of.perMinute * 10)
    // Faults that are still under way at the end of the hour are judged by `sim`.
    if (lot.of.faults !== 'none') continue
    driver.settle()
    expect(driver.seen).toEqual([])
    const run = { dir: lot.dir, nodeId: 'n1' }
    const { outcome } = judgedRun(lot.lot, run, time, new CrashPlan())
    expect([at, outcome.report.violations]).toEqual([at, []])
    // Timers of cars that are gone are gone.
    expect(time.waiting).toBeLessThan(1_000)
  }
  await towns.close()
  for (const [at, seq] of first.entries()) {
    const { ok, rows } = verdict(at)
    expect([at, ok]).toEqual([at, true])
    expect(rows).toBeGreaterThanOrEqual(seq)
    expect(seq).toBeGreaterThan(50)
  }
  nowMs += hour
  const again = opened()
  let left = 0
  for (const [at, { lot }] of again.towns.entries()) {
    expect(lot.headSeq).toBeGreaterThanOrEqual(first[at] ?? Infinity)
    const { stays } = lot.lot.runtime.lot
    const inside = [...stays.keys()]
    lot.to(lot.startMs + hour / 2)
    left += inside.filter((stayId) => !stays.has(stayId)).length
  }
  // Cars of the first life leave in the second one.
  expect(left).toBeGreaterThan(20)
  await again.close()
  for (const at of first.keys()) expect([at, verdict(at).ok]).toEqual([at, true])
})
