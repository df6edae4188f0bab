// The drawer of a day whose clock jumps: takings are counted by row number, not by time. A time that is malformed or
// impossible is refused.
import { beforeEach, expect, it } from 'vitest'
import type { ControlDay } from '#money/desk/handlers/control-day.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { carAtExit, runMs, type World } from '../../../lane/lot/pay-lot.ts'
import { startMs } from '../../../runtime/control/control-kit.ts'
import { dayOf } from './day-bench.ts'

const day = isoOf(startMs).slice(0, 10)
let lot: World
let days: ControlDay
let acts = 0
const who = () => ({ by: '李四', reason: '交班', commandId: `day-clock-${++acts}` })

beforeEach(() => {
  lot = carAtExit()
  days = dayOf(lot)
})

function cash(amountFen: number): void {
  const { runtime, ledger } = lot
  const body = { paymentId: runtime.mint('M'), means: 'cash', by: '李四', reason: '' } as const
  const atMs = runtime.nowMs()
  ledger.append([{ kind: 'payment', atMs, laneId: 'exit', stayId: 'n1-S1', amountFen, body }])
  runMs(lot, 10)
}
const count = (countedFen: number, more: object = {}) =>
  days.count({ countedFen, ...more, ...who() }, 'attendant')
const open = async () => (await days.get({ day })).items.filter(({ end }) => end === null)

const pulse = () => {
  const body = { type: 'drawer', detail: '{"state":"sent"}' } as const
  lot.ledger.append([{ kind: 'event', atMs: lot.runtime.nowMs(), body }])
}

it.each([
  ['behind a count', -3_600_000, true],
  ['that nobody ever counted, its clock ahead then', 3_600_000, false],
])('holds what was taken %s, and how often it was opened', async (_when, byMs, isCounted) => {
  if (isCounted) await count(0)
  const { runtime } = lot
  const nowMs = runtime.nowMs.bind(runtime)
  runtime.nowMs = () => nowMs() + byMs
  cash(600)
  pulse()
  const held = { beforeFen: 0, takenFen: 600, opened: 1 }
  expect((await days.get({ day })).drawer).toMatchObject(held)
  runtime.nowMs = nowMs
  expect((await days.get({ day })).drawer).toMatchObject(held)
  await count(0)
  expect(await open()).toMatchObject([{ kind: 'counted', expectedFen: 600, foundFen: 0 }])
  expect((await days.get({ day })).drawer).toMatchObject({ takenFen: 0, opened: 0 })
})

it('a shift has what was taken in it, whatever the clock said', async () => {
  const { runtime } = lot
  const nowMs = runtime.nowMs.bind(runtime)
  runtime.nowMs = () => nowMs() + 1_800_000
  cash(600)
  runtime.nowMs = nowMs
  await count(600, { leftFen: 0 })
  cash(700)
  runMs(lot, 2_000_000)
  await count(700)
  const of = async (shift: number) => (await days.get({ day, shift })).takings
  expect(await of(0)).toEqual([{ means: 'cash', count: 1, amountFen: 600 }])
  expect(await of(1)).toEqual([{ means: 'cash', count: 1, amountFen: 700 }])
})

it.each(['é', '', '2026-02-30T00:00:00+08:00'])('since %j nobody counted', async (sinceIso) => {
  await count(0)

  await expect(count(0, { sinceIso })).rejects.toMatchObject({ code: 'DAY-01' })
})
