// A shift ends when its drawer is counted: its ETC takings by row numbers, and the planned shift of that person with which
// it overlaps most. The shifts planned for a day are shown with it.
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
const who = (by: string) => ({ by, reason: '交班', commandId: `day-shift-${++acts}` })

beforeEach(() => {
  lot = carAtExit()
  days = dayOf(lot)
})

const paid = (means: 'cash' | 'etc', amountFen: number): void => {
  const body = { paymentId: lot.runtime.mint('M'), means, by: '李四', reason: '' } as const
  const of = { laneId: 'exit', stayId: 'n1-S1', amountFen }
  lot.ledger.append([{ kind: 'payment', atMs: lot.runtime.nowMs(), ...of, body }])
  runMs(lot, 10)
}

it('ends a shift with what ETC took in it, and with the planned shift that it was', async () => {
  const planned = (shiftNo: string, staffId: string, fromMs: number) =>
    ({ shiftNo, staffId, laneId: null, onMs: fromMs, offMs: fromMs + 7_200_000 }) as const
  const shifts = [
    planned('B1', '王五', startMs - 3_600_000),
    planned('B2', '李四', startMs - 7_000_000),
    planned('B3', '李四', startMs - 3_600_000),
  ]
  const body = { row: 'plan', day, version: 'S1', shifts } as const
  lot.runtime.append([{ kind: 'book', atMs: startMs, body }])
  paid('etc', 1200)
  paid('cash', 500)
  runMs(lot, 600_000)
  await days.count({ countedFen: 500, ...who('李四') }, 'attendant')
  paid('etc', 700)
  paid('etc', 800)
  runMs(lot, 600_000)
  await days.count({ countedFen: 0, ...who('赵六') }, 'attendant')
  const counted = lot.ledger.list.flatMap(({ kind, body: one }) =>
    kind === 'book' && one.row === 'counted' ? [one] : [],
  )
  expect(counted).toMatchObject([
    { by: '李四', etc: { count: 1, fen: 1200 }, planNo: 'B3' },
    { by: '赵六', etc: { count: 2, fen: 1500 } },
  ])
  expect(counted[1]).not.toHaveProperty('planNo')
  const { plan, shifts: shown } = await days.get({ day })
  expect(plan).toMatchObject({ version: 'S1', revision: 1, shifts: [{}, {}, { shiftNo: 'B3' }] })
  expect(shown).toMatchObject([{ planNo: 'B3', etc: { fen: 1200 } }, {}])
  expect((await days.get({ day: '2026-01-01' })).plan).toBeNull()
})
