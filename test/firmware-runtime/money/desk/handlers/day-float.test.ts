// The float of a drawer: cash put in for change is no income, the count expects it, and what remains is handed to the next
// shift. Row numbers decide, so cash put in after a count belongs to the next shift.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DayView } from '#money/calls/day.ts'
import { makeLot, type TestLot } from '../../../runtime/control/control-kit.ts'

let lot: TestLot
let n = 0
beforeEach(() => {
  lot = makeLot()
})
afterEach(() => lot.control.close())

const who = () => ({ by: '李四', reason: '上班备用金', commandId: `float-${++n}-0000` })
const call = (name: string, args: object) => lot.control.call(name, args, 'owner')
const day = async () => ((await call('day.get', {})) as { data: DayView }).data
function cash(amountFen: number): void {
  const body = { paymentId: `M${++n}`, means: 'cash', by: '李四', reason: '' } as const
  lot.ledger.append([
    { kind: 'payment', atMs: lot.runtime.nowMs(), laneId: 'exit', stayId: 's', amountFen, body },
  ])
}

it('is expected by the count, is no income, and stays for the next shift', async () => {
  const put = { floatFen: 20_000, ...who() }
  expect(await call('day.float', put)).toMatchObject({ ok: true, data: { repeated: false } })
  expect(await call('day.float', put)).toMatchObject({ ok: true, data: { repeated: true } })
  cash(1_500)
  expect((await day()).drawer).toMatchObject({
    beforeFen: 20_000,
    floatFen: 20_000,
    takenFen: 1_500,
  })
  const count = { countedFen: 21_500, leftFen: 20_000, ...who() }
  expect(await call('day.count', count)).toMatchObject({ ok: true })
  await call('day.float', { floatFen: 500, ...who() })
  const { shifts, items, books, drawer } = await day()
  expect(items).toEqual([])
  expect(shifts).toMatchObject([
    { beforeFen: 20_000, floatFen: 20_000, takenFen: 1_500, leftFen: 20_000 },
  ])
  expect(books[2]).toMatchObject({ state: 'equal', expectedFen: 1_500, foundFen: 1_500 })
  expect(drawer).toMatchObject({ beforeFen: 20_500, floatFen: 500, takenFen: 0 })
})

it('that is missing is a difference', async () => {
  await call('day.float', { floatFen: 20_000, ...who() })
  await call('day.count', { countedFen: 0, ...who() })
  expect((await day()).items).toMatchObject([{ kind: 'counted', expectedFen: 20_000, foundFen: 0 }])
})

it('is some money', async () => {
  expect(await call('day.float', { floatFen: 0, ...who() })).toMatchObject({
    error: { code: 'API-01' },
  })
})
